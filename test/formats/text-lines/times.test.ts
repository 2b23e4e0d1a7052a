import { describe, expect, test } from "vitest";
import { cutterOf } from "../../../workers/carriers/encoded.ts";
import { lines } from "../../../workers/carriers/lines.ts";
import type { Reading } from "../../../workers/contract.ts";
import { textLines } from "../../../workers/formats/text-lines/index.ts";
import { detect, detectAs } from "../../../workers/import/detect.ts";
import { readContext } from "../../../workers/import/read-context.ts";
import { collect, entriesOf, readMember, type ReadEntry } from "../../support/read-member.ts";
import { utf8Of } from "../../support/utf8.ts";

const MARCH_2025 = Date.UTC(2025, 2, 1) * 1000;

function studied(text: string, asked: Reading = {}) {
  return detect(utf8Of(text), true, { asked, modified: MARCH_2025 });
}
function read(text: string, reading: Reading, chunk?: number): readonly ReadEntry[] {
  return entriesOf(
    readMember(lines, textLines, utf8Of(text), chunk, readContext("x.log", undefined, reading), reading),
  );
}
const iso = ({ at }: ReadEntry): string | undefined =>
  at === undefined ? undefined : new Date(at / 1000).toISOString();

describe("times without a year, in lines that are no syslog", () => {
  const KLOG = [
    "I1231 23:59:59.999999    1234 main.go:12] starting",
    'W0101 00:00:00.000001    1234 proxy.go:7] "slow" took="3s"',
    "\tgoroutine 1 [running]:",
    "E0102 08:00:00.500000 1234 proxy.go:9] failed",
    "F0103 08:00:00.500000 1234 proxy.go:9] gone",
  ]
    .map((line) => `${line}\n`)
    .join("");

  test("klog: the year is that of the file, New Year is passed, and the year is asked", () => {
    const { choice, reading, questions } = studied(KLOG);
    expect(choice).toBe("lines+text-lines");
    expect(reading).toEqual({ year: 2024, yearFrom: "file time" });
    expect(questions).toMatchObject([{ kind: "year", guess: 2024 }]);
    expect(questions[0]).toHaveProperty("samples.0", "1231 23:59:59.999999");
    for (const chunk of [1, 7, KLOG.length]) {
      const entries = read(KLOG, reading, chunk);
      expect(entries.map(iso)).toEqual([
        "2024-12-31T23:59:59.999Z",
        "2025-01-01T00:00:00.000Z",
        "2025-01-02T08:00:00.500Z",
        "2025-01-03T08:00:00.500Z",
      ]);
      expect(entries.map(({ fields }) => fields["level"])).toEqual([["info"], ["warning"], ["error"], ["critical"]]);
      expect(entries.every(({ flags }) => flags.includes("yearInferred") && flags.includes("zoneAssumed"))).toBe(true);
      expect(entries[0]).toMatchObject({ precision: 6, timeText: "1231 23:59:59.999999" });
      expect(entries[1]?.records).toHaveLength(2);
      expect(entries[0]?.fields["label"]).toEqual(["I1231 23:59:59.999999    1234 main.go:12] starting"]);
    }
  });
  test("a person's year wins, and is not asked again", () => {
    const { reading, questions } = studied(KLOG, { year: 2019 });
    expect(reading).toEqual({ year: 2019, yearFrom: "person" });
    expect(questions).toEqual([]);
    expect(iso(read(KLOG, reading)[0] as ReadEntry)).toBe("2019-12-31T23:59:59.999Z");
  });
  test("a line that is read again alone has the year that the import gave it", () => {
    const { reading } = studied(KLOG);
    for (const entry of read(KLOG, reading)) {
      const [first] = entry.records;
      if (first === undefined) throw new Error("an entry has a record");
      const own = utf8Of(KLOG).subarray(first.offset, first.offset + first.length);
      const again = cutterOf(lines, reading).reread(own, first.offset, first.line, entry.at);
      const seen: ReturnType<typeof collect>[] = [];
      const assembler = textLines.assemble(readContext("x.log", undefined, reading), {
        entry: (records, _duplicates, write, explain) => seen.push(collect(records, write, explain)),
        reject: () => expect.unreachable(),
        ignore: () => expect.unreachable(),
      });
      if (again !== undefined) assembler.push(again);
      assembler.finish();
      expect(seen).toMatchObject([{ at: entry.at, timeText: entry.timeText, flags: entry.flags }]);
      expect(seen[0]?.explain().interpretations[0]?.meaning).toMatch(/^Time: 202[45]-/);
      expect(seen[0]?.fields["label"]).toEqual(entry.fields["label"]);
    }
  });
  test("in brackets; and a stray one among times with a year says nothing of the log", () => {
    const bracketed = "[Jan 10 12:00:00] start\n[Jan 10 12:00:01] stop\n";
    expect(studied(bracketed)).toMatchObject({ choice: "lines+text-lines", reading: { year: 2025 } });
    expect(read(bracketed, { year: 2025 }).map(iso)).toEqual(["2025-01-10T12:00:00.000Z", "2025-01-10T12:00:01.000Z"]);
    const dated = "2020-01-10T12:00:00Z a line\n".repeat(3);
    expect(studied(`${dated}[Jan 10 12:00:00] stray\n`).reading).toEqual({});
  });
  test("syslog stays syslog, and a word like klog's is none", () => {
    expect(studied("Jan 10 12:00:00 web1 sshd[1]: a\nJan 10 12:00:01 web1 sshd[1]: b\n").choice).toBe(
      "syslog+text-lines",
    );
    expect(studied("I0302 is the number of the form\nE0101 as well\n").reading).toEqual({});
    expect(read("I1302 15:04:05.123456 1 a.go:1] no such month\n", { year: 2025 })).toMatchObject([
      { at: undefined, flags: expect.arrayContaining(["timeUnusable"]) as unknown },
    ]);
  });
});

