import { describe, expect, test } from "vitest";
import { printUtc } from "../../workers/base/time.ts";
import { type DateOrder, isEitherOrder, orderOf, parseWritten } from "../../workers/base/written-time.ts";

function read(text: string, order?: DateOrder): string | undefined {
  const time = parseWritten(text, order);
  if (time?.at === undefined) return undefined;
  return `${printUtc(time.at).replace(".000000", "")}${time.zoneless ? " zoneless" : ""}`;
}

describe("times as people write them", () => {
  test.each([
    ["2025-01-31T10:00:00Z", "2025-01-31T10:00:00Z"],
    [" 2025-01-31 10:00:00 ", "2025-01-31T10:00:00Z zoneless"],
    ["1736510400", "2025-01-10T12:00:00Z"],
    ["1736510400.25", "2025-01-10T12:00:00.250000Z"],
    ["1736510400123", "2025-01-10T12:00:00.123000Z"],
    ["1736510400123456", "2025-01-10T12:00:00.123456Z"],
    ["1736510400123456789", "2025-01-10T12:00:00.123456Z"],
    ["2025/01/31 10:00", "2025-01-31T10:00:00Z zoneless"],
    ["2025/1/3 9:05:01.5 UTC", "2025-01-03T09:05:01.500000Z"],
    ["31.12.2025 23:59", "2025-12-31T23:59:00Z zoneless"],
    ["Jan 31, 2025 @ 10:00:00.123", "2025-01-31T10:00:00.123000Z zoneless"],
    ["January 31, 2025 at 1:00 PM", "2025-01-31T13:00:00Z zoneless"],
    ["31 Jan 2025 12:00 am", "2025-01-31T00:00:00Z zoneless"],
    ["31 Jan 2025 12:00 pm", "2025-01-31T12:00:00Z zoneless"],
    ["Fri, 31 Jan 2025 10:00:00 GMT", "2025-01-31T10:00:00Z"],
    ["31/Jan/2025:10:00:00 +0200", "2025-01-31T08:00:00Z"],
    ["Fri Jan 31 10:00:00 2025", "2025-01-31T10:00:00Z zoneless"],
    ["Fri Jan  3 10:00:00 UTC 2025", "2025-01-03T10:00:00Z"],
    ["31-DEC-2025", "2025-12-31T00:00:00Z zoneless"],
    ["20250131100000", "2025-01-31T10:00:00Z zoneless"],
    ["20250131100000.5Z", "2025-01-31T10:00:00.500000Z"],
    ["20250131100000+0200", "2025-01-31T08:00:00Z"],
  ])("%s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    "",
    "5",
    "123456",
    "88888888",
    "12345678901",
    "1/2/25",
    "1/2/25 10:00",
    "20251331100000",
    "21250131100000",
    "01/02/2025",
    "13/02/2025 10:00",
    "31.02.2025",
    "Jan 32, 2025",
    "31 Jan 2025 13:00 PM",
    "Fri Jan 31 10:00:00 CET 2025",
    "10:00:00",
    "1.2.3",
    "never",
  ])("%j is none", (text) => {
    expect(parseWritten(text, undefined)).toBe(undefined);
  });
});

describe("dates that may mean two days", () => {
  test("are read only in a known order", () => {
    expect(read("01/02/2025 10:00", "day-first")).toBe("2025-02-01T10:00:00Z zoneless");
    expect(read("01/02/2025 10:00", "month-first")).toBe("2025-01-02T10:00:00Z zoneless");
    expect(read("01-02-2025", "month-first")).toBe("2025-01-02T00:00:00Z zoneless");
    expect(read("13/02/2025", "month-first")).toBe(undefined);
    expect(["01/02/2025", "01-02-2025 10:00", "13/02/2025"].every(isEitherOrder)).toBe(true);
    expect(["01.02.2025", "2025/01/02", "1/2/25", "Jan 2 2025"].some(isEitherOrder)).toBe(false);
  });

  test("with two digits of the year only beside a clock, and a first number above 12 tells nothing", () => {
    expect(read("12/07/16 02:16:23", "month-first")).toBe("2016-12-07T02:16:23Z zoneless");
    expect(read("12/07/99 02:16:23", "day-first")).toBe("1999-07-12T02:16:23Z zoneless");
    expect(read("12/07/16", "month-first")).toBe(undefined);
    expect(isEitherOrder("12/07/16 02:16:23")).toBe(true);
    expect(orderOf(["12/27/16 02:16:23"])).toBe("month-first");
    expect(orderOf(["27/12/16 02:16:23"])).toBe(undefined);
  });

  test("tell their order by a number above 12, unless they contradict themselves", () => {
    expect(orderOf(["01/02/2025", "13/02/2025"])).toBe("day-first");
    expect(orderOf(["01/02/2025", "02/13/2025 10:00"])).toBe("month-first");
    expect(orderOf(["13/02/2025", "02/13/2025"])).toBe(undefined);
    expect(orderOf(["01/02/2025"])).toBe(undefined);
    expect(orderOf(["31.12.2025", "n/a"])).toBe(undefined);
  });
});
