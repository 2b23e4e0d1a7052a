import { describe, expect, test } from "vitest";
import { definitionName } from "../../workers/base/definition-header.ts";

const WORDS = ["eventid", "message", "category", "subcategory"];

describe("the first line of event properties", () => {
  test.each([
    [[], ";"],
    [["1"], ";"],
    [["1", "2", "3"], ";"],
    [["", ""], ";"],
    [["1", "2"], ","],
    [["1", "2"], "\t"],
  ])("with %j behind the words, separated by %j", (more, separator) => {
    const header = [...WORDS, ...more].join(separator);
    expect(definitionName(`${header}\nRD;Read;File;read\n`)).toBe("eventproperties.csv");
    expect(definitionName(`\ufeff${header.toUpperCase()}\r\n`)).toBe("eventproperties.csv");
  });

  test.each([
    [["date", "user"], ";"],
    [["date"], ";"],
    [["1st"], ";"],
    [["date", "user"], ","],
    [[], ","],
    [["", ""], ","],
    [[], "\t"],
  ])("is not that of a log with %j behind them, separated by %j", (more, separator) => {
    expect(definitionName(`${[...WORDS, ...more].join(separator)}\n`)).toBeUndefined();
  });
});
