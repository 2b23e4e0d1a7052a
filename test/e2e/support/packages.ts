import { join } from "node:path";

/** What `npm run test:packaged` has built. */
export interface Packages {
  /** The folder of the artifacts. */
  readonly output: string;
  /** The unpacked app of the flavour that is handed to people. */
  readonly unpacked: string;
  readonly executable: string;
  /** The command that starts it, or one of its sub-commands. */
  readonly command: string;
}

/** The packages under test. Throws where none were built: the specs that ask run only by `npm run test:packaged`. */
export function packages(): Packages {
  const line = process.env["EXHIBIT_PACKAGES"];
  if (line === undefined) throw new Error("start these tests by npm run test:packaged");
  // The line is written by our own build script a moment ago, not by anyone else.
  const { output, unpacked } = JSON.parse(line) as { output: string; unpacked: string };
  return { output, unpacked, executable: join(unpacked, "exhibit"), command: join(unpacked, "bin", "exhibit") };
}
