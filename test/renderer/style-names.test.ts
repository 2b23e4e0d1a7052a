import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const renderer = join(import.meta.dirname, "../../renderer");
const sheets = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".css"));

/** Classes that a sheet styles by themselves, whatever they are in. */
function classesOf(css: string): readonly string[] {
  const bare = css.replaceAll(/\/\*.*?\*\//gs, "");
  const selectors = [...bare.matchAll(/([^{};]+)\{/g)].flatMap((match) => (match[1] ?? "").split(","));
  return selectors.flatMap((selector) => /^\.([\w-]+)$/.exec(selector.trim())?.[1] ?? []);
}

test("a class is styled by the sheets of one folder, as all of them hold everywhere", () => {
  expect(sheets.length).toBeGreaterThan(10);
  const folders = new Map<string, Set<string>>();
  for (const sheet of sheets) {
    for (const name of classesOf(readFileSync(join(renderer, sheet), "utf8"))) {
      folders.set(name, (folders.get(name) ?? new Set()).add(dirname(sheet)));
    }
  }
  expect(folders.size).toBeGreaterThan(100);
  expect([...folders].filter(([, where]) => where.size > 1)).toEqual([]);
});
