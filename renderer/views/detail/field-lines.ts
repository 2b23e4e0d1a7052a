/** The fields of an entry as lines of the list: groups in one order, empty fields folded behind their number. */
import type { DetailField, EntryDetail } from "../../../workers/contract.ts";
import { type LongValue, type TextPiece, longValue, textPieces } from "./long-value.ts";

export type FieldGroup = DetailField["group"];

export type FieldLine =
  | { readonly kind: "group"; readonly group: FieldGroup; readonly title: string }
  | {
      readonly kind: "value";
      readonly group: FieldGroup;
      readonly field: DetailField;
      /** Which of the field's values; 0 for a field without one. */
      readonly index: number;
      readonly value: string;
      /** Of a long value: how long, and whether its text follows as lines of their own. */
      readonly long: (LongValue & { readonly open: boolean }) | undefined;
    }
  | {
      readonly kind: "text";
      readonly group: FieldGroup;
      readonly field: DetailField;
      readonly index: number;
      readonly value: string;
      readonly piece: TextPiece;
      /** From 0. */
      readonly part: number;
    }
  | { readonly kind: "fold"; readonly group: FieldGroup; readonly hidden: number; readonly open: boolean };

const GROUPS: readonly { readonly group: FieldGroup; readonly title: string }[] = [
  { group: "when", title: "When" },
  { group: "who", title: "Who" },
  { group: "what", title: "What" },
  { group: "where", title: "Where" },
  { group: "evidence", title: "Evidence" },
  { group: "custom", title: "Custom" },
  { group: "original", title: "Original" },
];

/** What the title says comes first in its group. */
const FIRST = ["action", "target", "outcome"];

/** One value of a field. */
export const valueKey = (name: string, index: number): string => `${name} ${index}`;

/** `opened` names the groups whose empty fields are shown, `shown` the long values whose text is. */
export function fieldLines(
  fields: readonly DetailField[],
  opened: ReadonlySet<FieldGroup>,
  shown: ReadonlySet<string> = new Set(),
): readonly FieldLine[] {
  const linesOf = (field: DetailField): readonly FieldLine[] => valueLines(field, shown);
  return GROUPS.flatMap(({ group, title }) => {
    const own = fields.filter((field) => field.group === group).toSorted(byRank);
    if (own.length === 0) return [];
    const empty = own.filter(isEmpty);
    const open = opened.has(group);
    const filled = own.filter((field) => !isEmpty(field)).flatMap(linesOf);
    const fold: readonly FieldLine[] = empty.length === 0 ? [] : [{ kind: "fold", group, hidden: empty.length, open }];
    return [{ kind: "group", group, title }, ...filled, ...fold, ...(open ? empty.flatMap(linesOf) : [])];
  });
}

function valueLines(field: DetailField, shown: ReadonlySet<string>): readonly FieldLine[] {
  const values = field.values.length === 0 ? [""] : field.values;
  return values.flatMap((value, index) => {
    const size = longValue(value);
    const open = size !== undefined && shown.has(valueKey(field.name, index));
    const common = { group: field.group, field, index, value } as const;
    const head: FieldLine = { kind: "value", ...common, long: size && { ...size, open } };
    if (!open) return [head];
    const text = textPieces(value).map((piece, part): FieldLine => ({ kind: "text", ...common, piece, part }));
    return [head, ...text];
  });
}

const isEmpty = (field: DetailField): boolean => field.values.every((value) => value === "");

function byRank(one: DetailField, other: DetailField): number {
  const rank = ({ name }: DetailField): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return rank(one) - rank(other);
}

/** Lines that take the focus. */
export const isStop = (line: FieldLine): boolean => line.kind !== "group";

/** The next stop from `at` in steps of one; stays where there is none. */
export function nextStop(lines: readonly FieldLine[], at: number, step: 1 | -1): number {
  for (let next = at + step; next >= 0 && next < lines.length; next += step) {
    if (isStop(lines[next] as FieldLine)) return next;
  }
  return at;
}

/** The source's own spelling of the time, beside what was read from it. */
export function withSourceText(entry: EntryDetail): readonly DetailField[] {
  const { fields, timeText, precision } = entry;
  if (timeText === "") return fields;
  const time = fields.find((field) => field.name === "time");
  const text: DetailField = {
    group: "when",
    name: "source text",
    masked: false,
    values: [timeText],
    origin: { kind: "record", text: entry.time === undefined ? "not read" : `${precisionWord(precision)} precise` },
    mark: time?.mark,
  };
  const at = time === undefined ? 0 : fields.indexOf(time) + 1;
  return fields.toSpliced(at, 0, text);
}

/** Digits after the second as the unit they reach. */
export function precisionWord(digits: number): string {
  if (digits === 0) return "s";
  return digits <= 3 ? "ms" : digits <= 6 ? "µs" : "ns";
}
