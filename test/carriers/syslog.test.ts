import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOfLatin1 } from "../../workers/base/bytes.ts";
import { printUtc } from "../../workers/base/time.ts";
import { syslog } from "../../workers/carriers/syslog.ts";
import { syslogHeader } from "../../workers/carriers/syslog-header.ts";
import type { EpochMicros, Reading } from "../../workers/contract.ts";
import type { CarriedRecord } from "../../workers/formats/format.ts";
import { firstHole, unitsOf } from "../support/split.ts";

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
function recordsOf(text: string, reading: Reading = {}, ...sizes: number[]): readonly CarriedRecord[] {
  const bytes = bytesOf(text);
  const units = unitsOf(syslog.split, bytes, sizes.length === 0 ? [bytes.length] : sizes, reading);
  expect(firstHole(units, bytes.length)).toBeUndefined();
  return units.flatMap((unit) => (unit.kind === "record" ? [unit.record] : []));
}
const micros = (utc: string): number => Date.parse(utc) * 1000;
function timesOf(text: string, reading: Reading): readonly (string | undefined)[] {
  return recordsOf(text, reading).map(({ wrap }) => {
    const at = wrap?.time?.parsed?.at;
    return at === undefined ? undefined : printUtc(at as EpochMicros);
  });
}

describe("headers", () => {
  test.each([
    ["<34>Jun 15 10:00:42 host1 su[0]: failed", "host1", "su", "0", "failed"],
    ["<34>Jun  5 10:00:42 host1 su: failed", "host1", "su", undefined, "failed"],
    ["Jun 15 10:00:42 su[7]: no host", undefined, "su", "7", "no host"],
    ["Jun 15 10:00:42 host1 last message repeated", "host1", undefined, undefined, "last message repeated"],
    ["Mar 03 18:00:20.549000 h app[1]: {}", "h", "app", "1", "{}"],
    ["Mon 2025-03-03 18:00:20 UTC h app[1]: x", "h", "app", "1", "x"],
    ["2025-03-03T18:00:20+0000 h app[1]: x", "h", "app", "1", "x"],
    ["2025-03-03T18:00:20.123456+01:00 h app: x", "h", "app", undefined, "x"],
    ["1741024820.549000 h app[1]: x", "h", "app", "1", "x"],
    ["Mar  3 2025 18:00:20 asa %ASA-6-302013: Built", "asa", "%ASA-6-302013", undefined, "Built"],
    ["<13>su: without a time", undefined, "su", undefined, "without a time"],
    ['<165>1 2025-06-15T10:00:42.250Z h a 1 ID [x@1 a="b ] \\] \\" c"] \u00ef\u00bb\u00bfm', "h", "a", "1", "m"],
    ["<165>1 - - - - - -", undefined, undefined, undefined, ""],
    ["41 <34>1 2025-06-15T10:00:42Z h a - - - m", "h", "a", undefined, "m"],
  ])("%s", (line, host, app, pid, message) => {
    const header = syslogHeader(line);
    expect(header).toBeDefined();
    expect([header?.host, header?.app, header?.pid]).toEqual([host, app, pid]);
    expect(line.slice(header?.message ?? 0)).toBe(message);
  });

  test.each([
    "no header at all",
    "2025-03-01T12:00:00Z ERROR db: the log of an application",
    "2025-03-01 12:00:00 main: without an offset no syslog",
    "<192>a priority that does not exist",
    "Jun 15 10:00:42 INFO not a host",
    "1234567890 bytes: are no time",
  ])("is none: %s", (line) => {
    expect(syslogHeader(line)).toBeUndefined();
  });

  test("structured data is read with its escapes, a priority as level and facility", () => {
    const [record] = recordsOf('<34>1 2025-06-15T10:00:42Z h a 1 ID [x@1 a="q \\"x\\" \\] \\\\ y"][z b=""] text');
    expect(record?.wrap).toMatchObject({ level: "critical", facility: "auth", host: "h", app: "a" });
    expect(record?.wrap?.fields).toContainEqual(["syslog.x@1.a", 'q "x" ] \\ y']);
    expect(record?.wrap?.fields).toContainEqual(["syslog.z.b", ""]);
    expect(record?.wrap?.fields).toContainEqual(["syslog.msgid", "ID"]);
  });

  test("a message that is an object is one; a message that was left out is told", () => {
    const [object, blob] = recordsOf('Mar 03 18:00:20 h a[1]: {"b":1}\nMar 03 18:00:21 h a[1]: [445B blob data]\n');
    expect(object?.body).toMatchObject({ kind: "object", value: { b: 1 } });
    expect(blob?.wrap?.omitted).toContain("445B");
    expect(blob?.flags).toContain("incomplete");
  });

  test("what journalctl prints between its lines is ignored", () => {
    const bytes = bytesOf("-- Boot 0123456789abcdef0123456789abcdef --\nMar 03 18:00:20 h a: x\n");
    expect(unitsOf(syslog.split, bytes, [9]).map(({ kind }) => kind)).toEqual(["ignored", "record"]);
  });
});

