/** One entry as the detail view shows it: parsed again from its bytes, so that every value can be traced to them. */
import {
  CANONICAL,
  type CanonicalName,
  type DetailField,
  type DetailRecord,
  type EntryDetail,
  type EntryTimes,
  type EntryId,
  type EpochMicros,
  type MeaningOrigin,
} from "../contract.ts";
import { printUtc } from "../base/time.ts";
import type { AnyFormat, Explanation } from "../formats/format.ts";
import { formatById } from "../formats/registry.ts";
import type { KeptField, ObjectSink } from "../import/object-sink.ts";
import { flagNames } from "../query/bind.ts";
import { copiesOf } from "../query/repeats.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { type ParsedEntry, parseAgain } from "./case-reread.ts";
import { entryTimes } from "./entry-times.ts";
import { identityDetails } from "./identity-detail.ts";
import type { LineIndex } from "./line-index.ts";

const SHOWN_BYTES = 262_144;
const AS_RECORDED: MeaningOrigin = { kind: "record", text: "as recorded" };
const EVIDENCE: MeaningOrigin = { kind: "evidence", text: "from the import" };
const CORRECTED: MeaningOrigin = { kind: "computed", text: "time of a corrected clock" };

type Group = DetailField["group"];
const GROUPS: Readonly<Partial<Record<CanonicalName, Group>>> = {
  actor: "who",
  domain: "who",
  person: "who",
  session: "who",
  tenant: "where",
  datasource: "where",
  from: "where",
  to: "where",
};

/** Fault: request.stale for an entry that is not in the case. */
export async function entryDetail(reader: CaseReader, id: EntryId, lines: LineIndex): Promise<EntryDetail> {
  const place = reader.placeOf(id);
  const numbers = new Map<string, number>();
  for (const { member, offset } of place.spans) {
    const [line = 0] = await lines.lines(reader, member, [offset]);
    numbers.set(`${member}:${offset}`, line);
  }
  const parsed = parseAgain(reader, id, { lineOf: ({ member, offset }) => numbers.get(`${member}:${offset}`) ?? 0 });
  const fields = parsed.entry?.fields;
  const explanation = parsed.entry?.explain();
  const time = reader.time[id] ?? Number.NaN;
  const times = entryTimes(reader, id);
  const first = (name: CanonicalName): string => fields?.canonical.get(name)?.values[0] ?? "";
  return {
    id,
    member: parsed.member.id,
    time: Number.isNaN(time) ? undefined : (time as EpochMicros),
    precision: reader.precision[id] ?? 0,
    timeText: fields?.when.text ?? "",
    flags: flagNames(reader.flags[id] ?? 0) as EntryDetail["flags"],
    action: first("action"),
    target: first("target"),
    outcome: first("outcome"),
    sentence: explanation?.sentence ?? "",
    fields: inGroups([
      ...timeFields(time, times, fields),
      ...valueFields(fields).map((field) => explained(field, formatById(parsed.member.format))),
      ...identityDetails(reader, id),
      ...evidenceFields(reader, parsed),
    ]),
    records: recordsOf(reader, parsed, explanation, SHOWN_BYTES),
    interpretations: explanation?.interpretations ?? [],
    copies: copiesOf(reader, id),
    times,
    masked: false,
  };
}

/** The entry's values and all of its bytes, without line numbers. Faults: those of `entryDetail`. */
export function bytesOfEntry(
  reader: CaseReader,
  id: number,
): Pick<EntryDetail, "fields" | "records" | "interpretations"> {
  const parsed = parseAgain(reader, id);
  const explanation = parsed.entry?.explain();
  return {
    fields: valueFields(parsed.entry?.fields),
    records: recordsOf(reader, parsed, explanation, Number.POSITIVE_INFINITY),
    interpretations: explanation?.interpretations ?? [],
  };
}

