/**
 * What a member is, from its first bytes alone: never from its name. Every carrier that can cut the head offers its
 * records to every format that takes them; the best pair wins, and the rest is told as what else was tried.
 */
import { fault, FaultError } from "../base/fault.ts";
import type { Carrier } from "../carriers/carrier.ts";
import { type Cutter, cutterOf } from "../carriers/encoded.ts";
import { carrierById, carriers } from "../carriers/registry.ts";
import type { FormatChoice, MemberQuestion, MemberVerdict, Reading } from "../contract.ts";
import type { AnyFormat, CarriedRecord } from "../formats/format.ts";
import { formatById, formats } from "../formats/registry.ts";
import { closedHead } from "../carriers/json-form.ts";
import { knownBinary } from "./head.ts";

/** A `MemberVerdict` without what only the container knows. */
export type Detection = Omit<MemberVerdict, "path" | "bytes" | "problem" | "comment">;

/** What is known beside the bytes. */
export interface Hints {
  /** What a person said. */
  readonly asked: Reading;
  /** µs since 1970: when the file was changed, as its file system or archive has it. */
  readonly modified: number | undefined;
}
export const NO_HINTS: Hints = { asked: {}, modified: undefined };

/** Bytes of a member's start that detection looks at, at most. */
export const HEAD_BYTES = 65_536;

const SAMPLE_RECORDS = 200;
const CERTAIN = 0.9;
/** Below this a format only says that it would not mind. */
const LIKELY = 0.35;

interface Candidate {
  readonly carrier: Carrier;
  readonly format: AnyFormat;
  readonly score: number;
  readonly title: string;
  readonly reasons: readonly string[];
  readonly reading: Reading;
  readonly records: readonly CarriedRecord[];
}

/** Pure. `whole`: the head is all there is of the member. */
export function detect(head: Uint8Array, whole: boolean, hints: Hints = NO_HINTS): Detection {
  if (head.length === 0 && whole) return none("empty", "Empty", ["holds no bytes"], []);
  const known = knownBinary(head);
  if (known !== undefined) return none("binary", "Not a text log", [`starts like ${known}`], []);
  const closed = whole ? undefined : closedHead(head);
  const candidates = allCandidates(closed ?? head, closed !== undefined || whole, hints);
  const [best, ...others] = candidates.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  if (best === undefined) return none("binary", "Not a text log", ["its first bytes are no text"], triedOf(candidates));
  const zero = candidates.filter(({ score }) => score === 0);
  const tried = triedOf([...others, ...zero].filter(({ format }) => format !== best.format));
  if (best.score < LIKELY) return none("text", "Text of an unknown form", best.reasons, tried);
  return {
    verdict: best.score >= CERTAIN ? "certain" : "likely",
    choice: choiceOf(best.carrier, best.format),
    title: best.title,
    reasons: best.reasons,
    alsoTried: tried,
    choices: everyChoice(),
    reading: best.reading,
    questions: questionsOf(best.format, best.records, best.reading),
  };
}

/** What a person chose, with the title that its records give it. Throws the fault `format.unfit` for an unknown choice. */
export function detectAs(choice: FormatChoice, head: Uint8Array, whole: boolean, hints: Hints = NO_HINTS): Detection {
  const { carrier, format } = resolveChoice(choice);
  const reading = readingOf(carrier, head, whole, hints);
  const records = sampleRecords(cutterOf(carrier, reading), head, whole);
  return {
    verdict: "certain",
    choice,
    title: records.length === 0 ? format.title : format.describe(records),
    reasons: ["chosen by hand"],
    alsoTried: [],
    choices: everyChoice(),
    reading,
    questions: questionsOf(format, records, reading),
  };
}

/** The carrier and format behind a choice. Throws the fault `format.unfit` for what is none. */
export function resolveChoice(choice: FormatChoice): { readonly carrier: Carrier; readonly format: AnyFormat } {
  const [carrierId = "", formatId = "", ...more] = choice.split("+");
  const carrier = carrierById(carrierId);
  const format = formatById(formatId);
  if (carrier !== undefined && format !== undefined && more.length === 0 && fits(carrier, format)) {
    return { carrier, format };
  }
  const known = everyChoice().map((each) => each.choice);
  throw new FaultError(
    fault("format.unfit", `No way to read a log is called "${choice}".`, `Choose one of: ${known.join(", ")}.`, {
      suggestions: known,
    }),
  );
}