describe("a year that is not written", () => {
  const study = (text: string, asked: Reading = {}, modified?: string): Reading | undefined =>
    syslog.study?.(bytesOf(text), true, asked, modified === undefined ? undefined : micros(modified));
  const LINES = "Dec 30 23:00:00 h a: x\nJan  2 01:00:00 h a: y\n";

  test("comes from dates in the messages of the same day, reckoned back over New Year", () => {
    expect(study(`${LINES}Jan  3 00:00:00 h a: at 2025-01-03T00:00:00Z\n`)).toEqual({
      year: 2024,
      yearFrom: "records",
    });
    expect(study("Jan  3 00:00:00 h audit: audit(1735862400.123:7)\n")).toEqual({ year: 2025, yearFrom: "records" });
    expect(study("Jan  3 00:00:00 h a: expires 2031-06-01T00:00:00Z\n")).toEqual({});
  });
  test("a person's word wins; else it is the latest that is not after the file", () => {
    const dated = "Jan  3 00:00:00 h a: 2025-01-03T00:00:00Z\n";
    expect(study(dated, { year: 2019 })).toEqual({ year: 2019, yearFrom: "person" });
    expect(study(LINES, {}, "2025-06-01T00:00:00Z")).toEqual({ year: 2024, yearFrom: "file time" });
    expect(study(LINES, {}, "2025-12-31T12:00:00Z")).toEqual({ year: 2025, yearFrom: "file time" });
    expect(study("Feb 29 00:00:00 h a: x\n", {}, "2027-01-01T00:00:00Z")).toEqual({
      year: 2024,
      yearFrom: "file time",
    });
    expect(study(LINES)).toEqual({});
    expect(study("<13>1 2025-01-01T00:00:00Z h a - - - x\n")).toEqual({});
  });
  test("rises over New Year, and falls for a line that was written late", () => {
    expect(
      timesOf("Dec 31 23:59:59 h a: x\nJan  1 00:00:01 h a: y\nDec 31 23:59:58 h a: late\nJan  2 00:00:00 h a: z\n", {
        year: 2024,
      }),
    ).toEqual([
      "2024-12-31T23:59:59.000000Z",
      "2025-01-01T00:00:01.000000Z",
      "2024-12-31T23:59:58.000000Z",
      "2025-01-02T00:00:00.000000Z",
    ]);
  });
  test("holds over long pauses, and a day that the year has not is no time", () => {
    expect(timesOf("Jan  1 00:00:00 h a: x\nSep  1 00:00:00 h a: y\nFeb 29 00:00:00 h a: z\n", { year: 2025 })).toEqual(
      ["2025-01-01T00:00:00.000000Z", "2025-09-01T00:00:00.000000Z", undefined],
    );
  });
  test("February 29 after December is that of the next year", () => {
    expect(timesOf("Dec  5 00:00:00 h a: x\nFeb 29 00:00:00 h a: y\nMar  1 00:00:00 h a: z\n", { year: 2019 })).toEqual(
      ["2019-12-05T00:00:00.000000Z", "2020-02-29T00:00:00.000000Z", "2020-03-01T00:00:00.000000Z"],
    );
  });
  test("nothing known: no time, rather than a guess", () => {
    expect(timesOf("Jan  1 00:00:00 h a: x\n", {})).toEqual([undefined]);
  });
  test("of a record read alone is the one that it was given", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1990, max: 2100 }),
        fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 1 }),
        (year, gaps) => {
          let at = Date.UTC(year, 0, 1);
          const lines = gaps.map((days) => {
            at += days * 86_400_000;
            return `${new Date(at).toUTCString().replace(/^\w+, (\d\d) (\w+) \d+ (\S+) GMT$/, "$2 $1 $3")} h a: x\n`;
          });
          const text = lines.join("");
          const bytes = bytesOf(text);
          for (const record of recordsOf(text, { year })) {
            const own = bytes.subarray(record.offset, record.offset + record.length);
            const again = syslog.reread(own, record.offset, record.line, { year }, record.wrap?.time?.parsed?.at);
            expect(again?.wrap?.time).toEqual(record.wrap?.time);
          }
          expect(recordsOf(text, { year }).at(-1)?.wrap?.time?.parsed?.at).toBe(at * 1000);
        },
      ),
      { numRuns: 100, examples: [[2019, [134, 33, 28, 143, 86]]] },
    );
  });
});

describe("counted frames", () => {
  const frame = (message: string): string => `${Buffer.byteLength(message)} ${message}`;
  test("may hold line ends; a wrong count is read as a line", () => {
    const text = `${frame("<34>1 2025-06-15T10:00:42Z h a - - - two\nlines")}${frame("<34>su: x")}\n999 <34>su: y\n${frame("<34>su: z")}`;
    const texts = recordsOf(text).map(({ body }) => (body.kind === "text" ? body.text : ""));
    expect(texts).toEqual(["two\nlines", "x", "y", "z"]);
    for (const size of [1, 3, 16, 17]) expect(recordsOf(text, {}, size)).toEqual(recordsOf(text));
  });
});

describe("whatever comes", () => {
  const part = fc.constantFrom(
    "<34>Jun 15 10:00:42 h su[0]: x\n",
    "Dec 31 23:59:59 h a: x",
    '<165>1 2025-06-15T10:00:42Z h a 1 I [x a="\\]"] m\r\n',
    "12 <34>su: y",
    "17 <34>1 - - - - - -\n",
    "\n",
    "\0\0\n",
    "[1B blob data]",
    "Jan 1 ",
    "é",
    "\xff",
  );
  test("units partition the bytes and do not depend on the chunks", () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        (parts, sizes) => {
          const bytes = bytesOfLatin1(parts.join("").replaceAll("é", "\xc3\xa9"));
          const whole = unitsOf(syslog.split, bytes, [bytes.length + 1], { year: 2025 });
          expect(firstHole(whole, bytes.length)).toBeUndefined();
          expect(unitsOf(syslog.split, bytes, sizes, { year: 2025 })).toEqual(whole);
        },
      ),
      { numRuns: 300 },
    );
  });
});
