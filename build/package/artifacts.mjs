import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { checkout } from "../runtime.mjs";

/** "dist/release/x.deb, 86.1 MB, sha256 …": a sentence about one artifact. */
export async function describeFile(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return `${shown(file)}, ${megabytes((await stat(file)).size)}, sha256 ${hash.digest("hex")}`;
}

export async function describeFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (entry) => (await lstat(join(entry.parentPath, entry.name))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return `${shown(folder)}/, ${megabytes(total)} in ${files.length} files`;
}

const shown = (path) => relative(checkout, path);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
