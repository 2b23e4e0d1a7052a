/*
 * npm run test:packaged: the same end-to-end tests as `npm test`, but against the packaged app (the flavour that can be
 * driven), and then what only a package can show, against the one that is handed to people. `-- --smoke` does only the
 * second. What was built is removed again, unless `-- --keep`.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { underVirtualDisplay } from "./launch.mjs";
import { buildPackage } from "./package/build-package.mjs";
import { Stop, runScript, say } from "./runtime/output.mjs";
import { checkout } from "./runtime.mjs";
import { ensureSystem } from "./system.mjs";

await runScript(async () => {
  if (process.platform !== "linux") throw new Stop("the tests of the packages are for Linux");
  const { values, positionals } = parseArgs({
    options: { smoke: { type: "boolean" }, keep: { type: "boolean" } },
    allowPositionals: true,
  });
  await ensureSystem("window", "tests");
  await mkdir(join(checkout, "test-results"), { recursive: true });
  try {
    const whole = values.smoke ? 0 : await wholeSuite(positionals);
    const smoke = await smokeTests();
    return whole === 0 && smoke === 0 ? 0 : 1;
  } finally {
    if (!values.keep) await rm(join(checkout, "dist"), { recursive: true, force: true });
  }
});

async function wholeSuite(more) {
  const { unpacked } = await buildPackage({ flavour: "test", folderOnly: true, quick: true });
  say("end-to-end tests against the packaged app");
  const runtime = { executable: join(unpacked, "exhibit"), appArguments: [] };
  return playwright({ EXHIBIT_RUNTIME: JSON.stringify(runtime) }, more);
}

async function smokeTests() {
  const { output, unpacked, described } = await buildPackage({ flavour: "release", folderOnly: false, quick: true });
  for (const sentence of described) say(sentence);
  const runtime = { executable: join(unpacked, "exhibit"), appArguments: [] };
  const packages = { output, unpacked };
  return playwright({ EXHIBIT_RUNTIME: JSON.stringify(runtime), EXHIBIT_PACKAGES: JSON.stringify(packages) }, []);
}

function playwright(added, more) {
  const cli = join(checkout, "node_modules", "@playwright", "test", "cli.js");
  const args = [cli, "test", "--config", "build/playwright.ts", ...more];
  return underVirtualDisplay(process.execPath, args, { cwd: checkout, env: { ...process.env, ...added } });
}
