import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIso, printUtc } from "../../workers/base/time.ts";
import { instantOf, instantOfWall, isZone, offsetAt, printInZone } from "../../workers/base/zone.ts";
import type { EpochMicros } from "../../workers/contract.ts";

function at(text: string): EpochMicros {
  const parsed = parseIso(text);
  if (parsed?.at === undefined) throw new Error(text);
  return parsed.at;
}

describe("which texts are zones", () => {
  test.each(["UTC", "Z", "GMT", "+02:00", "-0530", "+2", "UTC+3", "Europe/Berlin", "Asia/Kathmandu"])("%s", (zone) => {
    expect(isZone(zone)).toBe(true);
  });
  test.each(["", "Mars/Olympus", "+24:00", "+02:60", "02:00", "local"])("%j is none", (zone) => {
    expect(isZone(zone)).toBe(false);
    expect(() => offsetAt(zone, at("2024-01-01"))).toThrow(RangeError);
  });
});

test.each([
  ["UTC", "2024-07-01", 0],
  ["-0530", "2024-07-01", -330],
  ["Europe/Berlin", "2024-01-01", 60],
  ["Europe/Berlin", "2024-07-01", 120],
  ["Europe/Berlin", "2024-03-31T00:59:59.999999Z", 60],
  ["Europe/Berlin", "2024-03-31T01:00:00Z", 120],
  ["Asia/Kathmandu", "2024-07-01", 345],
  ["Asia/Kathmandu", "1985-12-31T18:29:59Z", 330],
  ["Asia/Kathmandu", "1985-12-31T18:30:00Z", 345],
  ["Australia/Lord_Howe", "2024-01-01", 660],
  ["Australia/Lord_Howe", "2024-07-01", 630],
  ["America/New_York", "2024-07-01", -240],
  ["Europe/Paris", "1910-01-01", 9.35],
])("%s at %s is %d minutes east", (zone, instant, minutes) => {
  expect(offsetAt(zone, at(instant))).toBe(minutes);
});

describe("wall times", () => {
  test.each([
    ["Europe/Berlin", "2024-07-01T12:00:00", "2024-07-01T10:00:00.000000Z", "unique"],
    ["Europe/Berlin", "2024-03-31T01:59:59", "2024-03-31T00:59:59.000000Z", "unique"],
    ["Europe/Berlin", "2024-03-31T02:30:00", "2024-03-31T01:30:00.000000Z", "gap"],
    ["Europe/Berlin", "2024-03-31T03:00:00", "2024-03-31T01:00:00.000000Z", "unique"],
    ["Europe/Berlin", "2024-10-27T01:59:59", "2024-10-26T23:59:59.000000Z", "unique"],
    ["Europe/Berlin", "2024-10-27T02:30:00", "2024-10-27T00:30:00.000000Z", "overlap"],
    ["Europe/Berlin", "2024-10-27T03:00:00", "2024-10-27T02:00:00.000000Z", "unique"],
    ["Australia/Lord_Howe", "2024-10-06T02:15:00", "2024-10-05T15:45:00.000000Z", "gap"],
    ["Australia/Lord_Howe", "2024-04-07T01:45:00", "2024-04-06T14:45:00.000000Z", "overlap"],
    ["Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00.000000Z", "gap"],
    ["Pacific/Apia", "2011-12-31T09:00:00", "2011-12-30T19:00:00.000000Z", "unique"],
    ["+05:30", "2024-01-01T00:00:00", "2023-12-31T18:30:00.000000Z", "unique"],
  ])("%s %s", (zone, wall, expected, kind) => {
    const read = instantOfWall(zone, at(wall));
    expect([printUtc(read.at), read.kind]).toEqual([expected, kind]);
  });

  test("every instant's own wall time leads back to it, or to the earlier of two", () => {
    const zones = fc.constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "America/St_Johns",
      "+09:30",
    );
    const seconds = fc.integer({ min: Date.UTC(1975, 0) / 1000, max: Date.UTC(2035, 0) / 1000 });
    fc.assert(
      fc.property(zones, seconds, (zone, second) => {
        const instant = (second * 1_000_000) as EpochMicros;
        const wall = (instant + offsetAt(zone, instant) * 60_000_000) as EpochMicros;
        const read = instantOfWall(zone, wall);
        expect(read.kind).not.toBe("gap");
        if (read.kind === "unique") expect(read.at).toBe(instant);
        else expect([0, 1800, 3600]).toContain((instant - read.at) / 1_000_000);
      }),
      { numRuns: 500 },
    );
  });
});

test("only zone-less times are read in the assumed zone", () => {
  const zoneless = parseIso("2024-07-01T12:00:00");
  const zoned = parseIso("2024-07-01T12:00:00Z");
  if (zoneless === undefined || zoned === undefined) throw new Error("both are times");
  expect(instantOf(zoneless, undefined)).toBe(at("2024-07-01T12:00:00Z"));
  expect(instantOf(zoneless, "+02:00")).toBe(at("2024-07-01T10:00:00Z"));
  expect(instantOf(zoned, "+02:00")).toBe(at("2024-07-01T12:00:00Z"));
});

test("printing in a zone", () => {
  const instant = at("2024-07-01T10:00:00.123456Z");
  expect(printInZone(instant, "Europe/Berlin", 6)).toBe("2024-07-01T12:00:00.123456+02:00");
  expect(printInZone(instant, "UTC", 3)).toBe("2024-07-01T10:00:00.123Z");
  expect(printInZone(instant, "America/St_Johns", 0)).toBe("2024-07-01T07:30:00-02:30");
  const old = at("1880-01-01T00:00:00Z");
  expect(at(printInZone(old, "Europe/Berlin", 0))).toBe(old);
});

const PROBE = `
import { parseTime, printUtc } from "./workers/base/time.ts";
import { instantOfWall, printInZone } from "./workers/base/zone.ts";
const times = ["2024-03-31T02:30:00", "2024-07-01", "2020-05-05 05:05:16", "1730707262.5", "1969-06-01T00:00:00+01:00"];
const out = times.map((text) => printUtc(parseTime(text).at));
const wall = parseTime("2024-10-27T02:30:00").at;
out.push(printUtc(instantOfWall("Europe/Berlin", wall).at), printInZone(wall, "Asia/Tokyo", 6));
console.log(JSON.stringify(out), new Date(2024, 6, 1).getTimezoneOffset());
`;

test("the machine's own zone changes nothing", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const zones = ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"];
  const results = zones.map((zone) => {
    const run = spawnSync(process.execPath, ["--input-type=module", "--no-warnings", "-e", PROBE], {
      cwd: root,
      env: { ...process.env, TZ: zone },
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    const [printed, offset] = run.stdout.trim().split(" ");
    return { printed, offset };
  });
  expect(new Set(results.map(({ offset }) => offset)).size).toBe(zones.length);
  expect(new Set(results.map(({ printed }) => printed)).size).toBe(1);
});
