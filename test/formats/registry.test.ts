import { describe, expect, test } from "vitest";
import { formatById, formats } from "../../workers/formats/registry.ts";
import { detect, everyChoice } from "../../workers/import/detect.ts";
import { utf8Of } from "../support/utf8.ts";

test("ids are unique and found again", () => {
  expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
  for (const format of formats) expect(formatById(format.id)).toBe(format);
  expect(formatById("nothing")).toBeUndefined();
});

describe.each(formats)("$id", (format) => {
  test("carries samples", () => {
    expect(format.samples.length).toBeGreaterThan(0);
  });

  test.each(format.samples)("claims its own sample, and no other format does: %s", (sample) => {
    const { choice, verdict } = detect(utf8Of(`${sample}\n`), true);
    // Text without a time belongs to nobody: it is offered, never chosen.
    if (format.id === "text-lines" && choice === undefined) expect(verdict).toBe("text");
    else expect(choice?.split("+")[1]).toBe(format.id);
  });

  test("can be chosen by hand", () => {
    expect(everyChoice().some(({ choice }) => choice.endsWith(`+${format.id}`))).toBe(true);
  });
});
