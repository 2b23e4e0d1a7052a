/**
 * What members of one kind have in common, so that what a person said of one can be offered for the next: the carrier
 * with the header of a table, the names that every record has, or the form of the lines. No value and no file name.
 */
import { createHash } from "node:crypto";
import type { Carrier } from "../carriers/carrier.ts";
import type { MemberShape, Reading } from "../contract.ts";
import type { CarriedRecord } from "../formats/format.ts";

const MOST_SHOWN = 6;
/** Words of a line whose form is compared. */
const MOST_WORDS = 12;
const MOST_TEXT = 2_000;

/** Pure. undefined: there is no record to go by. */
export function shapeOf(
  carrier: Carrier,
  reading: Reading,
  records: readonly CarriedRecord[],
): MemberShape | undefined {
  const parts = reading.table === undefined ? partsOf(records) : tableParts(reading.table);
  if (parts === undefined) return undefined;
  const key = createHash("sha256")
    .update(JSON.stringify([carrier.id, parts.kind, ...parts.names]))
    .digest("hex");
  return { key: key.slice(0, 32), text: `${carrier.title}: ${wordsOf(parts)}` };
}

interface Parts {
  readonly kind: "columns" | "names" | "header" | "form";
  readonly names: readonly string[];
}

function tableParts({ delimiter, columns }: NonNullable<Reading["table"]>): Parts {
  return { kind: "columns", names: [delimiter, ...columns] };
}

function partsOf(records: readonly CarriedRecord[]): Parts | undefined {
  const objects = records.flatMap(({ body }) => (body.kind === "object" ? [body.value] : []));
  if (objects.length > 0) {
    const [first = {}, ...others] = objects;
    const names = Object.keys(first).filter((name) => others.every((object) => Object.hasOwn(object, name)));
    return { kind: "names", names: names.toSorted() };
  }
  const lines = records.flatMap(({ body }) => (body.kind === "text" ? [body.text.slice(0, MOST_TEXT)] : []));
  return lines.length === 0 ? undefined : lineParts(lines);
}

/** A first line without a digit, under which no other line is like it, names what follows. */
function lineParts(lines: readonly string[]): Parts {
  const [first = "", ...others] = lines.map((line) => line.trim());
  const isHeader = first !== "" && !/\d/.test(first) && others.every((line) => formOf(line)[0] !== formOf(first)[0]);
  if (isHeader) return { kind: "header", names: [first] };
  return { kind: "form", names: commonStart(lines.map(formOf)) };
}

/** Each word as what it is made of: digits are 0, letters a, runs of both x; the rest stands as it is. */
function formOf(line: string): readonly string[] {
  return line
    .trim()
    .split(/\s+/, MOST_WORDS)
    .map((word) => word.replaceAll(/[\p{L}\p{N}_]+/gu, kindOf));
}

function kindOf(run: string): string {
  if (/^\p{N}+$/u.test(run)) return "0";
  return /\p{N}/u.test(run) ? "x" : "a";
}

function commonStart(forms: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = forms;
  const end = first.findIndex((word, at) => others.some((form) => form[at] !== word));
  return end < 0 ? first : first.slice(0, end);
}

function wordsOf({ kind, names }: Parts): string {
  switch (kind) {
    case "columns":
      return listed(names.slice(1), "the columns", "no column");
    case "names":
      return listed(names, "every record has", "records with no name in common");
    case "header":
      return `the first line is ${(names[0] ?? "").slice(0, 120)}`;
    case "form":
      return names.length === 0 ? "lines of no common form" : `lines like ${names.join(" ")}`;
  }
}

function listed(names: readonly string[], intro: string, none: string): string {
  if (names.length === 0) return none;
  const more = names.length - MOST_SHOWN;
  return `${intro} ${names.slice(0, MOST_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
