import type { Page } from "@playwright/test";
import { watchTasks } from "./long-tasks.ts";

/** Rows of eight cells that one reference task makes and lays out. */
const ROWS = 900;
const RUNS = 9;
/**
 * Milliseconds that the reference task runs where the limits of tasks were set. It was reckoned, not measured there: one
 * and the same commit had a longest task of 32.5 ms there, and of 59.8 and 70.7 ms on a slower day, on which the
 * reference task ran 119.9 to 154.9 ms.
 */
const REFERENCE_MS = 67;

const WORK = `new Promise((resolve) => setTimeout(() => {
  const box = document.createElement("div");
  box.style.cssText = "position:absolute;visibility:hidden;width:1200px";
  for (let row = 0; row < ${ROWS}; row++) {
    const line = document.createElement("div");
    line.style.display = "flex";
    for (let cell = 0; cell < 8; cell++) {
      const span = document.createElement("span");
      span.textContent = "value " + row * cell;
      line.append(span);
    }
    box.append(line);
  }
  document.body.append(box);
  resolve(box.offsetHeight);
  box.remove();
}))`;

/** On a machine that is slower still the limits would say nothing any more: there the tests of them fail. */
const MOST_SLOW = 3;

/** How many times slower the page runs here than where the limits of its tasks were set: 1 to 3. */
export async function slowness(page: Page): Promise<number> {
  const watch = await watchTasks(page);
  for (let run = 0; run < RUNS; run++) await page.evaluate(WORK);
  const tasks = (await watch.stop()).slice(0, RUNS);
  // Tasks too short to be told are those of a machine that is fast enough.
  const median = tasks.length < RUNS ? 0 : (tasks[Math.floor(RUNS / 2)]?.ran ?? 0);
  console.log(`reference task ran ${median.toFixed(1)} ms`);
  return Math.min(MOST_SLOW, Math.max(1, median / REFERENCE_MS));
}
