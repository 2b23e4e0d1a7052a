/**
 * What a member is, from its first bytes alone: never from its name. Every carrier that can cut the head offers its
 * records to every format that takes them; the best pair wins, and the rest is told as what else was tried.
 */
import { fault, FaultError } from "../base/fault.ts";
import type { Carrier } from "../carriers/carrier.ts";
import { type Cutter, cutterOf } from "../carriers/encoded.ts";
import { carrierById, carriers } from "../carriers/registry.ts";
import { transcode } from "../carriers/transcoder.ts";
import type { FormatChoice, MemberChoice, MemberQuestion, MemberVerdict, Reading, TextEncoding } from "../contract.ts";
import type { AnyFormat, CarriedRecord, Recognition } from "../formats/format.ts";
import { formatById, formats } from "../formats/registry.ts";
import { asideOf } from "./asides.ts";
import { closedHead } from "../carriers/json-form.ts";
import { closedEventHead } from "../carriers/xml-closed-head.ts";
import { firstEndsWithCr } from "../carriers/line-cutter.ts";
import { utf16Of, windows1252Of } from "./encoding.ts";
import { knownBinary } from "./head.ts";
import { shapeOf } from "./member-shape.ts";
import { type Rival, runnerUpOf, triedOf } from "./rivals.ts";

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

interface Candidate extends Rival {
  readonly score: number;
  readonly reasons: readonly string[];
  readonly reading: Reading;
  readonly records: readonly CarriedRecord[];
}

/** Pure. `whole`: the head is all there is of the member. */
export function detect(head: Uint8Array, whole: boolean, hints: Hints = NO_HINTS): Detection {
  if (head.length === 0 && whole) return none("empty", "Empty", ["holds no bytes"], []);
  const aside = asideOf(head, whole);
  if (aside !== undefined) return { ...none("binary", aside.title, aside.reasons, []), choices: [] };
  const known = knownBinary(head);
  if (known !== undefined) return none("binary", "Not a text log", [`starts like ${known}`], []);
  const candidates = viewsOf(head, whole, hints).flatMap((view) => allCandidates(view, hints));
  const [best, ...others] = candidates.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  if (best === undefined) return none("binary", "Not a text log", ["its first bytes are no text"], []);
  const tried = triedOf(others, best.format);
  const seen = {
    carriers: carriersOf(candidates),
    shape: shapeOf(best.carrier, best.reading, best.records),
  };
  if (best.score < LIKELY) return { ...none("text", "Text of an unknown form", best.reasons, tried), ...seen };
  return {
    ...seen,
    runnerUp: runnerUpOf(best, others[0]),
    verdict: best.score >= CERTAIN ? "certain" : "likely",
    choice: choiceOf(best.carrier, best.format),
    title: best.title,
    reasons: isUnused(best, hints) ? [...best.reasons, UNUSED_DELIMITER] : best.reasons,
    alsoTried: tried,
    choices: everyChoice(),
    reading: best.reading,
    questions: questionsOf(best.format, best.records, best.reading),
  };
}

