import fc from "fast-check";
import { expect, test } from "vitest";
import { SeenTokens } from "../../workers/base/shown-words.ts";

const tokensOf = (text: string) => text.toLowerCase().match(/[a-z0-9\u0080-\u00ff]+/g) ?? [];
const texts = fc.array(
  fc.constantFrom("a", "b", "ab", "AB", "aB", "1", "10", "\u00e9", "ssh-agent", "/etc/passwd", "etc", "x=1", ""),
  { maxLength: 8 },
);

test("tells the tokens that were added from all others, entry after entry", () => {
  const seen = new SeenTokens();
  fc.assert(
    fc.property(texts, texts, (shown, asked) => {
      seen.clear();
      for (const text of shown) seen.add(text);
      const all = new Set(shown.flatMap(tokensOf));
      expect(seen.hasAll(asked.join(" "))).toBe(asked.flatMap(tokensOf).every((token) => all.has(token)));
    }),
    { numRuns: 1000 },
  );
});

test("holds any number of them", () => {
  const seen = new SeenTokens();
  seen.clear();
  seen.add(Array.from({ length: 5000 }, (_, i) => `token${i}`).join(" "));
  seen.add("last");
  expect(seen.hasAll("token0 token4999 LAST")).toBe(true);
  expect(seen.hasAll("token5000")).toBe(false);
  seen.clear();
  expect(seen.hasAll("token0")).toBe(false);
  expect(seen.hasAll("")).toBe(true);
});
