import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const packaged = process.env["EXHIBIT_PACKAGES"] !== undefined;

// One window at a time: the tests share a display, and a machine of two cores.
export default defineConfig({
  testDir: at("test/e2e"),
  // What only a package can show needs one: `npm run test:packaged` makes it.
  testMatch: packaged ? "**/packaged*.spec.ts" : "**/*.spec.ts",
  testIgnore: packaged ? [] : "**/packaged*.spec.ts",
  outputDir: at("test-results/windows"),
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A shared machine may stall a window; a test that passes only the second time is named as flaky in the report.
  retries: process.env["CI"] === undefined ? 0 : 1,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"], ["json", { outputFile: at("test-results/windows.json") }]],
});