/** Every pair of a carrier and a format that takes what it yields. */
export function everyChoice(): readonly { readonly choice: FormatChoice; readonly title: string }[] {
  return pairs().map(([carrier, format]) => ({
    choice: choiceOf(carrier, format),
    title: `${format.title} (${carrier.title})`,
  }));
}

function pairs(): readonly (readonly [Carrier, AnyFormat])[] {
  return formats.flatMap((format) =>
    carriers.filter((carrier) => fits(carrier, format)).map((carrier) => [carrier, format] as const),
  );
}

/** A carrier of either kind goes with every format. */
function fits(carrier: Carrier, format: AnyFormat): boolean {
  return carrier.yields === "either" || carrier.yields === format.accepts;
}

function readingOf(carrier: Carrier, head: Uint8Array, whole: boolean, { asked, modified }: Hints): Reading {
  return { ...asked, ...carrier.study?.(head, whole, asked, modified) };
}

function questionsOf(
  format: AnyFormat,
  records: readonly CarriedRecord[],
  reading: Reading,
): readonly MemberQuestion[] {
  const own = format.questions(records, reading);
  if (reading.yearFrom !== "file time") return own;
  const samples = records.flatMap(({ wrap }) => (wrap?.time?.yearInferred === true ? [wrap.time.text] : []));
  return [...own, { kind: "year", samples: samples.slice(0, 5), guess: reading.year }];
}

function choiceOf(carrier: Carrier, format: AnyFormat): FormatChoice {
  return `${carrier.id}+${format.id}`;
}

/** In the order of the registries, which decides between equals. */
function allCandidates(head: Uint8Array, whole: boolean, hints: Hints): readonly Candidate[] {
  return carriers.flatMap((carrier) => {
    const carried = carrier.recognise(head, whole);
    const reading = carried.confidence === 0 ? {} : readingOf(carrier, head, whole, hints);
    const records = carried.confidence === 0 ? [] : sampleRecords(cutterOf(carrier, reading), head, whole);
    return formats
      .filter((format) => fits(carrier, format))
      .map((format) => ({ ...candidate(carrier, format, carried, records), reading, records }));
  });
}

function candidate(
  carrier: Carrier,
  format: AnyFormat,
  carried: ReturnType<Carrier["recognise"]>,
  records: readonly CarriedRecord[],
): Omit<Candidate, "reading" | "records"> {
  if (carried.confidence === 0) return { carrier, format, score: 0, title: format.title, reasons: carried.reasons };
  const recognised = format.recognise(records);
  return {
    carrier,
    format,
    score: carried.confidence * recognised.confidence,
    title: recognised.confidence === 0 ? format.title : format.describe(records),
    reasons: recognised.confidence === 0 ? recognised.reasons : [...recognised.reasons, ...carried.reasons],
  };
}

/** The first records of the head; what lies after its last line end is left out unless the head is all there is. */
function sampleRecords(cutter: Cutter, head: Uint8Array, whole: boolean): readonly CarriedRecord[] {
  const records: CarriedRecord[] = [];
  const splitter = cutter.split({
    record: (record) => void (records.length < SAMPLE_RECORDS && records.push(record)),
    reject() {},
    ignore() {},
    blank() {},
    note() {},
  });
  splitter.push(head);
  if (whole || records.length === 0) splitter.finish();
  return records;
}

function none(
  verdict: "text" | "binary" | "empty",
  title: string,
  reasons: readonly string[],
  alsoTried: readonly string[],
): Detection {
  return { verdict, choice: undefined, title, reasons, alsoTried, choices: everyChoice(), reading: {}, questions: [] };
}

const MOST_TRIED = 8;

/** One line for each format, its best attempt first. */
function triedOf(candidates: readonly Candidate[]): readonly string[] {
  const lines = new Map<string, string>();
  for (const { format, reasons } of candidates) {
    if (!lines.has(format.id)) lines.set(format.id, `${format.title}: ${reasons.join("; ")}`);
  }
  return [...lines.values()].slice(0, MOST_TRIED);
}
