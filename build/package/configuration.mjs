/** What electron-builder is told. `build/package.mjs` adds which Electron and which flavour. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { shippedPackages } from "./shipped-packages.mjs";

/**
 * @typedef {object} Flavour
 * @property {string} name of the folder below dist/
 * @property {boolean} isInspectable whether Playwright may drive the app through Node's inspector: never in a release
 */

/** @type {Readonly<Record<"release" | "test", Flavour>>} */
export const flavours = {
  release: { name: "release", isInspectable: false },
  test: { name: "test", isInspectable: true },
};

const samples = { from: "samples", to: "samples", filter: ["auditd/*", "binalyze-air/*", "!**/*.md"] };

const caseFile = {
  ext: "exhibit",
  name: "Exhibit case",
  description: "Case of the Exhibit evidence viewer",
  mimeType: "application/vnd.exhibit.case",
  role: "Editor",
  icon: "build/icon/icon",
};

/**
 * @param {string} checkout
 * @param {import("../runtime.mjs").Runtime} runtime the Electron to ship, with its own SQLite where it needs one
 * @param {Flavour} flavour
 */
export async function configuration(checkout, runtime, flavour) {
  return {
    appId: "dev.exhibit.viewer",
    productName: "Exhibit",
    copyright: "The authors of Exhibit, Apache-2.0",
    directories: { output: join(checkout, "dist", flavour.name), buildResources: "build/icon" },
    electronVersion: runtime.version,
    electronDist: runtime.dist,
    // Binaries for every platform come with the packages; nothing is compiled or fetched here.
    npmRebuild: false,
    nodeGypRebuild: false,
    publish: null,
    asar: true,
    asarUnpack: ["**/*.node"],
    files: await filesOf(checkout, runtime),
    extraResources: [samples],
    extraFiles: [
      { from: "LICENSE", to: "LICENSE.txt" },
      ...(runtime.sqliteBinding ? [{ from: runtime.sqliteBinding, to: "resources/native/better_sqlite3.node" }] : []),
      ...(process.platform === "linux" ? [{ from: "build/package/exhibit.sh", to: "bin/exhibit" }] : []),
    ],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: flavour.isInspectable,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    },
    fileAssociations: [caseFile],
    artifactName: "${name}-${version}-${os}-${arch}.${ext}",
    linux: {
      target: ["dir"],
      executableName: "exhibit",
      category: "Utility",
      icon: "build/icon",
      synopsis: "Viewer for audit evidence",
    },
    mac: {
      target: ["dmg", "zip"],
      category: "public.app-category.utilities",
      icon: "build/icon/icon.icns",
      hardenedRuntime: true,
      darkModeSupport: true,
    },
    win: { target: ["nsis", "portable"], icon: "build/icon/icon.ico" },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      artifactName: "${name}-${version}-setup.${ext}",
    },
    portable: { artifactName: "${name}-${version}-portable.${ext}" },
  };
}

/** The built files, and of the packages only what main's side loads by name: the page's are already in its bundle. */
async function filesOf(checkout, runtime) {
  const loaded = await shippedPackages(checkout, await packagesLoaded(checkout));
  const others = (await shippedPackages(checkout)).filter((path) => !loaded.includes(path));
  // A SQLite of its own takes the place of all those that come with the package.
  const binaries = runtime.sqliteBinding ? "*" : `!(${process.platform}-${process.arch}.node)`;
  return [
    "out/{main,preload,renderer}/**",
    "build/icon/256x256.png",
    "package.json",
    "!**/*.map",
    "!**/*.md",
    ...others.map((path) => `!${path}/**`),
    "!node_modules/node-addon-api/**",
    "!node_modules/better-sqlite3/{src,deps,build,binding.gyp}",
    "!node_modules/better-sqlite3/{src,deps,build}/**",
    `!node_modules/better-sqlite3/prebuilds/${binaries}`,
  ];
}

/** Packages that the built main process, engine and workers import by name. */
async function packagesLoaded(checkout) {
  const folder = join(checkout, "out", "main");
  const manifest = JSON.parse(await readFile(join(checkout, "package.json"), "utf8"));
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return Object.keys(manifest.dependencies).filter((name) =>
    texts.some((text) => new RegExp(`(?:from|import|import\\(|require\\()\\s*["']${name}(?:/[^"']*)?["']`).test(text)),
  );
}
