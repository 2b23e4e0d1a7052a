import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configuration, flavours } from "../../build/package/configuration.mjs";

const runtime = {
  source: "installed",
  executable: "/e/electron",
  dist: "/e",
  version: "45.4.1",
  appArguments: [],
} as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "exhibit-configuration-"));
  await mkdir(join(folder, "out", "main"), { recursive: true });
  await writeFile(
    join(folder, "out", "main", "engine.js"),
    `import{a}from"needed";\nconst b=await import("@scope/late/part.js");\nconst c="react";`,
  );
  const dependencies = { needed: "1", "@scope/late": "1", react: "1" };
  await writeFile(join(folder, "package.json"), JSON.stringify({ dependencies }));
  const packages = {
    "": { dependencies },
    "node_modules/needed": { dependencies: { below: "1" } },
    "node_modules/needed/node_modules/below": {},
    "node_modules/@scope/late": {},
    "node_modules/react": { dependencies: { scheduler: "1" } },
    "node_modules/scheduler": {},
  };
  await writeFile(join(folder, "package-lock.json"), JSON.stringify({ packages }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("what electron-builder is told", () => {
  test("only packages that main's side loads go along, with those they need", async () => {
    const { files } = await configuration(folder, runtime, flavours.release);
    expect(files).toContain("!node_modules/react/**");
    expect(files).toContain("!node_modules/scheduler/**");
    expect(files.filter((one) => /needed|below|late/.test(one))).toEqual([]);
  });

  test("a release is hardened; only the flavour of the tests can be inspected", async () => {
    const release = await configuration(folder, runtime, flavours.release);
    const tested = await configuration(folder, runtime, flavours.test);
    expect(release.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(tested.electronFuses).toEqual({ ...release.electronFuses, enableNodeCliInspectArguments: true });
  });

  test("macOS and Windows get their forms, cases belong to Exhibit, nothing is published", async () => {
    const told = await configuration(folder, runtime, flavours.release);
    expect(told.mac).toMatchObject({ target: ["dmg", "zip"], hardenedRuntime: true });
    expect(told.win).toMatchObject({ target: ["nsis", "portable"] });
    expect(told.nsis).toMatchObject({ oneClick: false, perMachine: false });
    expect(told.fileAssociations).toMatchObject([{ ext: "exhibit" }]);
    expect(told.publish).toBeNull();
  });

  test("an Electron that cannot load the shipped SQLite gets its own, and none of the others", async () => {
    const shipped = await configuration(folder, runtime, flavours.release);
    const own = await configuration(folder, { ...runtime, sqliteBinding: "/b/sqlite.node" }, flavours.release);
    expect(shipped.extraFiles.some(({ to }) => to.endsWith(".node"))).toBe(false);
    expect(own.extraFiles).toContainEqual({ from: "/b/sqlite.node", to: "resources/native/better_sqlite3.node" });
    expect(own.files).toContain("!node_modules/better-sqlite3/prebuilds/*");
    expect(shipped.files).toContain(
      `!node_modules/better-sqlite3/prebuilds/!(${process.platform}-${process.arch}.node)`,
    );
  });
});
