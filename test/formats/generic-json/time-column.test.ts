import { describe, expect, test } from "vitest";
import type { CarriedRecord } from "../../../workers/formats/format.ts";
import { printUtc } from "../../../workers/base/time.ts";
import type { EpochMicros, Reading } from "../../../workers/contract.ts";
import { detect, detectAs, resolveChoice } from "../../../workers/import/detect.ts";
import { readContext } from "../../../workers/import/read-context.ts";
import { entriesOf, readMember } from "../../support/read-member.ts";
import { utf8Of } from "../../support/utf8.ts";

const { carrier, format } = resolveChoice("json-lines+generic-json");
const read = (...objects: readonly object[]) =>
  entriesOf(readMember(carrier, format, utf8Of(objects.map((object) => `${JSON.stringify(object)}\n`).join(""))));
const timeText = (object: object): string | undefined => read(object)[0]?.timeText;

describe("the time column", () => {
  test.each([
    [{ time: "2025-01-02T00:00:00Z", "@timestamp": "2025-01-01T00:00:00Z" }, "2025-01-01T00:00:00Z"],
    [{ created_at: "2025-01-02T00:00:00Z", eventTime: "2025-01-01T00:00:00Z" }, "2025-01-01T00:00:00Z"],
    [{ timestamp: "never", ts: 1736510400 }, "1736510400"],
    [{ "Event Time": "2025-01-01T00:00:00Z" }, "2025-01-01T00:00:00Z"],
    [{ meta: { logged: "2025-01-01T00:00:00Z" } }, "2025-01-01T00:00:00Z"],
    [{ startedAt: "2025-01-01T00:00:00Z" }, "2025-01-01T00:00:00Z"],
    [{ expires_at: "2025-01-01T00:00:00Z", updated_at: "2025-01-01T00:00:00Z" }, ""],
    [{ format: "2025-01-01", note: "2025-01-01T00:00:00Z" }, ""],
    [{ log_time: 5, size_created: "12" }, ""],
    [{ time: { nested: 1 }, log_date: "2025-01-01" }, "2025-01-01"],
  ])("of %j", (object, text) => {
    expect(timeText(object)).toBe(text);
  });

  test("is chosen for each record alone: neither neighbours nor chunks change it", () => {
    const objects = [{ ts: 1736510400 }, { time: "2025-01-10T12:00:01Z" }, { a: 1 }, { "@timestamp": 1736510402000 }];
    const together = read(...objects).map(({ at }) => at);
    expect(together).toEqual([1736510400000000, 1736510401000000, undefined, 1736510402000000]);
    expect(objects.map((object) => read(object)[0]?.at)).toEqual(together);
  });

  test("is named in the reasons, with how many records it dates", () => {
    const detected = detect(utf8Of('{"ts":1736510400}\n{"ts":1736510401}\n{"ts":"n/a"}\n'), true);
    expect(detected.reasons[0]).toBe("time from ts: 2 of 3 records read as times");
  });
});

