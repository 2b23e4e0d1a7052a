import { buffer } from "node:stream/consumers";
import { openPromise } from "yauzl";

/** Files of a ZIP by name, by a reader that is not ours: no writer judges itself. */
export async function unzipped(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await openPromise(path);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return files;
}
