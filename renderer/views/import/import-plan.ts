/** What a person decides before an import: format by member, members left out, zone by file, answers. Pure. */
import type {
  FormatChoice,
  GrantId,
  ImportItem,
  ImportRequest,
  InspectedItem,
  MappingReading,
  MemberQuestion,
  MemberRequest,
  MemberVerdict,
  Reading,
  ReadingAnswer,
  TextEncoding,
} from "../../../workers/contract.ts";
import type { ReadingProfile } from "../../state/profiles.ts";
import { isEitherOrder } from "./date-order.ts";

/** How choices of the carrier begin that has a delimiter. */
export const TABLE = "csv+";

type ByMember<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

export interface ImportPlan {
  /** By grant, then by member path: choices that differ from the verdict. */
  readonly choices: ByMember<FormatChoice>;
  /** By grant: paths of members that stay out. */
  readonly skip: Readonly<Record<string, readonly string[]>>;
  /** By grant: the zone that its times without one are read in. */
  readonly zones: Readonly<Record<string, string>>;
  readonly answers: ByMember<ReadingAnswer>;
  /** What the choice of a person, or another encoding, finds and asks: known once it was previewed. */
  readonly found: ByMember<Found>;
  /** Questions that a person has left open on purpose. */
  readonly leftOpen: ByMember<readonly MemberQuestion["kind"][]>;
  /** Grants of files that are read past the limits. */
  readonly beyondLimits: readonly string[];
  /** Name of the profile that a member is read by; what is said of it otherwise ends that. */
  readonly profiles: ByMember<string | undefined>;
}

/** What a way of reading a member finds out by itself, and what it asks. */
export interface Found {
  readonly choice: FormatChoice;
  readonly encoding: TextEncoding | undefined;
  readonly delimiter: string | undefined;
  readonly reading: Reading;
  readonly questions: readonly MemberQuestion[];
}

export const EMPTY_PLAN: ImportPlan = {
  choices: {},
  found: {},
  skip: {},
  zones: {},
  answers: {},
  leftOpen: {},
  beyondLimits: [],
  profiles: {},
};

export function choiceOf(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): FormatChoice | undefined {
  return plan.choices[item.grant]?.[member.path] ?? member.choice;
}

export function isSkipped(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): boolean {
  return plan.skip[item.grant]?.includes(member.path) ?? false;
}

export function answerOf(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): ReadingAnswer {
  return plan.answers[item.grant]?.[member.path] ?? {};
}

/** What a member is read with: what was said of it, and the zone of its file. */
export function readAnswerOf(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): ReadingAnswer {
  const zone = zoneOf(plan, item, member);
  return { ...answerOf(plan, item, member), ...(zone !== undefined && { zone }) };
}

export function zoneOf(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): string | undefined {
  return answerOf(plan, item, member).zone ?? plan.zones[item.grant];
}

/**
 * Another format has other columns: what was said of them is asked again, and only a table has a delimiter. Without a
 * choice it is read as it was found.
 */
export function withChoice(
  plan: ImportPlan,
  item: InspectedItem,
  path: string,
  choice: FormatChoice | undefined,
): ImportPlan {
  const { timeField: _, delimiter, ...rest } = plan.answers[item.grant]?.[path] ?? {};
  const answer = delimiter !== undefined && choice?.startsWith(TABLE) === true ? { ...rest, delimiter } : rest;
  const left = plan.leftOpen[item.grant]?.[path] ?? [];
  const { [path]: _choice, ...others } = plan.choices[item.grant] ?? {};
  return {
    ...plan,
    profiles: put(plan.profiles, item, path, undefined),
    choices: { ...plan.choices, [item.grant]: choice === undefined ? others : { ...others, [path]: choice } },
    answers: put(plan.answers, item, path, answer),
    leftOpen: put(
      plan.leftOpen,
      item,
      path,
      left.filter((kind) => kind !== "time-field"),
    ),
  };
}

/** Definitions go with the format that reads through them, `choice`; without them it is read as it was found. */
export function withMapping(
  plan: ImportPlan,
  item: InspectedItem,
  { path }: MemberVerdict,
  choice: FormatChoice | undefined,
  mapping: MappingReading | undefined,
): ImportPlan {
  const chosen = withChoice(plan, item, path, mapping === undefined ? undefined : choice);
  const { mapping: _, ...answer } = chosen.answers[item.grant]?.[path] ?? {};
  return {
    ...chosen,
    answers: put(chosen.answers, item, path, mapping === undefined ? answer : { ...answer, mapping }),
  };
}

