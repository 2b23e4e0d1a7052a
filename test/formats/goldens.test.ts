import { gzipSync, gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { cutterOf } from "../../workers/carriers/encoded.ts";
import { detect, detectAs, HEAD_BYTES, resolveChoice } from "../../workers/import/detect.ts";
import { readContext } from "../../workers/import/read-context.ts";
import { expectGolden, goldenLines } from "../support/golden.ts";
import { entriesOf, type Outcome, readMember } from "../support/read-member.ts";
import { collect } from "../support/read-member.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Sample, how it is read, and whether that is what detection says (text of no known form is chosen by hand). */
const SAMPLES = [
  ["binalyze-air/mongoexport.json", "mongoexport+binalyze-air", true],
  ["binalyze-air/clients.json", "json-lines+binalyze-air", true],
  ["binalyze-air/console.csv", "csv+binalyze-air", true],
  ["binalyze-air/page.json", "json-documents+binalyze-air", true],
  ["binalyze-air/dump-array.json", "mongoexport-documents+binalyze-air", true],
  ["binalyze-air/dump-pretty.json", "mongoexport-documents+binalyze-air", true],
  ["generic-json/us-dates.csv", "csv+generic-json", true],
  ["generic-json/utf16.tsv", "csv+generic-json", true],
  ["generic-json/services.jsonl", "json-lines+generic-json", true],
  ["text-lines/mixed.log", "lines+text-lines", true],
  ["text-lines/service.log", "lines+text-lines", true],
  ["text-lines/notes.txt", "lines+text-lines", false],
  ["text-lines/syslog.log", "syslog+text-lines", true],
  ["text-lines/collected.jsonl", "fluent-bit+text-lines", true],
  ["aqtive-guard/records.log", "json-lines+aqtive-guard", true],
  ["aqtive-guard/journal.json", "journal-json+aqtive-guard", true],
  ["aqtive-guard/journal-pretty.json", "journal-json+aqtive-guard", true],
  ["aqtive-guard/journal-binary.export", "journal-export+aqtive-guard", true],
  ["aqtive-guard/journal-short.log", "syslog+aqtive-guard", true],
  ["siren-investigate/dump.ndjson", "elasticsearch-lines+siren-investigate", true],
  ["siren-investigate/bulk.ndjson", "elasticsearch-bulk+siren-investigate", true],
  ["siren-investigate/answers.json", "elasticsearch-answers+siren-investigate", true],
  ["siren-investigate/msearch.json", "elasticsearch-answers+siren-investigate", true],
  ["siren-investigate/answers-array.json", "elasticsearch-answers+siren-investigate", true],
  ["siren-investigate/sources.ndjson", "json-lines+siren-investigate", true],
  ["siren-investigate/discover.csv", "csv+siren-investigate", true],
  ["cef/devices.log", "cef+cef", true],
  ["leef/devices.log", "leef+leef", true],
  ["l2tcsv/timeline.csv", "csv+l2tcsv", true],
  ["cloudtrail/delivered.json", "json-documents+cloudtrail", true],
  ["kubernetes-audit/audit.log", "json-lines+kubernetes-audit", true],
  ["okta/page.json", "json-documents+okta", true],
  ["ecs/documents.ndjson", "json-lines+ecs", true],
  ["timesketch/timeline.csv", "csv+timesketch", true],
  ["timesketch/events.jsonl", "json-lines+timesketch", true],
  ["panther/rows.jsonl", "json-lines+panther", true],
  ["panther/search.csv", "csv+panther", true],
  ["panther/bare.jsonl", "json-lines+panther", true],
  ["windows-events/exported.xml", "windows-xml+windows-events", true],
  ["windows-events/wevtutil.xml", "windows-xml+windows-events", true],
  ["radiantone/target.csv", "csv+radiantone", true],
  ["radiantone/viewer.csv", "csv+radiantone-viewer", true],
  ["radiantone/broken-mapping.csv", "definition-file+radiantone-definition", true],
] as const;

describe.each(SAMPLES)("%s", (path, choice, isDetected) => {
  const bytes = readFileSync(here(path));
  const { carrier, format } = resolveChoice(choice);
  const { reading } = detectAs(choice, bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES);
  const context = readContext("sample.log", undefined, reading);
  const read = (chunk?: number, part: Uint8Array = bytes) => readMember(carrier, format, part, chunk, context, reading);
  const outcomes = read();

  test("is read as its golden says", () => {
    expectGolden(here(`${path.replace(/\.\w+$/, "")}.golden.jsonl`), goldenLines(outcomes));
  });

  test("is found by content", () => {
    const detected = detect(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES);
    expect(detected.choice).toBe(isDetected ? choice : undefined);
    expect(detect(gunzipSync(gzipSync(bytes)), true).choice).toBe(detected.choice);
  });

  test.each([1, 7, 64])("is the same in chunks of %d", (size) => {
    expect(goldenLines(read(size))).toBe(goldenLines(outcomes));
  });

  test("accounts for every byte, cut anywhere", () => {
    for (let length = 0; length <= bytes.length; length += 17) {
      const cut = read(undefined, bytes.subarray(0, length));
      expect(totalOf(cut)).toBe(length);
    }
  });

  test("an entry read again alone says the same, and points into its own bytes", () => {
    for (const entry of entriesOf(outcomes)) {
      const own = entry.records.map(({ offset, length }) => bytes.subarray(offset, offset + length));
      const seen: ReturnType<typeof collect>[] = [];
      const assembler = format.assemble(context, {
        entry: (records, _duplicates, write, explain) => seen.push(collect(records, write, explain)),
        reject: () => expect.unreachable(),
        ignore: () => expect.unreachable(),
      });
      for (const [i, { offset, line }] of entry.records.entries()) {
        const again = cutterOf(carrier, reading).reread(own[i] ?? new Uint8Array(), offset, line, entry.at);
        if (again === undefined) throw new Error("a record can be read again");
        assembler.push(again);
      }
      assembler.finish();
      const [detail] = seen;
      expect(detail).toMatchObject({ at: entry.at, timeText: entry.timeText, flags: entry.flags });
      expect(detail?.fields).toEqual(entry.fields);
      expect(detail?.originals).toEqual(entry.originals);
      for (const mark of Object.values(detail?.marks ?? {})) {
        if (mark === undefined) continue;
        expect(mark.end).toBeLessThanOrEqual(own[mark.record]?.length ?? -1);
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
