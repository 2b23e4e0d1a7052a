import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvLines, isRisky, listText, readList, unguardCell } from "../../workers/export/csv.ts";
import type { ExportOptions, ExportRow } from "../../workers/export/export-writer.ts";
import { parseCsv } from "../support/parse-csv.ts";

const options: ExportOptions = {
  columns: ["actor", "target"],
  zone: "UTC",
  provenance: false,
  recordedTime: false,
  formulaGuard: true,
  lineEnd: "lf",
};
const origin: ExportRow["origin"] = {
  source: "audit.log",
  sourceSha256: "aa",
  member: "audit.log",
  memberSha256: "bb",
  spans: [
    { offset: 0, length: 10 },
    { offset: 40, length: 7 },
  ],
  parser: "auditd@1",
  entry: 12,
};
const row = (cells: ExportRow["cells"], time = 1_700_000_000_123_456): ExportRow => ({
  time,
  precision: 3,
  recorded: time - 60_000_000,
  assumed: ["zone", "clock"],
  cells,
  origin,
});

describe("the dialect", () => {
  it("writes times with offset at the source's precision, and in UTC", () => {
    const lines = new CsvLines({ ...options, zone: "Asia/Kathmandu" });
    expect(lines.row(row(["a", "b"]))).toBe("2023-11-15T03:58:20.123+05:45,2023-11-14T22:13:20.123456Z,a,b\n");
    expect(lines.row(row(["a", "b"], Number.NaN))).toBe(",,a,b\n");
  });

  it("writes the recorded time and what was assumed behind them where that is asked for", () => {
    const lines = new CsvLines({ ...options, recordedTime: true });
    expect(lines.header()).toBe("time,time_utc,time_recorded_utc,time_assumed,actor,target\n");
    expect(
      lines
        .row(row(["a", "b"]))
        .split(",")
        .slice(2, 4),
    ).toEqual(["2023-11-14T22:12:20.123456Z", "zone | clock"]);
    expect(lines.row(row(["a", "b"], Number.NaN))).toBe(",,,zone | clock,a,b\n");
  });

  it("quotes only where it must, and ends lines as asked", () => {
    const lines = new CsvLines({ ...options, lineEnd: "crlf" });
    expect(lines.row(row(['say "x", y', "two\nlines"], Number.NaN))).toBe(',,"say ""x"", y","two\nlines"\r\n');
  });

  it("says where a row comes from", () => {
    const lines = new CsvLines({ ...options, columns: [], provenance: true });
    expect(lines.header()).toBe(
      "time,time_utc,_src_name,_src_sha256,_member,_member_sha256,_byte_ranges,_parser,_entry\n",
    );
    expect(lines.row(row([], Number.NaN))).toBe(",,audit.log,aa,audit.log,bb,0+10;40+7,auditd@1,12\n");
  });
});

describe("the formula guard", () => {
  const risky = [
    "=1+1",
    "+cmd",
    "-cmd",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "＋1",
    "－x",
    "＠x",
    " =x",
    '"=x',
    "'=x",
    '"\t',
    " \t-x",
    "-",
    "--5",
    "-5-3",
    "+1 2",
  ];
  const plain = ["", "a", "-5", "+5", "-0.25", "-1e9", "1+1", "a=b", "x -y", "５", " x", "'x'"];
  it.each(risky)("marks %j", (text) => {
    const lines = new CsvLines(options);
    const line = lines.row(row([text, ""], Number.NaN));
    expect(parseCsv(line)[0]?.[2]).toBe(`'${text}`);
    expect(lines.guardedCells).toBe(1);
    expect(new CsvLines({ ...options, formulaGuard: false }).row(row([text, ""], Number.NaN))).not.toContain(
      `'${text}`,
    );
  });
  it.each(plain)("leaves %j alone", (text) => {
    expect(isRisky(text)).toBe(false);
    expect(unguardCell(text)).toBe(text);
  });
  it("covers headers", () => {
    expect(new CsvLines({ ...options, columns: ["=HYPERLINK(1)"] }).header()).toBe("time,time_utc,'=HYPERLINK(1)\n");
  });
});

const hostile = fc.string({
  unit: fc.constantFrom("=", "-", "+", "@", "'", '"', " ", "|", "\\", ",", "\r", "\n", "\t", "a", "7", "＝", "é"),
  maxLength: 12,
});

it("guarded cells are read back as they were", () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const text = new CsvLines(options).row(row([a, b], Number.NaN));
      const cells = parseCsv(text)[0]?.slice(2).map(unguardCell).map(readList);
      const expected = [a, b].map((value) => (value === "" ? [] : [value]));
      expect(cells).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

it("no cell starts as a formula once guarded", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const cell = parseCsv(new CsvLines(options).row(row([text, ""], Number.NaN)))[0]?.[2] ?? "";
      expect(/^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[+-]?\d+$/.test(cell)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

it("lists are read back as they were", () => {
  const list = fc.array(
    hostile.filter((value) => value !== ""),
    { minLength: 2, maxLength: 4 },
  );
  fc.assert(
    fc.property(list, (values) => {
      expect(readList(listText(values))).toEqual(values);
    }),
    { numRuns: 2_000 },
  );
});