export function withFound(plan: ImportPlan, item: InspectedItem, path: string, found: Found): ImportPlan {
  return { ...plan, found: put(plan.found, item, path, found) };
}

/**
 * What a member is read with now finds and asks: as it was detected, or as a preview has told since. undefined: that is
 * not known yet.
 */
export function foundOf(
  plan: ImportPlan,
  item: InspectedItem,
  member: MemberVerdict,
): Pick<Found, "reading" | "questions"> | undefined {
  const choice = choiceOf(plan, item, member);
  const { encoding, delimiter } = answerOf(plan, item, member);
  if (choice === member.choice && encoding === undefined && delimiter === undefined) return member;
  const found = plan.found[item.grant]?.[member.path];
  const isSame = found?.choice === choice && found?.encoding === encoding && found?.delimiter === delimiter;
  return isSame ? found : undefined;
}

export function withSkip(plan: ImportPlan, item: InspectedItem, path: string, skipped: boolean): ImportPlan {
  const others = (plan.skip[item.grant] ?? []).filter((other) => other !== path);
  return { ...plan, skip: { ...plan.skip, [item.grant]: skipped ? [...others, path] : others } };
}

/** For all members of the file but those that have a zone of their own; `path` has none any more. */
export function withZone(plan: ImportPlan, item: InspectedItem, path: string, zone: string): ImportPlan {
  const { zone: _, ...answer } = plan.answers[item.grant]?.[path] ?? {};
  return {
    ...plan,
    profiles: put(plan.profiles, item, path, undefined),
    zones: { ...plan.zones, [item.grant]: zone },
    answers: put(plan.answers, item, path, answer),
  };
}

/** For one member alone. */
export function withZoneOf(plan: ImportPlan, item: InspectedItem, path: string, zone: string): ImportPlan {
  const answer = plan.answers[item.grant]?.[path] ?? {};
  return withAnswer(plan, item, path, { ...answer, zone }, plan.leftOpen[item.grant]?.[path] ?? []);
}

/** `answer` takes the place of what was answered before; `leave`: the question is left open on purpose. */
export function withAnswer(
  plan: ImportPlan,
  item: InspectedItem,
  path: string,
  answer: ReadingAnswer,
  leave: readonly MemberQuestion["kind"][] = [],
): ImportPlan {
  return {
    ...plan,
    profiles: put(plan.profiles, item, path, undefined),
    answers: put(plan.answers, item, path, answer),
    leftOpen: put(plan.leftOpen, item, path, leave),
  };
}

/** Reads a member as a profile says, in place of what was said of it before. */
export function withProfile(
  plan: ImportPlan,
  item: InspectedItem,
  { path, choices }: MemberVerdict,
  { name, choice, answer }: ReadingProfile,
): ImportPlan {
  const isKnown = choices.some((each) => each.choice === choice);
  const read = withAnswer(withChoice(plan, item, path, isKnown ? choice : undefined), item, path, answer);
  return { ...read, profiles: put(read.profiles, item, path, name) };
}

/** What is said of a member is what the profile of that name says. */
export function withProfileNamed(plan: ImportPlan, item: InspectedItem, path: string, name: string): ImportPlan {
  return { ...plan, profiles: put(plan.profiles, item, path, name) };
}

/** Reads a member as it was found. */
export function asFound(plan: ImportPlan, item: InspectedItem, path: string): ImportPlan {
  return withAnswer(withChoice(plan, item, path, undefined), item, path, {});
}

export function profileNameOf(plan: ImportPlan, item: InspectedItem, path: string): string | undefined {
  return plan.profiles[item.grant]?.[path];
}

/** Who said how a member is read: all of it is the profile's while it is read by one. */
export const saidBy = (profile: string | undefined, how: "said" | "chosen"): string =>
  profile === undefined ? `${how} by hand` : `${how} by the profile ${profile}`;

/** Whether anything was said of how a member is read. */
export function isSaid(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): boolean {
  return plan.choices[item.grant]?.[member.path] !== undefined || hasAny(readAnswerOf(plan, item, member));
}

/** How one member is to be imported again. */
export function memberRequestOf(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): MemberRequest {
  const choice = choicesOf(plan, item)[member.path];
  return { ...(choice !== undefined && { choice }), answer: readAnswerOf(plan, item, member) };
}

/**
 * In another encoding, or split otherwise, a member could be taken for something else than what was previewed: then what
 * it is read as is said as well.
 */