describe("dates of numbers at the start of lines", () => {
  const EITHER = "01/02/2025 12:00 opened\n03/04/2025 1:05:10.25 PM closed\n";

  test("of either order: asked, undated until it is answered, and told", () => {
    const found = studied(EITHER);
    expect(found).toMatchObject({ choice: "lines+text-lines", reading: {} });
    expect(found.questions).toEqual([
      { kind: "date-order", samples: ["01/02/2025 12:00", "03/04/2025 1:05:10.25 PM"] },
    ]);
    const open = read(EITHER, found.reading);
    expect(open.map(({ at }) => at)).toEqual([undefined, undefined]);
    expect(open.every(({ flags }) => flags.includes("timeUnusable"))).toBe(true);
    const answered = (dateOrder: "day-first" | "month-first") => {
      const { reading, questions } = detectAs("lines+text-lines", utf8Of(EITHER), true, {
        asked: { dateOrder },
        modified: undefined,
      });
      expect(questions).toEqual([]);
      return read(EITHER, reading).map(iso);
    };
    expect(answered("day-first")).toEqual(["2025-02-01T12:00:00.000Z", "2025-04-03T13:05:10.250Z"]);
    expect(answered("month-first")).toEqual(["2025-01-02T12:00:00.000Z", "2025-03-04T13:05:10.250Z"]);
  });
  test("a day above 12 answers it for all; a date that does not fit then is undated", () => {
    const found = studied("[31/01/2025 12:00:00] a\n[01/02/2025 12:00:00] b\n");
    expect(found).toMatchObject({ reading: { dateOrder: "day-first" }, questions: [] });
    expect(read("[01/02/2025 12:00:00] b\n01/31/2025 12:00:00 c\n", found.reading).map(iso)).toEqual([
      "2025-02-01T12:00:00.000Z",
      undefined,
    ]);
  });
  test("with dots the day is first; a version is no date", () => {
    expect(studied("01.02.2025 12:00:00 a\n").questions).toEqual([]);
    expect(read("01.02.2025 12:00:00 a\n", {}).map(iso)).toEqual(["2025-02-01T12:00:00.000Z"]);
    expect(read("1.2.2025 is out\n1/2/2025 was the day\n", { dateOrder: "day-first" }).map(iso)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test.each([
  ["2025-03-01T12:00:00Z: started", "2025-03-01T12:00:00.000Z"],
  ["2025-03-01 12:00:00.250: started", "2025-03-01T12:00:00.250Z"],
  ["2025-03-01T12:00:00+02:00:", "2025-03-01T10:00:00.000Z"],
  ["2025-03-01 12:00:00:123 is another form", undefined],
])("a colon behind a time: %s", (line, expected) => {
  expect(read(`${line}\n`, {}).map(iso)).toEqual([expected]);
});
