import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { path7za } from "7zip-bin";
import { creditsFile, prepare } from "../launch.mjs";
import { Stop, say } from "../runtime/output.mjs";
import { capture } from "../runtime/process.mjs";
import { checkout } from "../runtime.mjs";
import { describeFile, describeFolder } from "./artifacts.mjs";
import { configuration, flavours } from "./configuration.mjs";
import { buildDebian, debianIsPossible } from "./debian.mjs";

/**
 * Builds the artifacts of this system.
 * @param {{ flavour: keyof typeof flavours, folderOnly: boolean, quick: boolean }} request
 * @returns {Promise<{ output: string, unpacked: string, described: string[] }>} the folder of the artifacts, the
 *   unpacked app in it, and a sentence about each
 */
export async function buildPackage({ flavour: name, folderOnly, quick }) {
  const runtime = await prepare({ tests: false });
  const flavour = flavours[name];
  if (!existsSync(join(runtime.dist, creditsFile))) {
    throw new Stop(
      `${runtime.executable} lies apart from its licences (${creditsFile}); it cannot be packaged from there`,
    );
  }
  const output = join(checkout, "dist", flavour.name);
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const settings = join(output, "builder.json");
  await writeFile(settings, JSON.stringify(await configuration(checkout, runtime, flavour), undefined, 2));
  say(`packing the ${flavour.name} flavour with Electron ${runtime.version}`);
  await pack(settings, targets(folderOnly), quick);
  const described = [];
  const unpacked = join(output, await unpackedName(output));
  if (process.platform === "linux") {
    await chmod(join(unpacked, "bin", "exhibit"), 0o755);
    described.push(await describeFolder(unpacked));
    if (!folderOnly) described.push(...(await debian(unpacked, output, quick)));
  }
  await rm(settings);
  await rm(join(output, "builder-debug.yml"), { force: true });
  const files = (await readdir(output)).filter((file) => /\.(tar\.gz|deb|dmg|zip|exe)$/.test(file)).sort();
  for (const file of files) described.push(await describeFile(join(output, file)));
  return { output, unpacked, described };
}

const platformSwitch = { linux: "--linux", darwin: "--mac", win32: "--win" };

/** The folder comes with every target of Linux; elsewhere the configuration names what is built. */
function targets(folderOnly) {
  const platform = platformSwitch[process.platform];
  if (platform === undefined) throw new Stop(`Exhibit is not packaged for ${process.platform}`);
  if (folderOnly) return [platform, "dir"];
  return process.platform === "linux" ? [platform, "tar.gz"] : [platform];
}

async function pack(settings, platform, quick) {
  // The package comes without the right to run what is in it.
  await chmod(path7za, 0o755);
  const builder = join(checkout, "node_modules", "electron-builder", "cli.js");
  const env = {
    ...process.env,
    // Its own 7-Zip would come from a host that an offline network does not reach.
    ELECTRON_BUILDER_7ZIP_PATH: path7za,
    ...(quick ? { ELECTRON_BUILDER_COMPRESSION_LEVEL: "1" } : {}),
  };
  const args = [builder, ...platform, "--config", settings, "--publish", "never"];
  const run = await capture(process.execPath, args, { cwd: checkout, env });
  if (!run.ok) throw new Stop(`packing failed:\n${run.stdout}${run.stderr}`);
}

async function unpackedName(output) {
  const found = (await readdir(output)).find((name) => /-unpacked$|^mac/.test(name));
  if (found === undefined) throw new Stop("electron-builder left no unpacked folder");
  return found;
}

async function debian(unpacked, output, quick) {
  if (await debianIsPossible()) {
    const manifest = JSON.parse(await readFile(join(checkout, "package.json"), "utf8"));
    await buildDebian({ unpacked, output, manifest, quick });
    return [];
  }
  return [
    "No .deb was built: dpkg-deb is missing. Run `apt-get install dpkg` (or your system's dpkg) and start this again.",
  ];
}
