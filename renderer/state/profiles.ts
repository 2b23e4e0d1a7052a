/**
 * How members that look alike are to be read, as a person once said it: kept under a name, offered for the next ones.
 * A profile holds choices only, nothing of the evidence but the names that its shape tells.
 */
import * as v from "valibot";
import type { FormatChoice, MemberShape, ReadingAnswer } from "../../workers/contract.ts";

/** What is true of every such member; a year, for one, is that of one file. */
export type ProfileAnswer = Pick<ReadingAnswer, "zone" | "encoding" | "delimiter" | "timeField" | "dateOrder">;

export interface ReadingProfile {
  readonly name: string;
  readonly shape: MemberShape;
  /** Without it: as it is found. */
  readonly choice?: FormatChoice;
  readonly answer: ProfileAnswer;
}

const MOST_PROFILES = 100;
export const LONGEST_PROFILE_NAME = 80;
const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));

const profileSchema = v.object({
  name: text(LONGEST_PROFILE_NAME),
  shape: v.object({ key: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)), text: v.pipe(v.string(), v.maxLength(2_000)) }),
  choice: v.exactOptional(text(128)),
  answer: v.object({
    zone: v.exactOptional(text(64)),
    encoding: v.exactOptional(v.picklist(["utf-8", "utf-16le", "utf-16be", "windows-1252"])),
    delimiter: v.exactOptional(v.pipe(v.string(), v.regex(/^[\t\u001c-\u001f !#-~]$/))),
    timeField: v.exactOptional(text(1_024)),
    dateOrder: v.exactOptional(v.picklist(["day-first", "month-first"])),
  }),
});
/** One that does not fit is left out; the others stay. */
export const profilesSchema = v.pipe(
  v.array(v.fallback(v.nullable(profileSchema), null)),
  v.transform((profiles) => profiles.flatMap((profile) => profile ?? []).slice(-MOST_PROFILES)),
);

/** Under its name it takes the place of an earlier one; the oldest are the first to go. */
export function withProfile(profiles: readonly ReadingProfile[], profile: ReadingProfile): readonly ReadingProfile[] {
  return [...withoutProfile(profiles, profile.name), profile].slice(-MOST_PROFILES);
}

export function withoutProfile(profiles: readonly ReadingProfile[], name: string): readonly ReadingProfile[] {
  return profiles.filter((profile) => profile.name !== name);
}

/** The profile for what looks like this; of several the youngest. */
export function profileFor(
  profiles: readonly ReadingProfile[],
  shape: MemberShape | undefined,
): ReadingProfile | undefined {
  return shape === undefined ? undefined : profiles.findLast((profile) => profile.shape.key === shape.key);
}

/** What of an answer a profile keeps. */
export function profileAnswer(answer: ReadingAnswer): ProfileAnswer {
  const { zone, encoding, delimiter, timeField, dateOrder } = answer;
  return {
    ...(zone !== undefined && { zone }),
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter }),
    ...(timeField !== undefined && { timeField }),
    ...(dateOrder !== undefined && { dateOrder }),
  };
}
