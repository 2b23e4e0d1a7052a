/*
 * npm run package: builds what is handed to people, into dist/release: on Linux the unpacked folder, a tar.gz and a .deb,
 * on macOS dmg and zip, on Windows an installer and a portable program.
 *
 *   -- --test       the flavour that the tests drive, into dist/test
 *   -- --folder     only the unpacked folder
 *   -- --quick      the least compression
 *
 * Prints one sentence an artifact: file, size, sha256.
 */
import { parseArgs } from "node:util";
import { buildPackage } from "./package/build-package.mjs";
import { runScript } from "./runtime/output.mjs";

await runScript(async () => {
  const { values } = parseArgs({
    options: { test: { type: "boolean" }, folder: { type: "boolean" }, quick: { type: "boolean" } },
  });
  const { described } = await buildPackage({
    flavour: values.test ? "test" : "release",
    folderOnly: values.folder ?? false,
    quick: values.quick ?? false,
  });
  for (const sentence of described) process.stdout.write(`${sentence}\n`);
});
