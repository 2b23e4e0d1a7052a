/** Tokens of a record for the raw view. Offsets count in the carried record, whose first byte is 0. */
import type { RecordToken } from "../../contract.ts";
import type { RecordView } from "./view.ts";

export function tokensOf(view: RecordView): readonly RecordToken[] {
  const { record, fields, parts } = view;
  const { text } = record;
  const tokens: RecordToken[] = [];
  const put = (start: number, end: number, kind: RecordToken["kind"], field?: string) => {
    if (end > start) tokens.push(field === undefined ? { start, end, kind } : { start, end, kind, field });
  };
  headingTokens(view, put);
  for (const field of fields) {
    const { name } = field.field;
    if (field.nameAt >= 0) {
      const equals = text.indexOf("=", field.nameAt);
      put(field.nameAt, equals, "key");
      put(equals, equals + 1, "separator");
    }
    const open = field.quoted ? field.start - 1 : field.start;
    const closed =
      field.quoted && field.end < record.end && isQuote(text.charCodeAt(field.end)) ? field.end + 1 : field.end;
    put(open, closed, "value", name);
  }
  if (parts.hasTrailer && text.charCodeAt(parts.trailerStart - 1) === 0x1d)
    put(parts.trailerStart - 1, parts.trailerStart, "separator");
  return tokens.sort((a, b) => a.start - b.start || a.end - b.end);
}

type Put = (start: number, end: number, kind: RecordToken["kind"], field?: string) => void;

function headingTokens(view: RecordView, put: Put): void {
  const { text, start, stamp, typeWord, node } = view.record;
  if (text.startsWith("node=", start)) {
    put(start, start + 4, "key");
    put(start + 4, start + 5, "separator");
    put(start + 5, start + 5 + node.length, "value", "node");
  }
  const typeAt = typeWord === "" ? -1 : text.lastIndexOf(typeWord, stamp.at);
  if (stamp.at < 0) {
    put(start, start + typeWord.length, "type", "type");
    return;
  }
  if (typeAt > start) {
    const keyAt = text.lastIndexOf("type", typeAt);
    put(keyAt, keyAt + 4, "key");
    put(keyAt + 4, typeAt, "separator");
    put(typeAt, typeAt + typeWord.length, "type", "type");
  }
  if (text.startsWith("msg=", stamp.at - 4)) {
    put(stamp.at - 4, stamp.at - 1, "key");
    put(stamp.at - 1, stamp.at, "separator");
  }
  put(stamp.at, stamp.end, "value", "time");
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}
