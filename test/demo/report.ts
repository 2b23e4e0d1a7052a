/** What the demo says, and what it expects: a figure that differs is told at once and fails the whole run. */
import { join } from "node:path";
import { type Exhibit } from "../e2e/support/exhibit.ts";

const folder = process.env["EXHIBIT_SCREENSHOTS"] ?? "screenshots";
const screenshots: string[] = [];
const differences: string[] = [];

export function say(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** Numbers with a gap between the thousands, as the window writes them. */
export const figure = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, " ");

/** Prints a figure of the window beside the one it must be. */
export function check(what: string, found: unknown, expected: unknown): void {
  const same = JSON.stringify(found) === JSON.stringify(expected);
  const text = typeof found === "number" ? figure(found) : String(found);
  say(`  ${same ? "✓" : "✗"} ${what}: ${text}${same ? "" : `, expected ${String(expected)}`}`);
  if (!same) differences.push(what);
}

/** The journey could not go on. */
export function failed(why: string): void {
  differences.push(`it ended early: ${why}`);
}

/** Saves what the window shows, once nothing in it moves any more. */
export async function picture({ page }: Exhibit, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  screenshots.push(path);
}

/** Lists the pictures and what was wrong; the exit status says the same. */
export function close(complaints: readonly string[]): void {
  for (const complaint of complaints) differences.push(`the page complained: ${complaint}`);
  say(`\n${screenshots.length} screenshots:`);
  for (const path of screenshots) say(`  ${path}`);
  if (differences.length === 0) return say("\nEverything is as it must be.");
  say(`\n${differences.length} ${differences.length === 1 ? "difference" : "differences"}:`);
  for (const difference of differences) say(`  ${difference}`);
  process.exitCode = 1;
}
