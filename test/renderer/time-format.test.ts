import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  atWall,
  formatTime,
  offsetText,
  readWallTime,
  timeParts,
  zoneOffset,
  zoneText,
} from "../../renderer/app/time-format.ts";
import { rangeText } from "../../renderer/app/range-words.ts";
import type { EpochMicros } from "../../workers/contract.ts";

const at = (iso: string, micros = 0): EpochMicros => (Date.parse(iso) * 1000 + micros) as EpochMicros;

describe("timeParts", () => {
  it.each([
    ["UTC", "2026-08-12 03:12:44.118 +00:00"],
    ["+05:45", "2026-08-12 08:57:44.118 +05:45"],
    ["-09:30", "2026-08-11 17:42:44.118 -09:30"],
    ["Europe/Paris", "2026-08-12 05:12:44.118 +02:00"],
    ["Asia/Kathmandu", "2026-08-12 08:57:44.118 +05:45"],
    ["America/St_Johns", "2026-08-12 00:42:44.118 -02:30"],
    ["Pacific/Chatham", "2026-08-12 15:57:44.118 +12:45"],
    ["Pacific/Kiritimati", "2026-08-12 17:12:44.118 +14:00"],
  ])("in %s", (zone, text) => {
    expect(formatTime(at("2026-08-12T03:12:44.118Z"), 3, zone)).toBe(text);
  });

  it("follows both turns of daylight saving to the second", () => {
    const spring = at("2026-03-29T01:00:00Z");
    expect(formatTime((spring - 1) as EpochMicros, 6, "Europe/Paris")).toBe("2026-03-29 01:59:59.999999 +01:00");
    expect(formatTime(spring, 0, "Europe/Paris")).toBe("2026-03-29 03:00:00 +02:00");
    const autumn = at("2026-10-25T01:00:00Z");
    expect(formatTime((autumn - 1) as EpochMicros, 6, "Europe/Paris")).toBe("2026-10-25 02:59:59.999999 +02:00");
    expect(formatTime(autumn, 0, "Europe/Paris")).toBe("2026-10-25 02:00:00 +01:00");
    // Lord Howe moves by half an hour.
    expect(zoneText(at("2026-01-15T00:00:00Z"), "Australia/Lord_Howe")).toBe("UTC+11:00");
    expect(zoneText(at("2026-07-15T00:00:00Z"), "Australia/Lord_Howe")).toBe("UTC+10:30");
  });

  it("shows as many digits as the source wrote, six at most, and cuts rather than rounds", () => {
    const time = at("2026-08-12T03:12:44Z", 999_999);
    expect(timeParts(time, 0, "UTC").fraction).toBe("");
    expect(timeParts(time, 1, "UTC").fraction).toBe(".9");
    expect(timeParts(time, 3, "UTC").fraction).toBe(".999");
    expect(timeParts(time, 6, "UTC").fraction).toBe(".999999");
    expect(timeParts(time, 9, "UTC").fraction).toBe(".999999");
    expect(timeParts(at("2026-08-12T03:12:44Z", 7), 6, "UTC").fraction).toBe(".000007");
  });

  it("counts instants before 1970 forward within their second", () => {
    expect(formatTime(-1 as EpochMicros, 6, "UTC")).toBe("1969-12-31 23:59:59.999999 +00:00");
    expect(formatTime(at("1890-06-01T00:00:00Z"), 0, "Europe/Amsterdam")).toMatch(/ \+00:\d\d(:\d\d)?$/);
  });

  it("agrees with Intl for any instant in any zone", () => {
    const zones = [
      "Europe/Paris",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Africa/Casablanca",
      "America/Caracas",
    ];
    const instants = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2037, 0) });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (ms, zone) => {
        const own = timeParts((ms * 1000) as EpochMicros, 0, zone);
        const intl = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
        expect(`${own.date} ${own.clock}`).toBe(intl.format(ms));
      }),
      { numRuns: 400 },
    );
  });
});

describe("readWallTime", () => {
  it("reads what timeParts writes", () => {
    const zones = ["UTC", "+05:45", "-03:30", "Asia/Tokyo", "America/Phoenix"];
    const micros = fc
      .integer({ min: Date.UTC(1980, 0), max: Date.UTC(2037, 0) })
      .map((ms) => (ms * 1000 + 123) as EpochMicros);
    fc.assert(
      fc.property(micros, fc.constantFrom(...zones), (time, zone) => {
        const { date, clock, fraction } = timeParts(time, 6, zone);
        expect(readWallTime(`${date} ${clock}${fraction}`, zone)).toEqual({ at: time, note: undefined });
      }),
    );
  });

  it("says when a time comes twice or never", () => {
    expect(readWallTime("2026-10-25 02:30", "Europe/Paris")).toEqual({ at: at("2026-10-25T00:30:00Z"), note: "twice" });
    expect(readWallTime("2026-03-29 02:30", "Europe/Paris")).toEqual({
      at: at("2026-03-29T01:30:00Z"),
      note: "skipped",
    });
    expect(readWallTime("2026-03-29 04:30", "Europe/Paris")?.note).toBeUndefined();
  });

  it.each(["", "yesterday", "2026-02-30", "2026-13-01", "2026-08-12 25:00", "2026-08-12 03", "12.8.2026"])(
    "refuses %j",
    (text) => {
      expect(readWallTime(text, "UTC")).toBeUndefined();
    },
  );

  it("never asks the machine's zone", () => {
    // The test runs in whatever zone; a fixed one must give the same instant.
    expect(atWall(Date.UTC(2026, 0, 1) * 1000, "+02:00").at).toBe(at("2025-12-31T22:00:00Z"));
    expect(zoneOffset(0 as EpochMicros, "+02:00")).toBe(7200);
  });
});

it("writes offsets with seconds only where a zone has them", () => {
  expect(offsetText(0)).toBe("+00:00");
  expect(offsetText(-12_600)).toBe("-03:30");
  expect(offsetText(1172)).toBe("+00:19:32");
});

describe("rangeText", () => {
  const day = { from: at("2026-08-12T00:00:00Z"), to: at("2026-08-13T00:00:00Z") };
  it("says a whole day as one", () => {
    expect(rangeText(day, "UTC", false)).toBe("12 Aug 2026, 00:00 – 24:00");
    expect(rangeText(day, "UTC", true)).toBe("12 Aug, 24 h");
    expect(rangeText(day, "+02:00", false)).toBe("12 Aug 2026, 02:00 – 13 Aug 2026, 02:00");
  });
  it("keeps open ends and odd seconds", () => {
    expect(rangeText({}, "UTC", false)).toBe("All times");
    expect(rangeText({ from: at("2026-08-12T03:12:44.118Z") }, "UTC", false)).toBe("from 12 Aug 2026, 03:12:44.118");
    expect(rangeText({ to: day.to }, "UTC", false)).toBe("until 13 Aug 2026, 00:00");
  });
});
