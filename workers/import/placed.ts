/**
 * Formats point into the text of a record. Where a carrier derived that text (an escaped message, a line behind a header),
 * what they point to is moved to the bytes that it stands for; what stands nowhere as it is, is not pointed to.
 */
import type { ByteMark, Interpretation, RecordToken } from "../contract.ts";
import type { CarriedRecord, EntrySink, Explanation } from "../formats/format.ts";

/** Whether marks into these records are to be moved. */
export function isDerived(records: readonly CarriedRecord[]): boolean {
  return records.some(({ body }) => body.kind === "text" && body.derived !== undefined);
}

export function placedSink(sink: EntrySink, records: readonly CarriedRecord[]): EntrySink {
  return {
    time: (at, precision, text, origin, mark) => sink.time(at, precision, text, origin, placedMark(mark, records)),
    text: (field, value, origin, mark) => sink.text(field, value, origin, placedMark(mark, records)),
    original: (name, value, mark) => sink.original(name, value, placedMark(mark, records)),
    originalIn: (name, text, start, end, record) =>
      sink.original(name, text.slice(start, end), placedMark({ record, start, end }, records)),
    flag: (flag) => sink.flag(flag),
  };
}

export function placedExplanation(explanation: Explanation, records: readonly CarriedRecord[]): Explanation {
  return {
    sentence: explanation.sentence,
    records: explanation.records.map(({ title, tokens }, at) => ({ title, tokens: placedTokens(tokens, records[at]) })),
    interpretations: explanation.interpretations.map(
      (row): Interpretation => ({ ...row, mark: placedMark(row.mark, records) }),
    ),
  };
}

type Place = (char: number) => number;

/** undefined: the text stands nowhere; otherwise the byte of a char. */
function placeIn(record: CarriedRecord | undefined): Place | undefined {
  const body = record?.body;
  if (body?.kind !== "text" || body.derived === undefined) return (char) => char;
  return body.derived.placeOf;
}

function placedMark(mark: ByteMark | undefined, records: readonly CarriedRecord[]): ByteMark | undefined {
  const place = mark === undefined ? undefined : placeIn(records[mark.record]);
  if (mark === undefined || place === undefined) return undefined;
  return { record: mark.record, start: place(mark.start), end: place(mark.end) };
}

/** They cover the record again: what stands around the text is a separator. */
function placedTokens(tokens: readonly RecordToken[], record: CarriedRecord | undefined): readonly RecordToken[] {
  const place = placeIn(record);
  const body = record?.body;
  if (record === undefined || body?.kind !== "text" || body.derived === undefined) return tokens;
  if (place === undefined) return [];
  const inside = tokens.map((token) => ({ ...token, start: place(token.start), end: place(token.end) }));
  const start = inside[0]?.start ?? record.length;
  const end = inside.at(-1)?.end ?? record.length;
  return [
    ...(start > 0 ? [{ start: 0, end: start, kind: "separator" } as const] : []),
    ...inside,
    ...(end < record.length ? [{ start: end, end: record.length, kind: "separator" } as const] : []),
  ];
}
