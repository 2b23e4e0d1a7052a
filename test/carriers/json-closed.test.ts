import { describe, expect, test } from "vitest";
import { closedJson, parsedStart } from "../../workers/carriers/json-closed.ts";
import { allowedMs } from "../support/machine.ts";

describe("the start of a JSON text", () => {
  test.each([
    ['{"a":1,"b":{"c":[1,2', '{"a":1,"b":{"c":[1]}}'],
    ['{"a":[{"b":"}],"},{"c', '{"a":[{"b":"}],"}]}'],
    ['[{"a":1},{"b":2}]', '[{"a":1},{"b":2}]'],
    ["[[1],[2]", "[[1],[2]]"],
    ['{"a":1', undefined],
    ["{}", undefined],
    ["", undefined],
  ])("%s is closed as %s", (text, closed) => {
    expect(closedJson(text)).toBe(closed);
  });

  test("that is deep costs no more than its bytes", () => {
    const deep = "[".repeat(30_000) + "1,".repeat(30_000);
    const started = performance.now();
    expect(closedJson(deep)).toHaveLength(deep.length - 1 + 30_000);
    expect(parsedStart(deep)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(allowedMs(1000));
  });
});
