/* npm run check: everything that can be said about the sources without starting the app, side by side. */
import { join } from "node:path";
import { runScript } from "./runtime/output.mjs";
import { capture } from "./runtime/process.mjs";
import { checkout } from "./runtime.mjs";

const folders = ["electron", "renderer", "workers", "test", "build", "bench", "samples"];
const projects = ["electron", "renderer", "workers", "test", "test/renderer", "test/e2e"];
const bin = (name) => join(checkout, "node_modules", ".bin", name);

const checks = [
  ...projects.map((project) => ({ name: `types ${project}`, program: bin("tsc"), args: ["-p", project] })),
  {
    name: "lint",
    program: bin("oxlint"),
    args: ["--type-aware", "--deny-warnings", ...folders],
  },
  { name: "format", program: bin("biome"), args: ["format", "--config-path", "build/format.json", ...folders] },
  { name: "dead code", program: bin("knip"), args: ["--config", "build/knip.json"] },
  {
    name: "boundaries",
    program: bin("vitest"),
    args: ["run", "--config", "build/vitest.ts", "--project", "workers", "test/boundaries.test.ts"],
  },
];

async function runCheck({ name, program, args }) {
  const started = performance.now();
  const result = await capture(program, args, { cwd: checkout, shell: process.platform === "win32" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${result.ok ? "ok  " : "FAIL"} ${name} (${seconds} s)\n`);
  if (!result.ok) process.stdout.write(`${result.stdout}${result.stderr}\n`);
  return result.ok;
}

await runScript(async () => {
  const results = await Promise.all(checks.map(runCheck));
  return results.every(Boolean) ? 0 : 1;
});
