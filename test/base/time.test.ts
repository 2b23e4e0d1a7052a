import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  civilOf,
  daysFromCivil,
  epochMicros,
  leadingIso,
  parseEpoch,
  parseEpochSeconds,
  parseIso,
  parseTime,
  printAt,
  printUtc,
} from "../../workers/base/time.ts";
import type { EpochMicros } from "../../workers/contract.ts";

const micros = (value: number): EpochMicros => value as EpochMicros;
const utc = (text: string): string | undefined => {
  const at = parseTime(text)?.at;
  return at === undefined ? undefined : printUtc(at);
};

describe("ISO times", () => {
  test.each([
    ["2024-11-04T08:01:02.345Z", "2024-11-04T08:01:02.345000Z", 3, false, 0],
    ["2020-05-05T07:06:50+02:00", "2020-05-05T05:06:50.000000Z", 0, false, 120],
    ["2020-05-05T05:05:16.138+0000", "2020-05-05T05:05:16.138000Z", 3, false, 0],
    ["2020-05-05T05:05:16.138-0330", "2020-05-05T08:35:16.138000Z", 3, false, -210],
    ["2020-05-05T05:05:16+05", "2020-05-05T00:05:16.000000Z", 0, false, 300],
    ["2020-05-05t05:05:16z", "2020-05-05T05:05:16.000000Z", 0, false, 0],
    ["2020-05-05 05:05:16,123456789", "2020-05-05T05:05:16.123456Z", 9, true, undefined],
    ["2020-05-05 05:05:16 UTC", "2020-05-05T05:05:16.000000Z", 0, false, 0],
    ["2020-05-05 05:05:16 +02:00", "2020-05-05T03:05:16.000000Z", 0, false, 120],
    ["20200505T050516Z", "2020-05-05T05:05:16.000000Z", 0, false, 0],
    ["2020-05-05T05:05", "2020-05-05T05:05:00.000000Z", 0, true, undefined],
    ["2020-05-05", "2020-05-05T00:00:00.000000Z", 0, true, undefined],
    ["2020-02-29T23:59:60Z", "2020-03-01T00:00:00.000000Z", 0, false, 0],
    ["2020-12-31T24:00:00Z", "2021-01-01T00:00:00.000000Z", 0, false, 0],
    ["1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999Z", 7, false, 0],
    ["2020-05-05T05:05:16.1234567890123Z", "2020-05-05T05:05:16.123456Z", 9, false, 0],
  ])("%s", (text, expected, precision, zoneless, offsetMinutes) => {
    const parsed = parseIso(text);
    expect(parsed).toMatchObject({ precision, zoneless, offsetMinutes });
    expect(printUtc(parsed?.at as EpochMicros)).toBe(expected);
  });

  test.each([
    "2024-13-01T00:00:00Z",
    "2024-00-01",
    "2023-02-29",
    "1900-02-29",
    "2024-04-31",
    "2024-01-01T25:00:00Z",
    "2024-01-01T24:00:01Z",
    "2024-01-01T00:60:00Z",
    "2024-01-01T00:00:61Z",
    "2024-01-01T00:00:00+24:00",
    "2024-01-01T00:00:00+02:60",
    "2024-01-0112:00:00",
    "2024-0101",
    "01/02/2025",
    "",
    "now",
    "2024-01-01T00:00:00Zjunk",
  ])("%j is none", (text) => {
    expect(parseIso(text)).toBeUndefined();
  });

  test("the usual writing in UTC is the one with an offset of nothing", () => {
    const near = (least: number, most: number, width: number) =>
      fc.integer({ min: least, max: most }).map((value) => String(value).padStart(width, "0"));
    const clock = fc.tuple(near(0, 25, 2), near(0, 61, 2), near(0, 61, 2)).map((parts) => parts.join(":"));
    const date = fc.tuple(near(1600, 2300, 4), near(0, 13, 2), near(0, 32, 2)).map((parts) => parts.join("-"));
    const fraction = fc.oneof(fc.constant(""), fc.stringMatching(/^\.\d{0,11}$/));
    fc.assert(
      fc.property(date, clock, fraction, (...parts) => {
        const text = `${parts[0]}T${parts[1]}${parts[2]}`;
        expect(parseIso(`${text}Z`)).toEqual(parseIso(`${text}+00:00`));
      }),
      { numRuns: 2000 },
    );
    for (const odd of ["x024-01-01T00:00:00Z", "2024-01-01T0x:00:00Z", "2024-01-01T00:00:00.x23Z"]) {
      expect(parseIso(odd)).toBeUndefined();
    }
    expect(parseIso("2024-01-01T00:00:00.1234567x9Z")).toBeUndefined();
  });

  test("outside the exact range a time is known to be one, but has no instant", () => {
    expect(parseIso("1684-07-28T00:12:25.259009Z")?.at).toBe(-Number.MAX_SAFE_INTEGER);
    expect(parseIso("1684-07-28T00:12:25.259008Z")).toMatchObject({ at: undefined, precision: 6 });
    expect(parseIso("2255-06-05T23:47:34.740991Z")?.at).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseIso("2255-06-05T23:47:34.740992Z")).toMatchObject({ at: undefined });
    expect(parseIso("+012345-01-01T00:00:00.000Z")).toMatchObject({ at: undefined });
    expect(parseIso("9999-12-31")).toMatchObject({ at: undefined });
  });

  test("at the start of a line", () => {
    expect(leadingIso("2025-01-10T12:00:00.5+0100 text")).toBe("2025-01-10T12:00:00.5+0100");
    expect(leadingIso("2025-01-10 12:00:00,123 text")).toBe("2025-01-10 12:00:00,123");
    expect(leadingIso("2025-01-10 text")).toBeUndefined();
    expect(leadingIso("x 2025-01-10T12:00:00Z")).toBeUndefined();
  });
});

