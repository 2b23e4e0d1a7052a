/** What a person decides before an import: format by member, members left out, zone by file. Pure. */
import type { FormatChoice, GrantId, ImportRequest, InspectedItem, MemberVerdict } from "../../../workers/contract.ts";

export interface ImportPlan {
  /** By grant, then by member path: choices that differ from the verdict. */
  readonly choices: Readonly<Record<string, Readonly<Record<string, FormatChoice>>>>;
  /** By grant: paths of members that stay out. */
  readonly skip: Readonly<Record<string, readonly string[]>>;
  /** By grant: the zone that its times without one are read in. */
  readonly zones: Readonly<Record<string, string>>;
}

export const EMPTY_PLAN: ImportPlan = { choices: {}, skip: {}, zones: {} };

export function choiceOf(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): FormatChoice | undefined {
  return plan.choices[item.grant]?.[member.path] ?? member.choice;
}

export function isSkipped(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): boolean {
  return plan.skip[item.grant]?.includes(member.path) ?? false;
}

export function withChoice(plan: ImportPlan, item: InspectedItem, path: string, choice: FormatChoice): ImportPlan {
  return { ...plan, choices: { ...plan.choices, [item.grant]: { ...plan.choices[item.grant], [path]: choice } } };
}

export function withSkip(plan: ImportPlan, item: InspectedItem, path: string, skipped: boolean): ImportPlan {
  const others = (plan.skip[item.grant] ?? []).filter((other) => other !== path);
  return { ...plan, skip: { ...plan.skip, [item.grant]: skipped ? [...others, path] : others } };
}

export function withZone(plan: ImportPlan, item: InspectedItem, zone: string): ImportPlan {
  return { ...plan, zones: { ...plan.zones, [item.grant]: zone } };
}

/** A member that can become entries: it has a format, its own or a chosen one, and is not left out. */
export function isImported(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): boolean {
  return choiceOf(plan, item, member) !== undefined && !isSkipped(plan, item, member) && member.verdict !== "refused";
}

/** A file is imported when any of its members is; its other members are listed with the reason they were not. */
export function importedItems(plan: ImportPlan, items: readonly InspectedItem[]): readonly InspectedItem[] {
  return items.filter(
    (item) => item.problem === undefined && item.members.some((member) => isImported(plan, item, member)),
  );
}

export function requestOf(plan: ImportPlan, items: readonly InspectedItem[]): ImportRequest {
  return {
    items: importedItems(plan, items).map((item) => {
      const zone = plan.zones[item.grant];
      return {
        grant: item.grant as GrantId,
        choices: plan.choices[item.grant] ?? {},
        skip: plan.skip[item.grant] ?? [],
        ...(zone !== undefined && { zone }),
      };
    }),
  };
}

export interface ItemVerdict {
  readonly kind: "certain" | "likely" | "question" | "text" | "chosen" | "password" | "refused" | "out";
  readonly word: string;
}

/** The one word at the right of an item. `asks`: its times carry no zone and nobody has said which it is. */
export function itemVerdict(plan: ImportPlan, item: InspectedItem, asks: boolean): ItemVerdict {
  const problem = item.problem ?? (item.members.length === 1 ? item.members[0]?.problem : undefined);
  if (problem?.code === "container.encrypted") return { kind: "password", word: "password" };
  const members = item.members.filter((member) => isImported(plan, item, member));
  if (problem !== undefined && members.length === 0) return { kind: "refused", word: "refused" };
  if (members.length === 0) {
    const all = item.members.length > 0 && item.members.every((member) => isSkipped(plan, item, member));
    return all ? { kind: "out", word: "left out" } : { kind: "refused", word: "refused" };
  }
  if (asks) return { kind: "question", word: "1 question" };
  if (Object.keys(plan.choices[item.grant] ?? {}).length > 0) return { kind: "chosen", word: "chosen" };
  if (members.some((member) => member.verdict === "text")) return { kind: "text", word: "text only" };
  return members.every((member) => member.verdict === "certain")
    ? { kind: "certain", word: "certain" }
    : { kind: "likely", word: "likely" };
}