describe("a table", () => {
  const found = (text: string, asked: Reading = {}) => detect(utf8Of(text), true, { asked, modified: undefined });
  const rows = (text: string, asked: Reading = {}) => {
    const bytes = utf8Of(text);
    const { reading } = detectAs("csv+generic-json", bytes, true, { asked, modified: undefined });
    const { carrier } = resolveChoice("csv+generic-json");
    const context = readContext("sample.csv", undefined, reading);
    return entriesOf(readMember(carrier, format, bytes, undefined, context, reading));
  };
  const times = (text: string, asked?: Reading): readonly (string | undefined)[] =>
    rows(text, asked).map(({ at }) => (at === undefined ? undefined : printUtc(at as EpochMicros).slice(0, 19)));

  const unnamed = (cells: string): string => `a,b,c\n${cells}`;

  test("is dated by the only column that reads as times", () => {
    const text = unnamed("1,2025-01-10 12:00:00,x\n2,2025-01-10 12:00:01,y\n");
    expect(found(text).reading.timeField).toBe("b");
    expect(found(text).questions).toEqual([]);
    expect(times(text)).toEqual(["2025-01-10T12:00:00", "2025-01-10T12:00:01"]);
  });

  test("with several such columns asks which, and is dated by the answer only", () => {
    const text = unnamed("2025-01-10 12:00:00,2025-01-11 12:00:00,x\n2025-01-10 12:00:01,,y\n");
    expect(found(text).reading.timeField).toBe(undefined);
    expect(found(text).questions).toEqual([
      {
        kind: "time-field",
        fields: [
          { name: "a", samples: ["2025-01-10 12:00:00", "2025-01-10 12:00:01"] },
          { name: "b", samples: ["2025-01-11 12:00:00"] },
        ],
      },
    ]);
    expect(times(text)).toEqual([undefined, undefined]);
    expect(times(text, { timeField: "b" })).toEqual(["2025-01-11T12:00:00", undefined]);
    expect(found(text, { timeField: "b" }).questions).toEqual([]);
  });

  test("an answer wins over every name", () => {
    const text = "timestamp,seen,c\n2025-01-10T12:00:00Z,2025-02-10T12:00:00Z,x\n";
    expect(times(text)).toEqual(["2025-01-10T12:00:00"]);
    expect(times(text, { timeField: "seen" })).toEqual(["2025-02-10T12:00:00"]);
  });

  test("with dates that may mean two days asks; unanswered they are undated and flagged", () => {
    const text = "date,user,action\n01/02/2025 10:00,eva,x\n03/04/2025 10:00,eva,x\n";
    expect(found(text).questions).toEqual([{ kind: "date-order", samples: ["01/02/2025 10:00", "03/04/2025 10:00"] }]);
    expect(times(text)).toEqual([undefined, undefined]);
    expect(rows(text).every(({ flags, timeText }) => flags.includes("timeUnusable") && timeText !== "")).toBe(true);
    expect(times(text, { dateOrder: "day-first" })).toEqual(["2025-02-01T10:00:00", "2025-04-03T10:00:00"]);
    expect(times(text, { dateOrder: "month-first" })).toEqual(["2025-01-02T10:00:00", "2025-03-04T10:00:00"]);
  });

  test("a value above 12 tells the order for all rows; contradictions are asked", () => {
    const text = "date,user,action\n01/02/2025 10:00,eva,x\n13/02/2025 10:00,eva,x\n";
    expect(found(text)).toMatchObject({ reading: { dateOrder: "day-first" }, questions: [] });
    expect(times(text)).toEqual(["2025-02-01T10:00:00", "2025-02-13T10:00:00"]);
    const both = `${text}02/13/2025 10:00,eva,x\n`;
    expect(found(both).questions.map(({ kind }) => kind)).toEqual(["date-order"]);
    expect(times(both)).toEqual([undefined, undefined, undefined]);
  });

  test("a date and a clock in columns of their own, with an offset beside them", () => {
    const text =
      "date,time,timezone,user\n06/15/2025,10:00:42,UTC,eva\n00/00/0000,--,UTC,eva\n06/01/2025,1:00 PM,+02:00,eva\n";
    expect(times(text)).toEqual(["2025-06-15T10:00:42", undefined, "2025-06-01T11:00:00"]);
    expect(rows(text)[1]?.flags).toContain("timeUnusable");
  });

  test("numbers of no full length are never times; a year of two digits waits for the order of its date", () => {
    const text = "time,user,action\n1/2/25 10:00,eva,x\n12345,eva,x\n0.25,eva,x\n";
    expect(found(text).questions).toContainEqual({ kind: "date-order", samples: ["1/2/25 10:00"] });
    expect(times(text)).toEqual([undefined, undefined, undefined]);
    expect(times(text, { dateOrder: "day-first" })).toEqual(["2025-02-01T10:00:00", undefined, undefined]);
    expect(rows(text).every(({ flags }) => flags.includes("timeUnusable"))).toBe(true);
  });
});

test("nothing to recognise in text", () => {
  const record: CarriedRecord = { offset: 0, length: 2, line: 1, body: { kind: "text", text: "x" }, flags: [] };
  expect(format.recognise([record])).toEqual({ confidence: 0, reasons: ["no JSON object"] });
});
