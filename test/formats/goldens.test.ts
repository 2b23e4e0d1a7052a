import { gzipSync, gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { detect, HEAD_BYTES, resolveChoice } from "../../workers/import/detect.ts";
import { expectGolden, goldenLines } from "../support/golden.ts";
import { CONTEXT, entriesOf, type Outcome, readMember } from "../support/read-member.ts";
import { collect } from "../support/read-member.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Sample, how it is read, and whether that is what detection says (text of no known form is chosen by hand). */
const SAMPLES = [
  ["binalyze-air/mongoexport.json", "mongoexport+binalyze-air", true],
  ["binalyze-air/clients.json", "json-lines+binalyze-air", true],
  ["generic-json/services.jsonl", "json-lines+generic-json", true],
  ["text-lines/mixed.log", "lines+text-lines", false],
] as const;

describe.each(SAMPLES)("%s", (path, choice, isDetected) => {
  const bytes = readFileSync(here(path));
  const { carrier, format } = resolveChoice(choice);
  const outcomes = readMember(carrier, format, bytes);

  test("is read as its golden says", () => {
    expectGolden(here(`${path.replace(/\.\w+$/, "")}.golden.jsonl`), goldenLines(outcomes));
  });

  test("is found by content", () => {
    const detected = detect(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES);
    expect(detected.choice).toBe(isDetected ? choice : undefined);
    expect(detect(gunzipSync(gzipSync(bytes)), true).choice).toBe(detected.choice);
  });

  test.each([1, 7, 64])("is the same in chunks of %d", (size) => {
    expect(goldenLines(readMember(carrier, format, bytes, size))).toBe(goldenLines(outcomes));
  });

  test("accounts for every byte, cut anywhere", () => {
    for (let length = 0; length <= bytes.length; length += 17) {
      const cut = readMember(carrier, format, bytes.subarray(0, length));
      expect(totalOf(cut)).toBe(length);
    }
  });

  test("an entry read again alone says the same, and points into its own bytes", () => {
    for (const entry of entriesOf(outcomes)) {
      const record = entry.records[0];
      if (record === undefined) throw new Error("an entry has records");
      const own = bytes.subarray(record.offset, record.offset + record.length);
      const again = carrier.reread(own, record.offset, record.line, {}, undefined);
      if (again === undefined) throw new Error("a record can be read again");
      const seen: ReturnType<typeof collect>[] = [];
      const assembler = format.assemble(CONTEXT, {
        entry: (records, _duplicates, write, explain) => seen.push(collect(records, write, explain)),
        reject: () => expect.unreachable(),
        ignore: () => expect.unreachable(),
      });
      assembler.push(again);
      assembler.finish();
      const [detail] = seen;
      expect(detail).toMatchObject({ at: entry.at, timeText: entry.timeText, flags: entry.flags });
      expect(detail?.fields).toEqual(entry.fields);
      expect(detail?.originals).toEqual(entry.originals);
      for (const mark of Object.values(detail?.marks ?? {})) {
        if (mark === undefined) continue;
        expect(mark.record).toBe(0);
        expect(mark.end).toBeLessThanOrEqual(own.length);
        expect(mark.end).toBeGreaterThan(mark.start);
      }
    }
  });
});

function totalOf(outcomes: readonly Outcome[]): number {
  let total = 0;
  for (const outcome of outcomes) {
    total += outcome.kind === "entry" ? outcome.records.reduce((sum, { length }) => sum + length, 0) : outcome.length;
  }
  return total;
}
