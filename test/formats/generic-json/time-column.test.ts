import { describe, expect, test } from "vitest";
import type { CarriedRecord } from "../../../workers/formats/format.ts";
import { detect, resolveChoice } from "../../../workers/import/detect.ts";
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

test("nothing to recognise in text", () => {
  const record: CarriedRecord = { offset: 0, length: 2, line: 1, body: { kind: "text", text: "x" }, flags: [] };
  expect(format.recognise([record])).toEqual({ confidence: 0, reasons: ["no JSON object"] });
});
