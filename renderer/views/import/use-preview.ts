import {
  FLAG,
  type FormatChoice,
  type InspectedItem,
  type MemberVerdict,
  type Preview,
} from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import type { Loaded } from "../../engine/request-cache.ts";
import { useRequest } from "../../engine/use-result.ts";
import { type ImportPlan, choiceOf, isImported } from "./import-plan.ts";

/** The first entries of a member read by one choice of format; undefined asks nothing. */
export function usePreview(
  item: InspectedItem,
  member: MemberVerdict | undefined,
  choice: FormatChoice | undefined,
): Loaded<Preview> {
  const { engine } = useServices();
  const path = member?.path ?? "";
  const key = member === undefined || choice === undefined ? undefined : `preview ${item.grant} ${choice} ${path}`;
  return useRequest(key, () => engine.api.preview(item.grant, path, choice ?? "", {}));
}

/** Whether times of the file carry no zone and nobody has said which it is. Judged by its first member that is read. */
export function useAsksZone(item: InspectedItem, plan: ImportPlan): boolean {
  const member = item.members.find((candidate) => isImported(plan, item, candidate));
  const preview = usePreview(item, member, member && choiceOf(plan, item, member));
  return plan.zones[item.grant] === undefined && preview.state === "ready" && assumesZone(preview.value);
}

export function assumesZone(preview: Preview): boolean {
  return preview.rows.some((row) => (row.flags & FLAG.zoneAssumed) !== 0);
}
