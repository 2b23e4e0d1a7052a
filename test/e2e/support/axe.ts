import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Asks axe about the page as it stands: no violation of WCAG 2.2 level AA. */
export async function expectAccessible(page: Page): Promise<void> {
  // What moves in would be judged half transparent.
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const violations = await page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { axe: { run(target: Document, options: unknown): Promise<AxeResults> } };
    const found = await axe.run(document, { runOnly: { type: "tag", values } });
    return found.violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary ?? ""}`),
    }));
  }, RULES);
  expect(violations).toEqual([]);
}
