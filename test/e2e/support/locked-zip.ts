import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, configure } from "@zip.js/zip.js";

configure({ useWebWorkers: false });

export interface LockedFile {
  readonly from: string;
  readonly comment?: string;
}

/** Writes an archive whose members are encrypted with AES-256 under one password. */
export async function writeLockedZip(to: string, files: readonly LockedFile[], password: string): Promise<void> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { password, encryptionStrength: 3 });
  for (const { from, comment = "" } of files) {
    await writer.add(basename(from), new Uint8ArrayReader(await readFile(from)), { comment });
  }
  await writeFile(to, await writer.close());
}
