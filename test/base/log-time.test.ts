import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochAt, timeAt, withYear } from "../../workers/base/log-time.ts";
import { printUtc } from "../../workers/base/time.ts";
import type { EpochMicros } from "../../workers/contract.ts";

describe("times at the start of a line", () => {
  test.each([
    ["2025-03-01 12:00:00,123 x", "2025-03-01 12:00:00,123", "2025-03-01T12:00:00.123000Z", true],
    ["2025-03-01T12:00:00.5+0200 x", "2025-03-01T12:00:00.5+0200", "2025-03-01T10:00:00.500000Z", false],
    ["2025-03-01 12:00:00 UTC x", "2025-03-01 12:00:00 UTC", "2025-03-01T12:00:00.000000Z", false],
    ["2025-03-01 12:00:00 -0330 x", "2025-03-01 12:00:00 -0330", "2025-03-01T15:30:00.000000Z", false],
    ["2025-03-01 12:00:00 +1 vote", "2025-03-01 12:00:00", "2025-03-01T12:00:00.000000Z", true],
    ["2025/03/01 12:00:00 x", "2025/03/01 12:00:00", "2025-03-01T12:00:00.000000Z", true],
    ["10/Oct/2000:13:55:36 -0700] x", "10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36.000000Z", false],
    ["01-Mar-2025 12:00:00.250 x", "01-Mar-2025 12:00:00.250", "2025-03-01T12:00:00.250000Z", true],
    ["Mon, 03 Mar 2025 18:00:00 GMT", "Mon, 03 Mar 2025 18:00:00 GMT", "2025-03-03T18:00:00.000000Z", false],
    ["Wed Oct 11 14:32:52.123456 2000]", "Wed Oct 11 14:32:52.123456 2000", "2000-10-11T14:32:52.123456Z", true],
    ["Mar  3 2025 18:00:20: %ASA", "Mar  3 2025 18:00:20", "2025-03-03T18:00:20.000000Z", true],
    ["Mon 2025-03-03 18:00:20 CET h", "Mon 2025-03-03 18:00:20 CET", "2025-03-03T18:00:20.000000Z", true],
    ["Mon 2025-03-03 18:00:20 UTC h", "Mon 2025-03-03 18:00:20 UTC", "2025-03-03T18:00:20.000000Z", false],
    ["Mon 2025-03-03 18:00:20 +03 h", "Mon 2025-03-03 18:00:20 +03", "2025-03-03T15:00:20.000000Z", false],
  ])("%s", (line, text, utc, zoneless) => {
    const found = timeAt(line, 0);
    expect(found?.text).toBe(text);
    expect(printUtc(found?.parsed?.at as EpochMicros)).toBe(utc);
    expect(found?.parsed?.zoneless).toBe(zoneless);
  });

  test.each(["2025-02-30 12:00:00 x", "30/Feb/2025:12:00:00 x", "2025/13/01 12:00:00 x", "Feb 30 12:00:00 x"])(
    "written and none: %s",
    (line) => {
      expect(timeAt(line, 0)).toMatchObject({ parsed: undefined, yearless: undefined });
    },
  );
  test.each([
    "12:00:00 x",
    "x 2025-03-01 12:00:00",
    "2025-03-01",
    "Mar 3",
    "Mayor 3 12:00:00",
    "01/02/2025 12:00:00",
    "",
  ])("none: %s", (line) => {
    expect(timeAt(line, 0)).toBeUndefined();
  });
});

describe("without a year", () => {
  test("month, day and clock are told, and any year makes a time of them", () => {
    const found = timeAt("Mar  3 18:00:20.549 h", 0);
    expect(found).toMatchObject({ text: "Mar  3 18:00:20.549", parsed: undefined, yearless: { month: 3, day: 3 } });
    const yearless = found?.yearless;
    if (yearless === undefined) throw new Error("it has no year");
    expect(withYear(yearless, 2025)).toMatchObject({ at: Date.UTC(2025, 2, 3, 18, 0, 20, 549) * 1000, precision: 3 });
    const leap = timeAt("Feb 29 00:00:00 h", 0)?.yearless;
    expect(leap && withYear(leap, 2025)).toBeUndefined();
    expect(leap && withYear(leap, 2024)).toBeDefined();
  });
  test("every instant of every year comes back", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1971-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
        (date) => {
          const [, day = "", month = "", clock = ""] = /^\w+, (\d\d) (\w+) \d+ (\S+)/.exec(date.toUTCString()) ?? [];
          const padded = day.replace(/^0/, " ");
          const yearless = timeAt(`${month} ${padded} ${clock} h`, 0)?.yearless;
          const at = yearless === undefined ? undefined : withYear(yearless, date.getUTCFullYear())?.at;
          expect(at).toBe(Math.floor(date.getTime() / 1000) * 1_000_000);
        },
      ),
    );
  });
});

describe("numbers since 1970", () => {
  test("count only with the digits they have today", () => {
    const at = (line: string): number | undefined => epochAt(line, 0)?.parsed?.at;
    expect(at("1741024820.549 x")).toBe(1_741_024_820_549_000);
    expect(at("1741024820549 x")).toBe(1_741_024_820_549_000);
    expect(at("1741024820549123 x")).toBe(1_741_024_820_549_123);
    expect(at("1741024820549123456|x")).toBe(1_741_024_820_549_123);
    for (const none of ["174102482 x", "17410248205 x", "1741024820x", "1741024820-1"])
      expect(at(none)).toBeUndefined();
  });
});