const GROUP_ORDER: readonly Group[] = ["when", "who", "what", "where", "custom", "evidence", "original"];

function inGroups(fields: readonly DetailField[]): readonly DetailField[] {
  return fields.toSorted((a, b) => GROUP_ORDER.indexOf(a.group) - GROUP_ORDER.indexOf(b.group));
}

/** The time that is shown; where it is another than the import read, that one too. Why is told by `times`. */
function timeFields(time: number, times: EntryTimes, fields: ObjectSink | undefined): readonly DetailField[] {
  if (fields === undefined) return [];
  const { origin = AS_RECORDED, mark } = fields.when;
  const row = (name: string, at: number | undefined, from: MeaningOrigin): readonly DetailField[] =>
    at === undefined || Number.isNaN(at)
      ? []
      : [{ group: "when", name, values: [printUtc(at as EpochMicros)], origin: from, mark, masked: false }];
  const { recorded, uncorrected, steps } = times;
  const isCorrected = steps.some(({ kind }) => kind === "clock");
  const current = uncorrected ?? Number.NaN;
  return [
    ...row("time", time, isCorrected ? CORRECTED : origin),
    ...(isCorrected ? row("time before correction", uncorrected, origin) : []),
    ...(Object.is(recorded ?? Number.NaN, current) ? [] : row("time as imported", recorded, origin)),
  ];
}

function valueFields(fields: ObjectSink | undefined): readonly DetailField[] {
  if (fields === undefined) return [];
  // Canonical fields that the entry lacks are told too: that a log says nothing of the actor is an answer.
  const canonical = CANONICAL.map((name) =>
    detailField(groupOf(name), name, fields.canonical.get(name) ?? absent(name)),
  );
  const originals = [...fields.originals.values()].map((kept) => detailField("original", `raw.${kept.name}`, kept));
  return [...canonical, ...originals];
}

function explained(field: DetailField, format: AnyFormat | undefined): DetailField {
  const about = field.group === "original" ? format?.about(field.name.slice("raw.".length)) : undefined;
  return about === undefined ? field : { ...field, about };
}

function absent(name: string): KeptField {
  return { name, values: [], origin: { kind: "record", text: "not recorded" }, mark: undefined };
}

function groupOf(name: CanonicalName): Group {
  return name.startsWith("custom") ? "custom" : (GROUPS[name] ?? "what");
}

function detailField(group: Group, name: string, { values, origin, mark }: KeptField): DetailField {
  return { group, name, values, origin: origin ?? AS_RECORDED, mark, masked: false };
}

function evidenceFields(reader: CaseReader, { member, spans }: ParsedEntry): readonly DetailField[] {
  const source = reader.sources.find(({ id }) => id === member.source);
  const field = (name: string, values: readonly string[]): DetailField => ({
    group: "evidence",
    name,
    values,
    origin: EVIDENCE,
    mark: undefined,
    masked: false,
  });
  return [
    field("source", [source?.name ?? ""]),
    field("source sha256", source?.sha256 === undefined ? [] : [source.sha256]),
    field("member", [member.path]),
    field("member sha256", member.sha256 === undefined ? [] : [member.sha256]),
    field(
      "bytes",
      spans.map(({ offset, length }) => `${offset}+${length}`),
    ),
    field("parser", [member.parser]),
    field("zone assumed", member.zone === undefined ? [] : [member.zone]),
  ].filter(({ values }) => values.length > 0);
}

function recordsOf(
  reader: CaseReader,
  parsed: ParsedEntry,
  explanation: Explanation | undefined,
  most: number,
): readonly DetailRecord[] {
  return parsed.places.map(({ member, offset, length, line }, at) => ({
    title: explanation?.records[at]?.title ?? "",
    member,
    offset,
    length,
    line,
    bytes: new Uint8Array(reader.bytes(member, offset, Math.min(length, most))),
    tokens: explanation?.records[at]?.tokens ?? [],
  }));
}
