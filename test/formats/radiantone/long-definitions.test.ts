import { expect, test } from "vitest";
import { parseDefinition, printDefinition } from "../../../workers/formats/radiantone/definition-file.ts";

test.each([
  ["a cell that is closed", `"${"a".repeat(10_000_000)}";b\n`, false],
  ["a cell that is never closed", `"${"a".repeat(10_000_000)}`, true],
  ["a cell of quotes", `"${'""'.repeat(100_000)}"`, false],
  ["a quote that opens before an escaped one", 'a;"b""\nc', true],
])("%s is told whatever its length, and written back as it was", (_what, text, isTorn) => {
  const definition = parseDefinition(text);
  expect(definition.torn !== undefined).toBe(isTorn);
  expect(printDefinition(definition) === text).toBe(true);
});
