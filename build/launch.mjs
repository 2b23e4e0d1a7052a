import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { cached, cacheFolder } from "./runtime/cache.mjs";
import { Stop, say } from "./runtime/output.mjs";
import { capture, show } from "./runtime/process.mjs";
import { checkout, ensureRuntime } from "./runtime.mjs";
import { ensureSystem } from "./system.mjs";

/** What Electron brings with it: the licences of Chromium and Node.js. */
export const creditsFile = "LICENSES.chromium.html";

const sampleFolders = ["auditd", "binalyze-air", "aqtive-guard"];

/**
 * Everything between a fresh checkout and a window: system libraries, an Electron, the built app.
 * @param {{ tests: boolean }} options whether a virtual display is needed too
 */
export async function prepare({ tests }) {
  await ensureSystem("window", ...(tests ? ["tests"] : []));
  const runtime = await ensureRuntime();
  await buildApp(runtime);
  return runtime;
}

async function buildApp({ dist, version }) {
  const electronVite = join(checkout, "node_modules", "electron-vite", "bin", "electron-vite.js");
  const args = [electronVite, "build", "--config", "build/vite.electron.ts", "--logLevel", "warn"];
  // An Electron that was named by hand may lie among other programs, away from its licences; it is not one to hand on.
  const isWhole = existsSync(join(dist, creditsFile));
  const shipped = isWhole ? { EXHIBIT_SHIPPED_ELECTRON: JSON.stringify({ dist, version }) } : {};
  const env = { ...process.env, NO_COLOR: "1", ...shipped };
  const built = await capture(process.execPath, args, { cwd: checkout, env });
  if (!built.ok) throw new Stop(`the build failed:\n${built.stdout}${built.stderr}`);
}

/** Switches that this machine needs: Chromium's own sandbox refuses to run as root. */
export function machineSwitches() {
  return process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

/** The environment in which a runtime starts Exhibit. */
export function launchEnvironment({ sqliteBinding }) {
  return { ...process.env, ...(sqliteBinding ? { EXHIBIT_SQLITE_BINDING: sqliteBinding } : {}) };
}

export function hasDisplay() {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Runs a program under a virtual display of its own. */
export function underVirtualDisplay(program, args, options) {
  const screen = "-screen 0 1600x1000x24";
  return show("xvfb-run", ["--auto-servernum", `--server-args=${screen}`, program, ...args], options);
}

/** The case made of the bundled samples. It is imported again when the samples or the engine have changed. */
export async function sampleCase() {
  const folders = sampleFolders.map((name) => filesUnder(join(checkout, "samples", name)));
  const evidence = (await Promise.all(folders)).flat().filter((file) => !file.endsWith(".md"));
  if (evidence.length === 0) return undefined;
  const engine = (await filesUnder(join(checkout, "workers"))).filter((file) => /\.(ts|json)$/.test(file));
  const name = `sample-case-${await digest([...evidence, ...engine])}`;
  await removeOthers(name);
  const folder = await cached(name, (target) => importInto(join(target, "sample.exhibit"), evidence));
  return join(folder, "sample.exhibit");
}

async function importInto(target, evidence) {
  say("importing the sample case");
  const args = [join(checkout, "workers", "cli", "main.ts"), "import", target, ...evidence];
  const run = await capture(process.execPath, args, { cwd: checkout });
  if (!run.ok || !existsSync(target)) throw new Stop(`the sample case could not be made:\n${run.stderr || run.stdout}`);
}

async function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function digest(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(await readFile(file));
  return hash.digest("hex").slice(0, 12);
}

async function removeOthers(name) {
  if (!existsSync(cacheFolder())) return;
  for (const other of await readdir(cacheFolder())) {
    const isStale = other.startsWith("sample-case-") && other !== name && !other.includes(".tmp-");
    if (isStale) await rm(join(cacheFolder(), other), { recursive: true, force: true });
  }
}
