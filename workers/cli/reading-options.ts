/** The options that say how a log is read, and what they mean for one member. */
import { resolve } from "node:path";
import type { FormatChoice, MemberVerdict, ReadingAnswer } from "../contract.ts";
import { type ParsedCommand, UsageError } from "./arguments.ts";
import { type Output, zoneOf } from "./context.ts";
import { mappingFrom } from "./mapping.ts";

/** What the options say of every member. */
export interface Said {
  readonly format: string | undefined;
  readonly carrier: string | undefined;
  readonly zone: string | undefined;
  readonly answer: Answer;
}
type Answer = Omit<ReadingAnswer, "zone">;

export function saysNothing({ format, carrier, answer }: Said): boolean {
  return format === undefined && carrier === undefined && Object.keys(answer).length === 0;
}

const DATE_ORDERS: Readonly<Record<string, NonNullable<Answer["dateOrder"]>>> = {
  "day-first": "day-first",
  "month-first": "month-first",
};
const ENCODINGS: Readonly<Record<string, NonNullable<Answer["encoding"]>>> = {
  "utf-8": "utf-8",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "windows-1252": "windows-1252",
};

const DELIMITERS: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  "\\t": "\t",
  bar: "|",
  blank: " ",
};

function delimiterOf(command: ParsedCommand): string | undefined {
  const text = command.text("delimiter");
  if (text === undefined) return undefined;
  const delimiter = Object.hasOwn(DELIMITERS, text) ? DELIMITERS[text] : text;
  if (delimiter !== undefined && /^[\t\u001c-\u001f !#-~]$/.test(delimiter)) return delimiter;
  throw new UsageError(
    `--delimiter takes one character of ASCII that is no quote, or ${Object.keys(DELIMITERS).join(", ")}`,
  );
}

function answerOf(command: ParsedCommand): Answer {
  const year = command.text("year");
  const timeOption = command.text("time-column") === undefined ? "time-field" : "time-column";
  const timeField = command.text(timeOption);
  const delimiter = delimiterOf(command);
  const dateOrder = oneOf(command, "date-order", DATE_ORDERS);
  const encoding = oneOf(command, "encoding", ENCODINGS);
  if (year !== undefined && !(/^\d{4}$/.test(year) && Number(year) >= 1684 && Number(year) <= 2255)) {
    throw new UsageError("--year takes a year from 1684 to 2255");
  }
  if (timeField === "") throw new UsageError(`--${timeOption} takes the name of a field`);
  return {
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(timeField === undefined ? {} : { timeField }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
}

/** Faults: those of a folder of definitions. */
export async function saidWith(command: ParsedCommand, output: Output): Promise<Said> {
  const answer = answerOf(command);
  const folder = command.text("mapping");
  return {
    format: command.text("format"),
    carrier: command.text("carrier"),
    zone: command.text("zone") === undefined ? undefined : zoneOf(command),
    answer: folder === undefined ? answer : { ...answer, mapping: await mappingFrom(resolve(folder), output) },
  };
}

function oneOf<T>(command: ParsedCommand, option: string, known: Readonly<Record<string, T>>): T | undefined {
  const text = command.text(option);
  if (text === undefined) return undefined;
  const found = Object.hasOwn(known, text) ? known[text] : undefined;
  if (found === undefined) throw new UsageError(`--${option} takes ${Object.keys(known).join(" or ")}`);
  return found;
}

/** What a member is read as where the options name a format or a carrier; undefined: as it is found, or not at all. */
export function choiceFor(member: MemberVerdict, { format, carrier }: Said): FormatChoice | undefined {
  if (format === undefined && carrier === undefined) return undefined;
  const known = member.choices.map(({ choice }) => choice);
  const chosen = format === undefined ? cutBy(member, carrier ?? "", known) : meant(member, format, carrier, known);
  if (chosen !== undefined || known.length === 0) return chosen;
  const option = format === undefined ? "--carrier" : "--format";
  throw new UsageError(`${option}: ${member.path} can be read as ${known.join(", ")}`);
}

/** Of several carriers that a format goes with, the one that was recognised, else the plainest. */
function meant(
  member: MemberVerdict,
  format: string,
  carrier: string | undefined,
  known: readonly FormatChoice[],
): FormatChoice | undefined {
  if (carrier !== undefined) return known.find((choice) => choice === `${carrier}+${format.split("+").at(-1)}`);
  const recognised = member.choice?.split("+")[0] ?? "";
  const carriers = [recognised, ...member.carriers, "lines", "json-lines"];
  const wanted = [format, ...carriers.map((each) => `${each}+${format}`)];
  return wanted.find((choice) => known.includes(choice)) ?? known.find((choice) => choice.endsWith(`+${format}`));
}

/** The format that was recognised where it goes with the carrier, else what takes any record. */
function cutBy(member: MemberVerdict, carrier: string, known: readonly FormatChoice[]): FormatChoice | undefined {
  const format = member.choice?.split("+")[1] ?? "";
  const wanted = [format, "generic-json", "text-lines"].map((each) => `${carrier}+${each}`);
  return wanted.find((choice) => known.includes(choice)) ?? known.find((choice) => choice.startsWith(`${carrier}+`));
}

/** Throws where the field of the time is none that the member was seen to have. */
export function checkTimeField({ path, questions }: MemberVerdict, { answer }: Said): void {
  const asked = questions.find((question) => question.kind === "time-field");
  const names = asked?.fields.map(({ name }) => name) ?? [];
  if (answer.timeField !== undefined && names.length > 0 && !names.includes(answer.timeField)) {
    throw new UsageError(`--time-column: ${path} has no such field of times; it has ${names.join(", ")}`);
  }
}
