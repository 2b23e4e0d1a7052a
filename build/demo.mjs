/*
 * npm run demo: the main job of Exhibit in a real window, on a virtual display where there is none, with screenshots in
 * screenshots/. The journey itself is test/demo/journey.ts, driven by Playwright. `-- --million FILE` takes one long log
 * through the same window instead and prints times, memory and the longest task of the page (test/demo/million.ts).
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launchEnvironment, prepare, underVirtualDisplay } from "./launch.mjs";
import { runScript } from "./runtime/output.mjs";
import { show } from "./runtime/process.mjs";
import { checkout } from "./runtime.mjs";

await runScript(async () => {
  const runtime = await prepare({ tests: true });
  const screenshots = join(checkout, "screenshots");
  await mkdir(screenshots, { recursive: true });
  const env = {
    ...launchEnvironment(runtime),
    EXHIBIT_RUNTIME: JSON.stringify(runtime),
    EXHIBIT_SCREENSHOTS: screenshots,
  };
  const isLong = process.argv.includes("--million");
  const journey = join(checkout, "test", "demo", isLong ? "million.ts" : "journey.ts");
  const run = process.platform === "linux" ? underVirtualDisplay : show;
  return run(process.execPath, [journey, ...process.argv.slice(2)], { cwd: checkout, env });
});
