import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** The user's cache folder of Exhibit's build scripts; nothing in it is needed after it can be made again. */
export function cacheFolder() {
  const given = process.env.EXHIBIT_CACHE;
  if (given) return given;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "exhibit");
  if (process.platform === "win32" && process.env.LOCALAPPDATA)
    return join(process.env.LOCALAPPDATA, "exhibit", "cache");
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "exhibit");
}

/**
 * The folder `name` of the cache, filled by `fill` when it is not there yet. It appears whole or not at all: the work
 * is done in a folder of this process, which is removed when it fails. A lost race uses what the winner made.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 */
export async function cached(name, fill) {
  const cache = cacheFolder();
  const target = join(cache, name);
  if (existsSync(target)) return target;
  await mkdir(cache, { recursive: true });
  await removeLeftOvers(cache);
  const temporary = join(cache, `${name}.tmp-${process.pid}`);
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
    await fill(temporary);
    await rename(temporary, target);
  } catch (error) {
    if (!isLostRace(error)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return target;
}

function isLostRace(error) {
  return error?.code === "ENOTEMPTY" || error?.code === "EEXIST";
}

/** A process that was killed could not clean up after itself; the next one does. */
async function removeLeftOvers(cache) {
  for (const name of await readdir(cache)) {
    const pid = Number(/\.tmp-(\d+)$/.exec(name)?.[1]);
    if (Number.isInteger(pid) && pid !== process.pid && !isRunning(pid)) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
