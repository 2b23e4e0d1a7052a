import { join } from "node:path";
import type { Page } from "@playwright/test";
import { checkout } from "./runtime.ts";

/** Saves what the window shows as `test-results/screenshots/NAME.png`, for people to look at after a run. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(checkout, "test-results", "screenshots", `${name}.png`) });
}