function choicesOf(plan: ImportPlan, item: InspectedItem): Readonly<Record<string, FormatChoice>> {
  const shown = item.members.flatMap((member) => {
    const { encoding, delimiter } = answerOf(plan, item, member);
    const choice = choiceOf(plan, item, member);
    return choice === undefined || (encoding === undefined && delimiter === undefined) ? [] : [[member.path, choice]];
  });
  return { ...Object.fromEntries(shown), ...plan.choices[item.grant] };
}

export function withBeyondLimits(plan: ImportPlan, item: InspectedItem, beyond: boolean): ImportPlan {
  const others = plan.beyondLimits.filter((grant) => grant !== item.grant);
  return { ...plan, beyondLimits: beyond ? [...others, item.grant] : others };
}

function put<T>(all: ByMember<T>, item: InspectedItem, path: string, value: T): ByMember<T> {
  return { ...all, [item.grant]: { ...all[item.grant], [path]: value } };
}

/** What is still asked about a member. */
export function openQuestions(
  plan: ImportPlan,
  item: InspectedItem,
  member: MemberVerdict,
): readonly MemberQuestion["kind"][] {
  const answer = answerOf(plan, item, member);
  const left = plan.leftOpen[item.grant]?.[member.path] ?? [];
  const isAnswered = { "time-field": answer.timeField, "date-order": answer.dateOrder, year: answer.year };
  return questionsOf(plan, item, member)
    .map(({ kind }) => kind)
    .filter((kind) => isAnswered[kind] === undefined && !left.includes(kind));
}

export function questionsOf(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): readonly MemberQuestion[] {
  const questions = foundOf(plan, item, member)?.questions ?? [];
  const { timeField } = answerOf(plan, item, member);
  return [...questions, ...dateOrderOf(questions, timeField)];
}

/** The column that was chosen may hold dates of which nobody knows the order: that is asked next. */
function dateOrderOf(questions: readonly MemberQuestion[], timeField: string | undefined): readonly MemberQuestion[] {
  if (questions.some(({ kind }) => kind === "date-order")) return [];
  const fields = questions.flatMap((question) => (question.kind === "time-field" ? question.fields : []));
  const samples = fields.find(({ name }) => name === timeField)?.samples.filter(isEitherOrder) ?? [];
  return samples.length === 0 ? [] : [{ kind: "date-order", samples }];
}

/** A member that can become entries: it has a format, its own or a chosen one, and is not left out. */
export function isImported(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): boolean {
  return choiceOf(plan, item, member) !== undefined && !isSkipped(plan, item, member) && member.verdict !== "refused";
}

/**
 * A file is imported when any of its members is; its other members are listed with the reason they were not. Past a
 * limit there may be more than was listed.
 */
export function importedItems(plan: ImportPlan, items: readonly InspectedItem[]): readonly InspectedItem[] {
  return items.filter(
    (item) => plan.beyondLimits.includes(item.grant) || item.members.some((member) => isImported(plan, item, member)),
  );
}

export function requestOf(plan: ImportPlan, items: readonly InspectedItem[]): ImportRequest {
  const beside = items.filter((item) => item.members.some((member) => isBeside(plan, item, member)));
  return {
    items: importedItems(plan, items).map((item) => itemRequest(plan, item)),
    ...(beside.length > 0 && { beside: beside.map(({ grant }) => grant) }),
  };
}

/** Recognised as what lies beside logs (account names, settings): there is no way to read it as one. */
function isBeside(plan: ImportPlan, item: InspectedItem, member: MemberVerdict): boolean {
  return member.verdict === "binary" && member.choices.length === 0 && !isSkipped(plan, item, member);
}

function itemRequest(plan: ImportPlan, item: InspectedItem): ImportItem {
  const zone = plan.zones[item.grant];
  const answers = Object.entries(plan.answers[item.grant] ?? {}).filter(([, answer]) => hasAny(answer));
  return {
    grant: item.grant as GrantId,
    choices: choicesOf(plan, item),
    skip: plan.skip[item.grant] ?? [],
    ...(zone !== undefined && { zone }),
    ...(answers.length > 0 && { answers: Object.fromEntries(answers) }),
    ...(plan.beyondLimits.includes(item.grant) && { beyondLimits: true }),
  };
}

const hasAny = (answer: ReadingAnswer): boolean => Object.keys(answer).length > 0;

export const isLocked = (item: InspectedItem): boolean => item.password === "locked" || item.password === "wrong";
