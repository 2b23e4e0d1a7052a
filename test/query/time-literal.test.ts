import { describe, expect, test } from "vitest";
import type { EpochMicros } from "../../workers/contract.ts";
import { printUtc } from "../../workers/base/time.ts";
import { readTimeLiteral } from "../../workers/query/time-literal.ts";
import { fakeColumns } from "../support/fake-columns.ts";
import { ask } from "./ask.ts";

/** Literal, zone, first instant, first instant after it. */
const READINGS: readonly (readonly [string, string, string, string])[] = [
  ["2024-05-01", "UTC", "2024-05-01T00:00:00.000000Z", "2024-05-02T00:00:00.000000Z"],
  ["2024-05-01", "Asia/Kolkata", "2024-04-30T18:30:00.000000Z", "2024-05-01T18:30:00.000000Z"],
  ["2024-05-01", "-03:30", "2024-05-01T03:30:00.000000Z", "2024-05-02T03:30:00.000000Z"],
  // Days on which clocks change have 23 and 25 hours.
  ["2024-03-31", "Europe/Paris", "2024-03-30T23:00:00.000000Z", "2024-03-31T22:00:00.000000Z"],
  ["2024-10-27", "Europe/Paris", "2024-10-26T22:00:00.000000Z", "2024-10-27T23:00:00.000000Z"],
  ["2024", "UTC", "2024-01-01T00:00:00.000000Z", "2025-01-01T00:00:00.000000Z"],
  ["2024-02", "+02:00", "2024-01-31T22:00:00.000000Z", "2024-02-29T22:00:00.000000Z"],
  ["2024-12", "UTC", "2024-12-01T00:00:00.000000Z", "2025-01-01T00:00:00.000000Z"],
  ["20240501", "UTC", "2024-05-01T00:00:00.000000Z", "2024-05-02T00:00:00.000000Z"],
  ["2024-05-01T10", "UTC", "2024-05-01T10:00:00.000000Z", "2024-05-01T11:00:00.000000Z"],
  ["2024-05-01T10:00", "Asia/Kathmandu", "2024-05-01T04:15:00.000000Z", "2024-05-01T04:16:00.000000Z"],
  ["2024-05-01 10:00:07", "UTC", "2024-05-01T10:00:07.000000Z", "2024-05-01T10:00:08.000000Z"],
  ["2024-05-01T10:00:07.25", "UTC", "2024-05-01T10:00:07.250000Z", "2024-05-01T10:00:07.260000Z"],
  ["2024-05-01T10:00:07.1234567", "UTC", "2024-05-01T10:00:07.123456Z", "2024-05-01T10:00:07.123457Z"],
  ["2024-05-01T10:00Z", "Asia/Kolkata", "2024-05-01T10:00:00.000000Z", "2024-05-01T10:01:00.000000Z"],
  ["2024-05-01T10:00+05:30", "UTC", "2024-05-01T04:30:00.000000Z", "2024-05-01T04:31:00.000000Z"],
  ["2024-05-01T10:00:00-0330", "UTC", "2024-05-01T13:30:00.000000Z", "2024-05-01T13:30:01.000000Z"],
  // Clocks skip 02:30 (read as far after the change), and show 02:59 twice (the first).
  ["2024-03-31T02:30", "Europe/Paris", "2024-03-31T01:30:00.000000Z", "2024-03-31T01:31:00.000000Z"],
  ["2024-10-27T02:59", "Europe/Paris", "2024-10-27T00:59:00.000000Z", "2024-10-27T01:00:00.000000Z"],
  ["@1714557600", "Asia/Kolkata", "2024-05-01T10:00:00.000000Z", "2024-05-01T10:00:01.000000Z"],
  ["@1714557600.123", "UTC", "2024-05-01T10:00:00.123000Z", "2024-05-01T10:00:00.124000Z"],
];

test.each(READINGS)("%s in %s", (text, zone, start, end) => {
  const literal = readTimeLiteral(text, zone, 0);
  expect([printUtc(literal.start), printUtc(literal.end)]).toEqual([start, end]);
});

const micros = (text: string): EpochMicros => readTimeLiteral(text, "UTC", 0).start;

describe("bounds", () => {
  const rows = [
    { time: micros("2024-04-30T23:59:59.999999Z") },
    { time: micros("2024-05-01T00:00:00Z") },
    { time: micros("2024-05-01T10:00:00Z") },
    { time: micros("2024-05-01T10:00:30Z") },
    { time: micros("2024-05-02T00:00:00Z") },
    {},
  ];
  const columns = fakeColumns(rows);

  test.each([
    ["time:2024-05-01", [1, 2, 3]],
    ["time=2024-05-01", [1, 2, 3]],
    ["time!=2024-05-01", [0, 4, 5]],
    ["time>=2024-05-01", [1, 2, 3, 4]],
    ["time>2024-05-01", [4]],
    ["time<2024-05-01", [0]],
    ["time<=2024-05-01", [0, 1, 2, 3]],
    ["time:2024-05-01T10:00", [2, 3]],
    ["time>2024-05-01T10:00", [3, 4]],
    ["time<=2024-05-01T10:00", [0, 1, 2]],
    ["time:2024-05-01..2024-05-02", [1, 2, 3, 4]],
    ["time:[2024-05-01T10:00 TO *]", [2, 3, 4]],
    ["time:(2024-04-30, '2024-05-01 10:00')", [0, 2, 3]],
    ["time:..@1714521600", [0, 1]],
    ["missing:time", [5]],
    ["has:time", [0, 1, 2, 3, 4]],
    ["NOT time>=2024-05-01", [0, 5]],
  ])("%s", async (text, expected) => {
    expect(await ask(columns, text)).toEqual(expected);
  });

  test("the zone of the request reads zone-less ones", async () => {
    expect(await ask(columns, "time:2024-05-01", { zone: "+05:30" })).toEqual([0, 1, 2, 3]);
    expect(await ask(columns, "time:2024-05-01", { zone: "-00:30" })).toEqual([2, 3, 4]);
  });

  test("a range of the request is from inclusive to exclusive, and leaves undated entries out", async () => {
    const range = { from: micros("2024-05-01T00:00:00Z"), to: micros("2024-05-02T00:00:00Z") };
    expect(await ask(columns, "", { range })).toEqual([1, 2, 3]);
  });

  test("undated entries come last in both directions", async () => {
    expect(await ask(columns, "", { sort: { field: "time", descending: true } })).toEqual([4, 3, 2, 1, 0, 5]);
    expect(await ask(columns, "")).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
