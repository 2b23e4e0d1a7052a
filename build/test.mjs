/*
 * npm test: sets up everything, then runs the unit and component tests and the end-to-end tests in a real window under
 * a virtual display. `-- unit` or `-- e2e [playwright arguments]` runs one half. The last lines name what failed and sum
 * both up.
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { launchEnvironment, prepare, underVirtualDisplay } from "./launch.mjs";
import { unitFailures, windowFailures } from "./runtime/failures.mjs";
import { runScript } from "./runtime/output.mjs";
import { show } from "./runtime/process.mjs";
import { checkout } from "./runtime.mjs";

const results = join(checkout, "test-results");
const unitReport = join(results, "unit.json");
const windowReport = join(results, "windows.json");
const modules = join(checkout, "node_modules");

await runScript(async () => {
  const [half, ...more] = process.argv.slice(2);
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  // First of all, so that a build that fails is not told after minutes of passing tests.
  const runtime = half === "unit" ? undefined : await prepare({ tests: true });
  const halves = [];
  if (half !== "e2e") halves.push(await unitTests(half === "unit" ? more : []));
  if (runtime !== undefined) halves.push(await windowTests(runtime, half === "e2e" ? more : []));
  return close(halves);
});

/** Names what failed, prints the closing line that sums up the halves; answers the exit status. */
function close(halves) {
  for (const failure of halves.flatMap(({ failures }) => failures)) process.stdout.write(`\nfailed: ${failure}`);
  const sum = (key) => halves.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
  process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}\n`);
  return sum("failed") > 0 || sum("passed") === 0 ? 1 : 0;
}

async function unitTests(more) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`];
  const args = [join(modules, "vitest", "vitest.mjs"), "run", "--config", "build/vitest.ts", ...reporters, ...more];
  const code = await show(process.execPath, args, { cwd: checkout });
  const report = await readReport(unitReport);
  return counted(code, {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    failures: unitFailures(report),
  });
}

async function windowTests(runtime, more) {
  const env = { ...launchEnvironment(runtime), EXHIBIT_RUNTIME: JSON.stringify(runtime) };
  const args = [join(modules, "@playwright", "test", "cli.js"), "test", "--config", "build/playwright.ts", ...more];
  const run = process.platform === "linux" ? underVirtualDisplay : show;
  const code = await run(process.execPath, args, { cwd: checkout, env });
  const report = await readReport(windowReport);
  const { stats = {} } = report;
  return counted(code, {
    passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: stats.unexpected ?? 0,
    skipped: stats.skipped ?? 0,
    failures: windowFailures(report),
  });
}

/** A runner that failed without a failing test, as when a process of its dies, still counts as one failure. */
function counted(code, counts) {
  if (code === 0 || counts.failed > 0) return counts;
  const failures =
    counts.failures.length > 0 ? counts.failures : [`the runner ended with ${code}; its reason is above`];
  return { ...counts, failed: 1, failures };
}

async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT" || error instanceof SyntaxError) return {};
    throw error;
  }
}
