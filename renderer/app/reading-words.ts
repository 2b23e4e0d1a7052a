/** How a member is read, in words. The same before the import and after it. */
import type { Reading, TextEncoding } from "../../workers/contract.ts";
import { countText } from "../ui/count.tsx";

export interface ReadingLine {
  readonly kind: "encoding" | "table" | "year" | "time" | "dates" | "names" | "mapping" | "settings";
  readonly title: string;
  readonly text: string;
  /** Exhibit assumed it; nobody and nothing in the records says so. */
  readonly assumed: boolean;
}

export const ENCODINGS: Readonly<Record<TextEncoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16, little-endian",
  "utf-16be": "UTF-16, big-endian",
  "windows-1252": "Windows-1252",
};

const FOUND: Readonly<Record<TextEncoding, string>> = {
  "utf-8": "the bytes that are none shown escaped",
  "utf-16le": "found by its first bytes",
  "utf-16be": "found by its first bytes",
  "windows-1252": "because its bytes are not valid UTF-8",
};

export const DELIMITERS: Readonly<Record<string, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
  " ": "blank",
};

/**
 * `chosen`: what was said; it is told apart from what was found. `by`: who said it. A case holds that it was said, not
 * whether by a person or a profile.
 */
export function readingLines(
  reading: Reading,
  chosen: Partial<Reading> = {},
  by = "chosen at the import",
): readonly ReadingLine[] {
  const all = { ...reading, ...chosen };
  const lines: ReadingLine[] = [];
  const add = (kind: ReadingLine["kind"], title: string, text: string, assumed = false): void =>
    void lines.push({ kind, title, text, assumed });
  if (all.encoding !== undefined)
    add("encoding", "encoding", encodingText(all.encoding, chosen.encoding === undefined ? undefined : by));
  if (all.table !== undefined)
    add("table", "table", tableText(all.table, all.delimiter === undefined ? undefined : by));
  if (all.timeField !== undefined) add("time", "time", `from ${all.timeField}`);
  if (all.dateOrder !== undefined)
    add(
      "dates",
      "dates",
      all.dateOrder === "day-first" ? "day first: 01/02 is 1 February" : "month first: 01/02 is 2 January",
    );
  if (all.year !== undefined) {
    const from = chosen.year === undefined ? (reading.yearFrom ?? "person") : "person";
    add("year", "year", `${all.year}, ${from === "person" ? by : YEAR_FROM[from]}`, from === "file time");
  }
  if (all.names !== undefined) add("names", "names", namesText(all.names));
  if (all.mapping?.eventId !== undefined)
    add("mapping", "definitions", `RadiantOne definitions, event ids in ${all.mapping.eventId}`);
  if (all.settings !== undefined) {
    const { origin, modified, says } = all.settings;
    const date = modified === undefined ? "" : ` of ${new Date(modified / 1000).toISOString().slice(0, 10)}`;
    add("settings", "settings", `according to the settings file${date}, ${origin}: ${says.join("; ")}`);
  }
  return lines;
}

const YEAR_FROM = {
  records: "as other records of it say",
  "file time": "as the file's own time says",
} as const;

const encodingText = (encoding: TextEncoding, by: string | undefined): string =>
  `${ENCODINGS[encoding]}, ${by ?? FOUND[encoding]}`;

function tableText({ delimiter, columns }: NonNullable<Reading["table"]>, by: string | undefined): string {
  const count = columns.length === 1 ? "1 column" : `${countText(columns.length)} columns`;
  const split = `${DELIMITERS[delimiter] ?? `“${delimiter}”`}${by === undefined ? "" : `, ${by}`}`;
  return `${count} split by ${split}: ${columns.join(", ")}`;
}

function namesText({ origin, users, groups }: NonNullable<Reading["names"]>): string {
  const count = (all: Readonly<Record<string, string>>, word: string): string => {
    const { length } = Object.keys(all);
    return `${countText(length)} ${word}${length === 1 ? "" : "s"}`;
  };
  return `${count(users, "user")} and ${count(groups, "group")} named by ${origin}`;
}
