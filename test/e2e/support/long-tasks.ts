import type { Page } from "@playwright/test";

export interface LongTask {
  /** Milliseconds since the page began. */
  readonly at: number;
  /** How long the page could not answer; only tasks over 50 ms are reported by the browser. */
  readonly ms: number;
}

declare global {
  var longTasksSeen: LongTask[] | undefined;
}

/** From now on every long task of the page is noted. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: LongTask[] = [];
    globalThis.longTasksSeen = seen;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) seen.push({ at: startTime, ms: duration });
    }).observe({ type: "longtask" });
  });
}

/** What was noted since. */
export function longTasks(page: Page): Promise<readonly LongTask[]> {
  return page.evaluate(() => globalThis.longTasksSeen ?? []);
}
