import { existsSync } from "node:fs";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { say } from "./output.mjs";
import { capture } from "./process.mjs";

const downloadLimitMs = 120_000;
const retryAfterMs = 24 * 60 * 60 * 1000;

const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));

/** The Electron that the `electron` package has already fetched; undefined when it has not. */
export async function installedElectron() {
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return undefined;
  const dist = join(folder, "dist");
  const executable = join(dist, await readFile(pathFile, "utf8"));
  if (!existsSync(executable)) return undefined;
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return { dist, executable, version };
}

/** Lets the `electron` package fetch its binary, within a time limit. A failure is remembered for a day. */
export async function downloadElectron() {
  if (process.env.EXHIBIT_SKIP_DOWNLOAD === "1" || (await failedLately())) return undefined;
  say("asking for Electron's own download");
  const run = await capture(process.execPath, [join(folder, "install.js")], { timeoutMs: downloadLimitMs });
  if (run.ok) return installedElectron();
  say("Electron's own download is out of reach from here");
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(failureMark(), `${run.stderr.trim().split("\n")[0] ?? ""}\n`);
  return undefined;
}

function failureMark() {
  return join(cacheFolder(), "electron-download-failed");
}

async function failedLately() {
  const mark = failureMark();
  if (!existsSync(mark)) return false;
  return Date.now() - (await stat(mark)).mtimeMs < retryAfterMs;
}
