import { describe, expect, test } from "vitest";
import { detect, detectAs, NO_HINTS } from "../../workers/import/detect.ts";
import { utf8Of } from "../support/utf8.ts";

const of = (text: string, asked = {}) => detect(utf8Of(text), true, { ...NO_HINTS, asked });
const AIR =
  '{"_id":{"$oid":"65a0c1d2e3f4a5b6c7d8e9f0"},"createdAt":{"$date":"2024-11-04T08:01:02Z"},"performedBy":"eva"}';
const table = (delimiter: string): string =>
  [
    ["seen", "who", "did"],
    ["2026-01-01 10:00:00", "eva", "login"],
    ["2026-01-01 11:00:00", "tim", "logout"],
  ]
    .map((cells) => `${cells.join(delimiter)}\n`)
    .join("");

describe("the runner-up", () => {
  test("is named with its carrier, its own reasons and why it lost", () => {
    const { runnerUp, choice } = of(`${AIR}\n${AIR}\n`);
    expect(choice).toBe("mongoexport+binalyze-air");
    expect(runnerUp?.choice).not.toBe(choice);
    expect(runnerUp?.carrier).not.toBe("");
    expect(runnerUp?.reasons.length).toBeGreaterThan(0);
    expect(runnerUp?.lost).toMatch(/\.$/);
    expect(runnerUp?.lost).not.toContain("%");
  });

  test("lost because its records show less", () => {
    const { choice, runnerUp } = of(table(","));
    expect(choice).toBe("csv+generic-json");
    expect(runnerUp).toMatchObject({ choice: "lines+text-lines" });
    expect(runnerUp?.lost).toContain("show less of what the format asks for");
  });

  test("there is none for what nothing can read, or where a person chose", () => {
    expect(detect(new Uint8Array([0, 1, 2, 3, 255, 254, 0, 7]), true).runnerUp).toBeUndefined();
    expect(detectAs("lines+text-lines", utf8Of(table(",")), true).runnerUp).toBeUndefined();
  });

  test("the carriers that can cut the bytes come best first", () => {
    expect(of(table(",")).carriers[0]).toBe("csv");
    expect(of(table(",")).carriers).toContain("lines");
  });
});

describe("a delimiter that a person says", () => {
  test("makes a table of what seemed to be text", () => {
    expect(of(table("~")).choice).toBe("lines+text-lines");
    const said = of(table("~"), { delimiter: "~" });
    expect(said).toMatchObject({
      choice: "csv+generic-json",
      reading: { delimiter: "~", table: { delimiter: "~", columns: ["seen", "who", "did"] } },
    });
  });

  test("makes columns without names where the first row is no header", () => {
    const said = of("2026-01-01 10:00:00~eva\n2026-01-01 11:00:00~tim\n", { delimiter: "~" });
    expect(said).toMatchObject({
      choice: "csv+generic-json",
      reading: { table: { columns: ["column 1", "column 2"] } },
    });
  });

  test("that stands nowhere is said not to be used", () => {
    const said = of(table(","), { delimiter: "^" });
    expect(said.choice).toBe("lines+text-lines");
    expect(said.reasons.at(-1)).toContain("the delimiter that was said");
    expect(said.reading).not.toHaveProperty("delimiter");
  });
});

describe("the shape", () => {
  const shape = (text: string) => of(text).shape;

  test("of a table is its carrier, delimiter and header, whatever the rows", () => {
    const other = table(",").replaceAll("eva", "ivo").replaceAll("2026", "2024");
    expect(shape(table(","))).toEqual(shape(other));
    expect(shape(table(","))?.key).not.toBe(shape(table(";"))?.key);
    expect(shape(table(","))?.key).not.toBe(shape(table(",").replace("who", "user"))?.key);
    expect(shape(table(","))?.text).toContain("the columns seen, who, did");
  });

  test("of objects is the names that every record has", () => {
    const lines = (extra: string): string => `{"ts":1,"who":"eva"${extra}}\n{"who":"tim","ts":2}\n`;
    expect(shape(lines(""))).toEqual(shape(lines(',"more":1')));
    expect(shape(lines(""))?.text).toContain("every record has ts, who");
  });

  test("of lines is their header, or how they begin", () => {
    expect(shape(table("~"))).toEqual(shape(table("~").replaceAll("tim", "oda")));
    expect(shape(table("~"))?.text).toContain("seen~who~did");
    const log = (day: number, word: string): string =>
      `Jan ${day} 10:00:00 ${word} did\nJan ${day} 11:00:01 ${word} not\n`;
    expect(shape(log(10, "eva"))).toEqual(shape(log(12, "tim")));
  });

  test("stays that of what was found, also where nothing reads it", () => {
    expect(of("free text\nand more of it, 3\n").shape?.key).toMatch(/^[0-9a-f]{32}$/);
    expect(detect(new Uint8Array(0), true).shape).toBeUndefined();
  });
});