/** What a person chose, with the title that its records give it. Throws the fault `format.unfit` for an unknown choice. */
export function detectAs(choice: FormatChoice, head: Uint8Array, whole: boolean, hints: Hints = NO_HINTS): Detection {
  const { carrier, format } = resolveChoice(choice);
  const views = viewsOf(head, whole, hints);
  const view = views.find(({ takes }) => takes(carrier, format)) ?? (views[0] as View);
  const { reading, records } = sampleOf(carrier, format, view, hints);
  const fit = format.recognise(records, reading);
  return {
    verdict: "certain",
    choice,
    title: records.length === 0 ? format.title : format.describe(records),
    reasons: ["chosen by hand", ...fit.reasons, ...view.reasons],
    alsoTried: [],
    runnerUp: undefined,
    carriers: [carrier.id],
    shape: shapeOf(carrier, reading, records),
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
export function everyChoice(): readonly MemberChoice[] {
  return pairs().map(([carrier, format]) => ({
    choice: choiceOf(carrier, format),
    title: `${format.title} (${carrier.title})`,
    format: format.title,
    carrier: carrier.title,
  }));
}

function pairs(): readonly (readonly [Carrier, AnyFormat])[] {
  return formats.flatMap((format) =>
    carriers.filter((carrier) => fits(carrier, format)).map((carrier) => [carrier, format] as const),
  );
}

/** A carrier of either kind goes with every format that has no carrier of its own. */
function fits(carrier: Carrier, format: AnyFormat): boolean {
  if (carrier.only !== undefined) return carrier.only === format.id;
  if (carriers.some(({ only }) => only === format.id)) return false;
  return carrier.yields === "either" || carrier.yields === format.accepts;
}

/** The first bytes as UTF-8, closed where the head cuts off the first record. */
interface View {
  readonly head: Uint8Array;
  readonly whole: boolean;
  readonly encoding: TextEncoding | undefined;
  readonly reasons: readonly string[];
  takes(carrier: Carrier, format: AnyFormat): boolean;
}

const BY_HAND = "encoding chosen by hand";

/** One for each way to read the bytes as text; every format is offered one. */
function viewsOf(head: Uint8Array, whole: boolean, { asked }: Hints): readonly View[] {
  if (asked.encoding === "utf-8") return [viewOf(head, whole, "utf-8", [BY_HAND], () => true)];
  const told = asked.encoding === undefined ? undefined : { encoding: asked.encoding, reason: BY_HAND };
  const found = told ?? utf16Of(head) ?? windows1252Of(head, whole);
  if (found === undefined) return [viewOf(head, whole, undefined, [], () => true)];
  const { utf8 } = transcode(whole ? head : head.subarray(0, head.length & ~1), found.encoding);
  if (told !== undefined || found.encoding !== "windows-1252") {
    return [viewOf(utf8, whole, found.encoding, [found.reason], () => true)];
  }
  return [
    viewOf(utf8, whole, found.encoding, [found.reason], (...pair) => !keepsBytes(...pair)),
    viewOf(head, whole, undefined, [], keepsBytes),
  ];
}

function keepsBytes(carrier: Carrier, format: AnyFormat): boolean {
  return carrier.keepsBytes === true || format.keepsBytes;
}

function viewOf(
  head: Uint8Array,
  whole: boolean,
  encoding: TextEncoding | undefined,
  reasons: readonly string[],
  takes: View["takes"],
): View {
  const closed = whole ? undefined : (closedHead(head) ?? closedEventHead(head));
  return { head: closed ?? head, whole: closed !== undefined || whole, encoding, reasons, takes };
}

interface Sample {
  readonly reading: Reading;
  readonly records: readonly CarriedRecord[];
}

function sampleOf(carrier: Carrier, format: AnyFormat, view: View, hints: Hints): Sample {
  const carried = carriedSample(carrier, view, hints);
  return { ...carried, reading: format.study(carried.records, carried.reading) };
}

/** `view` holds UTF-8 already, so its records are cut without the encoding. */
function carriedSample(carrier: Carrier, { head, whole, encoding }: View, { asked, modified }: Hints): Sample {
  const { encoding: _asked, ...said } = asked;
  const { delimiter: _delimiter, ...rest } = said;
  const ends: Reading = firstEndsWithCr(head, whole) ? { lineEnds: "cr" } : {};
  const reading: Reading = { ...ends, ...rest, ...carrier.study?.(head, whole, said, modified) };
  const records = sampleRecords(cutterOf(carrier, reading), head, whole);
  return { records, reading: encoding === undefined ? reading : { ...reading, encoding } };
}

function questionsOf(
  format: AnyFormat,
  records: readonly CarriedRecord[],
  reading: Reading,
): readonly MemberQuestion[] {
  const own = format.questions(records, reading);
  const samples = records.flatMap(({ wrap }) => (wrap?.time?.yearInferred === true ? [wrap.time.text] : []));
  const isKnown = reading.year !== undefined && reading.yearFrom !== "file time";
  if (isKnown || samples.length === 0) return own;
  return [...own, { kind: "year", samples: samples.slice(0, 5), guess: reading.year }];
}

function choiceOf(carrier: Carrier, format: AnyFormat): FormatChoice {
  return `${carrier.id}+${format.id}`;
}

/** In the order of the registries, which decides between equals. */
function allCandidates(view: View, hints: Hints): readonly Candidate[] {
  return carriersFor(view, hints.asked).flatMap((carrier) => {
    const carried = carrier.recognise(view.head, view.whole, hints.asked);
    const sample = carried.confidence === 0 ? { reading: {}, records: [] } : carriedSample(carrier, view, hints);
    return formats
      .filter((format) => fits(carrier, format) && view.takes(carrier, format))
      .map((format) => candidate(carrier, format, carried, sample, view.reasons));
  });
}

/** Who says what splits the cells says that it is a table, if any line has it at all. */
function carriersFor({ head, whole }: View, asked: Reading): readonly Carrier[] {
  if (asked.delimiter === undefined) return carriers;
  const tables = carriers.filter(
    (carrier) => carrier.takesDelimiter === true && carrier.recognise(head, whole, asked).confidence > 0,
  );
  return tables.length > 0 ? tables : carriers;
}

const UNUSED_DELIMITER = "the delimiter that was said splits none of its first rows, so it is not used";

function isUnused({ carrier }: Candidate, { asked }: Hints): boolean {
  return asked.delimiter !== undefined && carrier.takesDelimiter !== true;
}

/** Those that the bytes can be cut by, the best first. */
function carriersOf(candidates: readonly Candidate[]): readonly string[] {
  const fits = new Map(candidates.map(({ carrier, carried }) => [carrier.id, carried.confidence]));
  return [...fits]
    .flatMap(([id, fit]) => (fit > 0 ? [id] : []))
    .toSorted((a, b) => (fits.get(b) ?? 0) - (fits.get(a) ?? 0));
}

function candidate(
  carrier: Carrier,
  format: AnyFormat,
  carried: Recognition,
  { reading, records }: Sample,
  notes: readonly string[],
): Candidate {
  const { title } = format;
  const none = { carrier, format, carried, score: 0, title, reading, records };
  if (carried.confidence === 0) return { ...none, recognised: NOT_TRIED, reasons: carried.reasons };
  const recognised = format.recognise(records, reading);
  if (recognised.confidence === 0) return { ...none, recognised, reasons: recognised.reasons };
  return {
    carrier,
    format,
    carried,
    recognised,
    score: carried.confidence * recognised.confidence,
    title: format.describe(records),
    reasons: [...recognised.reasons, ...carried.reasons, ...notes],
    reading: format.study(records, reading),
    records,
  };
}

const NOT_TRIED: Recognition = { confidence: 0, reasons: [] };

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
  return {
    verdict,
    choice: undefined,
    title,
    reasons,
    alsoTried,
    runnerUp: undefined,
    choices: everyChoice(),
    carriers: [],
    shape: undefined,
    reading: {},
    questions: [],
  };
}
