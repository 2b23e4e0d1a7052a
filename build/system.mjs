/*
 * What Exhibit needs from the operating system: the libraries Electron links, a virtual display for tests, a compiler
 * for SQLite. On Debian and Ubuntu as root it installs what is missing; elsewhere it says what to run, and stops.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Stop, runScript, say } from "./runtime/output.mjs";
import { capture, show } from "./runtime/process.mjs";

// Each need is met by the first package of its list that the release knows: Ubuntu 24.04 renamed some.
const needs = {
  window: [
    { library: "libgtk-3.so.0", packages: ["libgtk-3-0", "libgtk-3-0t64"] },
    { library: "libnss3.so", packages: ["libnss3"] },
    { library: "libasound.so.2", packages: ["libasound2", "libasound2t64"] },
    { library: "libgbm.so.1", packages: ["libgbm1"] },
    { library: "libXss.so.1", packages: ["libxss1"] },
    { library: "libdrm.so.2", packages: ["libdrm2"] },
    { library: "libXtst.so.6", packages: ["libxtst6"] },
  ],
  tests: [
    { program: "Xvfb", packages: ["xvfb"] },
    { program: "xauth", packages: ["xauth"] },
    { program: "chromium", packages: ["chromium", "chromium-browser"] },
  ],
  compiler: [{ program: "g++", packages: ["g++"] }],
};

/**
 * Makes sure the system has what a window, the tests (a display to show it on), or a compiler need.
 * @param {...keyof typeof needs} kinds
 */
export async function ensureSystem(...kinds) {
  if (process.platform !== "linux") return;
  const wanted = kinds.flatMap((kind) => needs[kind]);
  const missing = await missingOf(wanted);
  if (missing.length === 0) return;
  const names = missing.map((need) => need.library ?? need.program).join(", ");
  if (!(await isDebian())) {
    throw new Stop(`missing from this system: ${names}. Install them with its package manager and run this again.`);
  }
  if (process.getuid?.() !== 0) {
    const packages = missing.map((need) => need.packages[0]).join(" ");
    throw new Stop(
      `missing from this system: ${names}. Run\n  sudo apt-get install ${packages}\nand start this again.`,
    );
  }
  await installPackages(missing);
  const still = await missingOf(missing);
  if (still.length > 0) throw new Stop(`still missing: ${still.map((need) => need.packages[0]).join(", ")}`);
}

async function missingOf(wanted) {
  const { stdout: libraries } = await capture("/bin/sh", ["-c", "PATH=$PATH:/sbin:/usr/sbin ldconfig -p"]);
  const folders = (process.env.PATH ?? "").split(":");
  const isThere = ({ library, program }) =>
    library === undefined
      ? folders.some((folder) => existsSync(`${folder}/${program}`))
      : libraries.includes(`${library} `);
  return wanted.filter((need) => !isThere(need));
}

async function isDebian() {
  if (!existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(await readFile("/etc/os-release", "utf8"));
}

async function installPackages(missing) {
  say(`installing ${missing.map((need) => need.packages[0]).join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  if ((await show("apt-get", ["update", "-qq"], { env, output: "stderr" })) !== 0)
    throw new Stop("apt-get update failed");
  const packages = await Promise.all(missing.map(({ packages: names }) => firstKnown(names)));
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
  // apt says a line per file: it is only worth reading when it fails.
  const result = await capture("apt-get", install, { env });
  if (!result.ok) throw new Stop(`apt-get ${install.join(" ")} failed:\n${result.stderr.slice(-2000)}`);
}

async function firstKnown(names) {
  for (const name of names) {
    const { stdout } = await capture("apt-cache", ["policy", name]);
    if (/Candidate: (?!\(none\))/.test(stdout)) return name;
  }
  return names[0];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => ensureSystem("window", "tests", "compiler"));
}
