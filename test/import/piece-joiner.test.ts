import { describe, expect, test } from "vitest";
import { journalJson } from "../../workers/carriers/journal-json.ts";
import type { AnyOutput, CarriedRecord } from "../../workers/formats/format.ts";
import { formatById } from "../../workers/formats/registry.ts";
import { assembleJoined } from "../../workers/import/piece-joiner.ts";
import { reread } from "../../workers/import/reread.ts";
import { CONTEXT } from "../support/read-member.ts";
import { unitsOf } from "../support/split.ts";

const MESSAGE = JSON.stringify({
  id: "a",
  created_at: "2025-03-03T18:00:20Z",
  hostname: "guard-1",
  level: "info",
  log_type: "application",
  pid: 1,
  message: "žluť",
});
const line = (message: string, stream: string, more: object = {}): string =>
  `${JSON.stringify({ __REALTIME_TIMESTAMP: "1741024820549000", _STREAM_ID: stream, MESSAGE: message, ...more })}\n`;
const LINE_MAX = { _LINE_BREAK: "line-max" };
const MEMBER = [
  line(MESSAGE.slice(0, 30), "s", LINE_MAX),
  line("between", "other"),
  line(MESSAGE.slice(30, 60), "s", LINE_MAX),
  line(MESSAGE.slice(60), "s"),
  line("never ended", "s", LINE_MAX),
].join("");
const bytes = Buffer.from(MEMBER);

interface Seen {
  readonly records: readonly CarriedRecord[];
  readonly title: readonly string[];
}

function entriesOf(member: Uint8Array = bytes): readonly Seen[] {
  const seen: Seen[] = [];
  const output: AnyOutput = {
    entry: (records, _duplicates, _write, explain) =>
      seen.push({ records, title: explain().records.map(({ title }) => title) }),
    reject: () => expect.unreachable(),
    ignore: () => expect.unreachable(),
  };
  const format = formatById("aqtive-guard");
  if (format === undefined) throw new Error("the format is registered");
  const assembler = assembleJoined(journalJson, format, CONTEXT, output);
  for (const unit of unitsOf(journalJson.split, new Uint8Array(member), [50])) {
    if (unit.kind === "record") assembler.push(unit.record);
  }
  assembler.finish();
  return seen;
}

describe("pieces of one record", () => {
  test("become one entry that has all their bytes, whatever stands between", () => {
    const places = entriesOf().map(({ records }) => records.map(({ line: number }) => number));
    expect(places).toEqual([[2], [1, 3, 4], [5]]);
    const total = entriesOf().flatMap(({ records }) => records.map(({ length }) => length));
    expect(total.reduce((sum, length) => sum + length, 0)).toBe(bytes.length);
  });
  test("that come in reverse stay apart, and no other record is drawn in", () => {
    const at = (micros: number): object => ({ __REALTIME_TIMESTAMP: String(micros) });
    const lines = [
      line("end", "s", at(1741024820000003)),
      line("middle", "s", { ...LINE_MAX, ...at(1741024820000002) }),
      line("start", "s", { ...LINE_MAX, ...at(1741024820000001) }),
      line("before", "s", at(1741024820000000)),
    ];
    const places = entriesOf(Buffer.from(lines.join(""))).map(({ records }) =>
      records.map(({ line: number }) => number),
    );
    expect(places.toSorted(([a = 0], [b = 0]) => a - b)).toEqual([[1], [2], [3], [4]]);
  });
  test("are told one by one in the explanation", () => {
    expect(entriesOf()[1]?.title).toEqual(
      ["piece 1 of 3", "piece 2 of 3", "piece 3 of 3"].map((each) => `application record, ${each}`),
    );
  });
  test("read again from their spans are the entry that the import made", () => {
    const [, joined, torn] = entriesOf();
    const again = (seen: Seen | undefined) =>
      reread({
        choice: "journal-json+aqtive-guard",
        context: CONTEXT,
        reading: {},
        near: undefined,
        spans: (seen?.records ?? []).map(({ offset, length }) => ({
          offset,
          bytes: new Uint8Array(bytes.subarray(offset, offset + length)),
        })),
      });
    expect(again(joined)?.fields.canonical.get("label")?.values).toEqual(["žluť"]);
    expect(again(joined)?.records.length).toBe(3);
    expect(again(torn)?.fields.canonical.get("label")?.values).toEqual(["never ended"]);
    expect((again(torn)?.fields.flags ?? 0) & 256).toBe(256);
  });
});

test("marks into derived text point to the bytes that it stands for", () => {
  const record = '{"date":1741024820.5,"log":"2025-03-03T18:00:20Z \\"quoted\\" error"}\n';
  const entry = reread({
    choice: "fluent-bit+text-lines",
    context: CONTEXT,
    reading: {},
    near: undefined,
    spans: [{ offset: 0, bytes: new Uint8Array(Buffer.from(record)) }],
  });
  const { mark } = entry?.fields.when ?? { mark: undefined };
  expect(record.slice(mark?.start, mark?.end)).toBe("2025-03-03T18:00:20Z");
  const label = entry?.fields.canonical.get("label")?.mark;
  expect(record.slice(label?.start, label?.end)).toBe('2025-03-03T18:00:20Z \\"quoted\\" error');
  const tokens = entry?.explain().records[0]?.tokens ?? [];
  expect(tokens.reduce((at, { start, end }) => (start === at ? end : -1), 0)).toBe(record.length);
});