describe("numbers since 1970 take their unit from their size", () => {
  test.each([
    ["1730707262", "2024-11-04T08:01:02.000000Z", 0],
    ["1730707262.345", "2024-11-04T08:01:02.345000Z", 3],
    ["1730707262345", "2024-11-04T08:01:02.345000Z", 3],
    ["1730707262345.678", "2024-11-04T08:01:02.345678Z", 6],
    ["1730707262345678", "2024-11-04T08:01:02.345678Z", 6],
    ["1730707262345678999", "2024-11-04T08:01:02.345678Z", 9],
    ["0", "1970-01-01T00:00:00.000000Z", 0],
    ["-1", "1969-12-31T23:59:59.000000Z", 0],
    ["-0.0000005", "1969-12-31T23:59:59.999999Z", 7],
    ["00000000001", "1970-01-01T00:00:01.000000Z", 0],
    ["9999999999", "2286-11-20T17:46:39.000000Z", 0],
  ])("%s", (text, expected, precision) => {
    const parsed = parseEpoch(text);
    expect(parsed).toMatchObject({ precision, zoneless: false, offsetMinutes: 0 });
    const isOutside = expected.startsWith("2286");
    expect(parsed?.at === undefined ? undefined : printUtc(parsed.at)).toBe(isOutside ? undefined : expected);
  });
  test.each(["", "-", "1.", ".5", "1e9", "12345678901234567890", " 1"])("%j is none", (text) => {
    expect(parseEpoch(text)).toBeUndefined();
  });
  test("seconds of any size, where the unit is known", () => {
    expect(parseEpochSeconds("1730707262345")).toMatchObject({ at: undefined });
    expect(parseEpochSeconds("1730707262.5")?.at).toBe(1_730_707_262_500_000);
  });
});

test("exactly the microseconds that a double holds", () => {
  expect(epochMicros(9_007_199_254, 740_991)).toBe(Number.MAX_SAFE_INTEGER);
  expect(epochMicros(9_007_199_254, 740_992)).toBeUndefined();
});

const instants = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

test("printing and parsing give the same instant, in any offset", () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -1439, max: 1439 }), (at, offset) => {
      expect(parseIso(printAt(micros(at), offset, 6))).toEqual({
        at,
        precision: 6,
        zoneless: false,
        offsetMinutes: offset,
      });
    }),
    { numRuns: 1000 },
  );
});

test("the calendar agrees with the platform's", () => {
  fc.assert(
    fc.property(instants, (at) => {
      const date = new Date(Math.floor(at / 1000));
      const civil = civilOf(micros(at));
      expect([civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second]).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
      ]);
      expect(daysFromCivil(civil.year, civil.month, civil.day)).toBe(Math.floor(at / 86_400_000_000));
    }),
    { numRuns: 1000 },
  );
});

test("a time and its number since 1970 are one instant", () => {
  expect(utc("2024-11-04T08:01:02.345678Z")).toBe(utc("1730707262345678"));
  expect(parseTime("yesterday")).toBeUndefined();
});
