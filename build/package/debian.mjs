/* The .deb, laid out by hand and packed by dpkg-deb: the tools of electron-builder for it want a download. */
import { chmod, cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Stop } from "../runtime/output.mjs";
import { capture } from "../runtime/process.mjs";
import { checkout } from "../runtime.mjs";
import { sizes } from "./icon.mjs";

const architectures = { x64: "amd64", arm64: "arm64" };

// Debian 13 and Ubuntu 24.04 renamed two of them.
const depends = [
  "libasound2 | libasound2t64",
  "libgbm1",
  "libgtk-3-0 | libgtk-3-0t64",
  "libnss3",
  "libdrm2",
  "libxss1",
  "libxtst6",
];

export async function debianIsPossible() {
  return (await capture("dpkg-deb", ["--version"])).ok;
}

/**
 * @param {{ unpacked: string, output: string, quick: boolean,
 *   manifest: { name: string, version: string, description: string } }} request
 * @returns {Promise<string>} the package's file
 */
export async function buildDebian({ unpacked, output, manifest, quick }) {
  const architecture = architectures[process.arch];
  if (architecture === undefined) throw new Stop(`no .deb is made for ${process.arch}`);
  const stage = join(output, "deb");
  try {
    await layOut(stage, unpacked);
    await put(join(stage, "DEBIAN", "control"), await control(manifest, architecture, unpacked));
    const file = join(output, `${manifest.name}_${manifest.version}_${architecture}.deb`);
    const compression = quick ? ["-Zgzip", "-z1"] : ["-Zxz", "-z6"];
    const args = ["--root-owner-group", ...compression, "--build", stage, file];
    const run = await capture("dpkg-deb", args);
    if (!run.ok) throw new Stop(`dpkg-deb failed:\n${run.stderr}`);
    return file;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

async function layOut(stage, unpacked) {
  const app = join(stage, "opt", "Exhibit");
  await mkdir(join(stage, "usr", "bin"), { recursive: true });
  await cp(unpacked, app, { recursive: true, verbatimSymlinks: true });
  // Where the kernel gives no namespaces to users, Chromium's sandbox needs this helper to belong to root, and to act so.
  await chmod(join(app, "chrome-sandbox"), 0o4755);
  await symlink("/opt/Exhibit/bin/exhibit", join(stage, "usr", "bin", "exhibit"));
  const share = join(stage, "usr", "share");
  await put(join(share, "applications", "exhibit.desktop"), desktopEntry);
  await put(join(share, "mime", "packages", "exhibit.xml"), mimeType);
  await put(join(share, "doc", "exhibit", "copyright"), await copyright());
  for (const size of sizes) {
    const png = join(checkout, "build", "icon", `${size}x${size}.png`);
    await copyTo(png, join(share, "icons", "hicolor", `${size}x${size}`, "apps", "exhibit.png"));
  }
  await copyTo(
    join(checkout, "build", "icon", "icon.svg"),
    join(share, "icons", "hicolor", "scalable", "apps", "exhibit.svg"),
  );
  await openFolders(stage);
}

const desktopEntry = `[Desktop Entry]
Type=Application
Name=Exhibit
GenericName=Audit evidence viewer
Comment=Opens audit logs as collected and accounts for every byte
Exec=/opt/Exhibit/bin/exhibit %f
Icon=exhibit
Terminal=false
StartupWMClass=Exhibit
MimeType=application/vnd.exhibit.case;
Categories=Utility;Security;
Keywords=audit;log;evidence;auditd;forensics;
`;

const mimeType = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/vnd.exhibit.case">
    <comment>Exhibit case</comment>
    <icon name="exhibit"/>
    <sub-class-of type="application/vnd.sqlite3"/>
    <glob pattern="*.exhibit"/>
    <magic priority="60">
      <match type="string" offset="0" value="SQLite format 3">
        <match type="string" offset="68" value="EXH1"/>
      </match>
    </magic>
  </mime-type>
</mime-info>
`;

async function control({ name, version, description }, architecture, unpacked) {
  const kilobytes = Math.ceil((await sizeOf(unpacked)) / 1024);
  const [synopsis = ""] = description.split(":");
  return `Package: ${name}
Version: ${version}
Architecture: ${architecture}
Maintainer: The authors of Exhibit <exhibit@localhost>
Installed-Size: ${kilobytes}
Depends: ${depends.join(", ")}
Section: utils
Priority: optional
Description: ${synopsis}
 Exhibit opens audit dumps, exported archives and Linux audit logs exactly as
 they were collected, accounts for every byte of them, and shows one searchable
 timeline. It never uses the network and never changes a source.
`;
}

async function copyright() {
  const licence = await readFile(join(checkout, "LICENSE"), "utf8");
  return `Exhibit is licensed under the Apache License 2.0, below. The licences of all that is in it are listed in the
program (About Exhibit); those of Chromium also in /opt/Exhibit/LICENSES.chromium.html.

${licence}`;
}

async function sizeOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizesOfFiles = await Promise.all(files.map(async (one) => (await stat(join(one.parentPath, one.name))).size));
  return sizesOfFiles.reduce((sum, size) => sum + size, 0);
}

async function put(file, text) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode: 0o644 });
}

async function copyTo(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
}

/** The modes of a usual system, whatever the umask of the one who builds. */
async function openFolders(stage) {
  const entries = await readdir(stage, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  for (const folder of [stage, ...folders]) await chmod(folder, 0o755);
}
