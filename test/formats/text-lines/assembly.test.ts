import { describe, expect, test } from "vitest";
import { lines } from "../../../workers/carriers/lines.ts";
import { textLines } from "../../../workers/formats/text-lines/index.ts";
import { lineOf } from "../../../workers/formats/text-lines/line.ts";
import { detect } from "../../../workers/import/detect.ts";
import { entriesOf, readMember } from "../../support/read-member.ts";
import { utf8Of } from "../../support/utf8.ts";

const read = (text: string) => entriesOf(readMember(lines, textLines, utf8Of(text)));
const lineNumbers = (text: string) => read(text).map(({ records }) => records.map(({ line }) => line));
const DATED = "2025-03-01T12:00:00Z ERROR boom\n";

describe("lines without a time", () => {
  test("belong to the dated line before them, over blank lines too", () => {
    expect(lineNumbers(`${DATED}\tat a\n\nCaused by: b\n${DATED}`)).toEqual([[1, 2, 4], [5]]);
    const [entry] = read(`${DATED}\tat a\n`);
    expect(entry?.fields["data"]).toEqual(["2025-03-01T12:00:00Z ERROR boom\n\tat a"]);
    expect(entry?.fields["label"]).toEqual(["2025-03-01T12:00:00Z ERROR boom"]);
  });
  test("before any dated line are entries of their own", () => {
    expect(lineNumbers(`a\nb\n${DATED}c\n`)).toEqual([[1], [2], [3, 4]]);
    expect(read("a\n")[0]?.at).toBeUndefined();
  });
  test("beyond the most that an entry holds are entries of their own, flagged", () => {
    const entries = read(DATED + "more\n".repeat(10_001));
    expect(entries.map(({ records }) => records.length)).toEqual([10_000, 1, 1]);
    expect(entries.map(({ flags }) => flags.includes("incomplete"))).toEqual([false, true, true]);
    const wide = read(DATED + `${"x".repeat(600_000)}\n`.repeat(2));
    expect(wide.map(({ records }) => records.length)).toEqual([2, 1]);
  });
});

describe("levels", () => {
  test.each([
    ["2025-03-01T12:00:00Z ERROR x", "error"],
    ["2025-03-01T12:00:00Z [main] WARN  c.e.App - x", "warning"],
    ["INFO 2025-03-01T12:00:00Z x", "info"],
    ["2025/03/01 12:00:00 [crit] 12#12: x", "critical"],
    ["2025-03-01T12:00:00Z x level=debug", "debug"],
    ["2025-03-01T12:00:00Z SEVERE: x", "error"],
    ["2025-03-01T12:00:00Z an error in prose", undefined],
    ["2025-03-01T12:00:00Z TERROR alert", undefined],
  ])("%s", (line, level) => {
    expect(lineOf(line, true).level?.value).toBe(level);
  });
});

describe("recognition", () => {
  test("most lines with a time make it likely; none leaves it to a person", () => {
    expect(detect(utf8Of(DATED.repeat(3)), true)).toMatchObject({ verdict: "likely", choice: "lines+text-lines" });
    expect(detect(utf8Of(`${DATED}\tat a\n\tat b\n\tat c\n`), true).choice).toBe("lines+text-lines");
    expect(detect(utf8Of(`${DATED}some\nother\ntext\n`), true).verdict).toBe("text");
    expect(detect(utf8Of("some\nother\ntext\n"), true).verdict).toBe("text");
  });
});
