import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readLog, rereadEntry, type ReadEntry, type ReadLog } from "./run-log.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const samples = readdirSync(folder).filter((name) => name.endsWith(".log"));

/** One JSON line an entry, then one a reject and an ignored line. */
function golden(log: ReadLog): string {
  const rows: unknown[] = log.entries.map(goldenEntry);
  for (const { record, code } of log.rejects)
    rows.push({ reject: code, line: record.line, offset: record.offset, length: record.length });
  for (const record of log.ignored) rows.push({ ignored: record.line });
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function goldenEntry(entry: ReadEntry): unknown {
  return {
    time: entry.time ?? null,
    precision: entry.precision,
    spans: entry.carried.map((record) => [record.offset, record.length]),
    flags: entry.flags.filter((flag) => flag !== "levelDerived"),
    ...(entry.duplicates === 0 ? {} : { duplicates: entry.duplicates }),
    sentence: entry.explanation.sentence,
    ...entry.fields,
    originals: Object.fromEntries(
      Object.entries(entry.originals).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
    ),
    meanings: entry.explanation.interpretations.map(
      (one) => `${one.field}=${one.recorded} → ${one.meaning} (${one.origin.text})`,
    ),
    records: entry.explanation.records.map((record) => record.title),
  };
}

describe("golden entries", () => {
  it.each(samples)("%s", (name) => {
    const actual = golden(readLog(readFileSync(`${folder}${name}`)));
    const path = `${folder}${name.replace(/\.log$/, ".golden.jsonl")}`;
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, actual);
    expect(actual).toBe(readFileSync(path, "utf8"));
  });

  it.each(samples)("%s: the same in chunks of 7 bytes", (name) => {
    const bytes = readFileSync(`${folder}${name}`);
    expect(golden(readLog(bytes, 7))).toBe(golden(readLog(bytes)));
  });

  it.each(samples)("%s: an entry read again from its bytes is the same", (name) => {
    const bytes = readFileSync(`${folder}${name}`);
    for (const entry of readLog(bytes).entries) {
      const again = rereadEntry(bytes, entry);
      expect(again.map((one) => ({ ...one.fields, ...one.originals }))).toEqual([
        { ...entry.fields, ...entry.originals },
      ]);
    }
  });

  it.each(samples)("%s: every byte in exactly one place", (name) => {
    const bytes = readFileSync(`${folder}${name}`);
    const log = readLog(bytes);
    const spans = [
      ...log.entries.flatMap((entry) => entry.carried),
      ...log.rejects.map(({ record }) => record),
      ...log.ignored,
    ];
    const covered = new Uint8Array(bytes.length);
    for (const { offset, length } of spans)
      for (let at = offset; at < offset + length; at++) covered[at] = (covered[at] as number) + 1;
    expect(covered.every((times) => times <= 1)).toBe(true);
    expect(covered.reduce((sum, times) => sum + times, 0) + log.otherBytes).toBe(bytes.length);
  });
});
