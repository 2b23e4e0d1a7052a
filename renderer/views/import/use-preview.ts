import { FLAG, type InspectedItem, type MemberVerdict, type Preview } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import type { Loaded } from "../../engine/request-cache.ts";
import { useRequest } from "../../engine/use-result.ts";
import { type ImportPlan, choiceOf, isImported, readAnswerOf, zoneOf } from "./import-plan.ts";
import { useLook } from "./use-inspection.ts";

/** The first rows of a member as the plan has it read; undefined asks nothing. */
export function usePreview(plan: ImportPlan, item: InspectedItem, member: MemberVerdict | undefined): Loaded<Preview> {
  const { engine } = useServices();
  const look = useLook();
  const choice = member === undefined ? undefined : choiceOf(plan, item, member);
  const answer = member === undefined ? {} : readAnswerOf(plan, item, member);
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
  const preview = usePreview(plan, item, member);
  const isOpen = member !== undefined && zoneOf(plan, item, member) === undefined;
  return isOpen && preview.state === "ready" && assumesZone(preview.value);
}

export function assumesZone(preview: Preview): boolean {
  return preview.rows.some((row) => (row.flags & FLAG.zoneAssumed) !== 0);
}
