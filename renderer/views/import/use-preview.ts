import {
  FLAG,
  type FormatChoice,
  type InspectedItem,
  type MemberVerdict,
  type Preview,
  type ReadingAnswer,
} from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import type { Loaded } from "../../engine/request-cache.ts";
import { useRequest } from "../../engine/use-result.ts";
import { type ImportPlan, answerOf, choiceOf, isImported } from "./import-plan.ts";
import { useLook } from "./use-inspection.ts";

/** The first entries of a member read by one choice of format and these answers; undefined asks nothing. */
export function usePreview(
  item: InspectedItem,
  member: MemberVerdict | undefined,
  choice: FormatChoice | undefined,
  answer: ReadingAnswer,
): Loaded<Preview> {
  const { engine } = useServices();
  const look = useLook();
  const path = member?.path ?? "";
  const isReadable = member !== undefined && member.verdict !== "refused" && choice !== undefined;
  const key = isReadable
    ? `preview ${look} ${item.grant} ${item.password} ${choice} ${JSON.stringify(answer)} ${path}`
    : undefined;
  return useRequest(key, () => engine.api.preview(item.grant, path, choice ?? "", answer));
}

/** Whether times of the file carry no zone and nobody has said which it is. Judged by its first member that is read. */
export function useAsksZone(item: InspectedItem, plan: ImportPlan): boolean {
  const member = item.members.find((candidate) => isImported(plan, item, candidate));
  const preview = usePreview(
    item,
    member,
    member && choiceOf(plan, item, member),
    member === undefined ? {} : answerOf(plan, item, member),
  );
  return plan.zones[item.grant] === undefined && preview.state === "ready" && assumesZone(preview.value);
}

export function assumesZone(preview: Preview): boolean {
  return preview.rows.some((row) => (row.flags & FLAG.zoneAssumed) !== 0);
}
