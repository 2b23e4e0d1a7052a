import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ensureSystem } from "../system.mjs";
import { cached } from "./cache.mjs";
import { Stop, say } from "./output.mjs";
import { capture } from "./process.mjs";

// The binaries that better-sqlite3 ships need Node 22. For an older Electron the same sources are compiled against
// Node-API's experimental level: every fixed level below 10 compiles too, and then aborts when it is loaded.
const cxxFlags = [
  "-std=c++20",
  "-fno-rtti",
  "-fno-exceptions",
  "-fvisibility=hidden",
  "-DNAPI_EXPERIMENTAL",
  "-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT",
  "-DNAPI_DISABLE_CPP_EXCEPTIONS",
  "-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
  "-DBUILDING_NODE_EXTENSION",
  "-DNODE_GYP_MODULE_NAME=better_sqlite3",
];
const linkFlags = ["-shared", "-Wl,-Bsymbolic", "-Wl,--exclude-libs,ALL", "-ldl", "-lpthread", "-lm"];

const require = createRequire(import.meta.url);
const packageFolder = (name) => dirname(require.resolve(`${name}/package.json`));

/**
 * The better-sqlite3 binding for an Electron whose Node is too old for the shipped one, built once into the cache.
 * @param {string} executable the Electron that will load it
 * @param {string} version of that Electron
 */
export async function nativeSqlite(executable, version) {
  const source = packageFolder("better-sqlite3");
  const { version: release } = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  const recipe = createHash("sha256")
    .update(JSON.stringify([cxxFlags, linkFlags]))
    .digest("hex")
    .slice(0, 8);
  const name = `better-sqlite3-${release}-electron-${version}-${process.arch}-${recipe}`;
  const folder = await cached(name, async (target) => {
    await ensureSystem("compiler");
    say("building SQLite for this Electron (half a minute, once)");
    await compile(source, target);
    await checkLoads(executable, join(target, "better_sqlite3.node"));
  });
  return join(folder, "better_sqlite3.node");
}

async function compile(source, target) {
  const common = ["-O2", "-fPIC", "-DNDEBUG", ...(await sqliteDefines(source)), `-I${join(source, "deps", "sqlite3")}`];
  const includes = [`-I${nodeHeaders()}`, `-I${packageFolder("node-addon-api")}`];
  const sqlite = join(target, "sqlite3.o");
  const addon = join(target, "better_sqlite3.o");
  await Promise.all([
    run("gcc", [...common, "-c", join(source, "deps", "sqlite3", "sqlite3.c"), "-o", sqlite]),
    run("g++", [...common, ...includes, ...cxxFlags, "-c", join(source, "src", "better_sqlite3.cpp"), "-o", addon]),
  ]);
  await run("g++", [addon, sqlite, "-o", join(target, "better_sqlite3.node"), ...linkFlags]);
}

async function run(program, args) {
  const result = await capture(program, args);
  if (result.code === undefined)
    throw new Stop(`${program} is missing. Install a C++ compiler (Debian: apt-get install g++).`, 3);
  if (!result.ok) throw new Stop(`building SQLite failed:\n${result.stderr.slice(-4000)}`, 3);
}

async function sqliteDefines(source) {
  const text = await readFile(join(source, "deps", "defines.gypi"), "utf8");
  const defines = [...text.matchAll(/^\s*'([A-Z0-9_]+(?:=[^']*)?)',$/gm)].map((match) => `-D${match[1]}`);
  if (defines.length === 0) throw new Stop("better-sqlite3 no longer lists its defines where we look for them", 3);
  return defines;
}

/** The `node` package that runs our scripts carries the headers of its release; other places are the usual ones. */
function nodeHeaders() {
  const places = [
    join(packageFolder("node"), "node_modules", `node-${process.platform}-${process.arch}`, "include", "node"),
    join(packageFolder("node"), "..", `node-${process.platform}-${process.arch}`, "include", "node"),
    process.env.npm_config_nodedir && join(process.env.npm_config_nodedir, "include", "node"),
    join(dirname(process.execPath), "..", "include", "node"),
    "/usr/include/node",
    "/usr/local/include/node",
  ];
  const found = places.find((place) => place && existsSync(join(place, "node_api.h")));
  if (found === undefined) throw new Stop("Node's headers (node_api.h) were not found. Set npm_config_nodedir.", 3);
  return found;
}

async function checkLoads(executable, binding) {
  const script = `
    const Database = require(${JSON.stringify(packageFolder("better-sqlite3"))});
    const db = new Database(":memory:", { nativeBinding: ${JSON.stringify(binding)} });
    process.stdout.write(String(db.prepare("select 6 * 7").pluck().get()));`;
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  const result = await capture(executable, ["-e", script], { env, timeoutMs: 30_000 });
  if (!result.ok || result.stdout !== "42") throw new Stop(`the SQLite just built does not load: ${result.stderr}`, 3);
}
