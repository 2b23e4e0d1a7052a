import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Stop } from "../runtime/output.mjs";

/**
 * The packages that the app needs when it runs, with those they need: paths such as `node_modules/react`, sorted. What
 * is installed for building and testing, and what only a peer would like to have, is not among them.
 * @param {string} checkout
 * @param {readonly string[]} [from] the packages to begin with; by default all dependencies of the app
 * @returns {Promise<string[]>}
 */
export async function shippedPackages(checkout, from) {
  const { packages } = JSON.parse(await readFile(join(checkout, "package-lock.json"), "utf8"));
  const found = new Set();
  const follow = (owner, names) => {
    for (const name of names) {
      const path = placeOf(packages, owner, name);
      if (path === undefined) throw new Stop(`package-lock.json does not say where ${name} is; run npm install`);
      if (found.has(path)) continue;
      found.add(path);
      follow(path, Object.keys(packages[path].dependencies ?? {}));
    }
  };
  follow("", from ?? Object.keys(packages[""].dependencies ?? {}));
  return [...found].toSorted((one, other) => (one < other ? -1 : 1));
}

/** Where Node finds a package: in the folder of the one that asks, or of those around it. */
function placeOf(packages, owner, name) {
  for (let at = owner; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    const path = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (at === "") return undefined;
  }
}
