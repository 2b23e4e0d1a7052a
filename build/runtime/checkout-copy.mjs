import { constants, existsSync } from "node:fs";
import { cp, mkdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { capture } from "./process.mjs";

/**
 * This checkout's own copy of a cached runtime, in `.runtime/`, with `resources/app` leading to the checkout. The carried
 * Electron has no default app that would take a folder as argument, and the cached one must stay as packaging wants it.
 * @param {string} app the checkout
 * @param {{ dist: string, executable: string, version: string }} cachedRuntime
 */
export async function checkoutCopy(app, { dist, version }) {
  const target = join(app, ".runtime");
  const executable = join(target, "electron");
  if (!(await isCurrent(target, app, dist))) {
    const temporary = `${target}.tmp-${process.pid}`;
    try {
      await copyTree(dist, temporary);
      await mkdir(join(temporary, "resources"), { recursive: true });
      await symlink(app, join(temporary, "resources", "app"), "dir");
      await writeFile(join(temporary, "copied-from"), dist);
      await rm(target, { recursive: true, force: true });
      await rename(temporary, target);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return { dist, executable, version };
}

async function isCurrent(target, app, dist) {
  const link = join(target, "resources", "app");
  if (!existsSync(join(target, "copied-from")) || !existsSync(link)) return false;
  return (await readFile(join(target, "copied-from"), "utf8")) === dist && (await readlink(link)) === app;
}

/** Hard links cost no space and a fifth of a second; across file systems it must be a real copy. */
async function copyTree(from, to) {
  const linked = await capture("cp", ["-al", from, to]);
  if (linked.ok) return;
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
}
