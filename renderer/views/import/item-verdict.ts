/** One word for a file, and one for each of its members. Pure. */
import type { InspectedItem, MemberVerdict } from "../../../workers/contract.ts";
import { lacksPassword } from "../../app/source-standing.ts";
import { countText } from "../../ui/count.tsx";
import {
  type ImportPlan,
  importedItems,
  isImported,
  isLocked,
  isSkipped,
  openQuestions,
  profileNameOf,
} from "./import-plan.ts";

export interface ItemVerdict {
  readonly kind: "certain" | "likely" | "question" | "text" | "chosen" | "password" | "refused" | "out";
  readonly word: string;
}

/** The one word at the right of an item. `asksZone`: its times carry no zone and nobody has said which it is. */
export function itemVerdict(plan: ImportPlan, item: InspectedItem, asksZone: boolean): ItemVerdict {
  if (isLocked(item)) return { kind: "password", word: "password" };
  const members = item.members.filter((member) => isImported(plan, item, member));
  if (members.length === 0 && !plan.beyondLimits.includes(item.grant)) {
    const all = item.members.length > 0 && item.members.every((member) => isSkipped(plan, item, member));
    return all ? { kind: "out", word: "left out" } : { kind: "refused", word: "refused" };
  }
  const asked = members.reduce((sum, member) => sum + openQuestions(plan, item, member).length, asksZone ? 1 : 0);
  if (asked > 0) return { kind: "question", word: asked === 1 ? "1 question" : `${countText(asked)} questions` };
  if (members.some(({ path }) => profileNameOf(plan, item, path) !== undefined))
    return { kind: "chosen", word: "profile" };
  if (isDecided(plan, item)) return { kind: "chosen", word: "chosen" };
  if (members.some((member) => member.verdict === "text")) return { kind: "text", word: "text only" };
  return members.every((member) => member.verdict === "certain")
    ? { kind: "certain", word: "certain" }
    : { kind: "likely", word: "likely" };
}

function isDecided(plan: ImportPlan, item: InspectedItem): boolean {
  return Object.keys(plan.choices[item.grant] ?? {}).length > 0 || plan.beyondLimits.includes(item.grant);
}

export function memberWord(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): string {
  if (lacksPassword(member.problem)) return "password";
  if (isImported(plan, item, member) && openQuestions(plan, item, member).length > 0) return "question";
  return member.verdict === "text" ? "text only" : member.verdict;
}

/** What the list can be narrowed to, where it is long. */
export type ListPart = "all" | "asking" | "password" | "refused";

/** Questions of the zone are found by looking at each file, so they are no part of it. */
export function partOf(plan: ImportPlan, item: InspectedItem): ListPart {
  const { kind } = itemVerdict(plan, item, false);
  if (kind === "question") return "asking";
  return kind === "password" || kind === "refused" ? kind : "all";
}

export function importText(plan: ImportPlan, items: readonly InspectedItem[]): string {
  const imported = importedItems(plan, items).length;
  const all = countText(items.length);
  return imported === items.length ? `Import ${all}` : `Import ${countText(imported)} of ${all}`;
}
