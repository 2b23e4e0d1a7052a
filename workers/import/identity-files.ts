import { isCancellation } from "../base/abort.ts";
import { faultOf } from "../base/fault.ts";
import { asideOf } from "./asides.ts";
import { HEAD_BYTES } from "./detect.ts";
import { MAX_IDENTITY_BYTES, readIdentityFile } from "./identity.ts";
import { openSource } from "./read.ts";
import { type BesideFile, MAX_SETTINGS_BYTES, readSettingsFile } from "./settings-file.ts";

/** The passwd and group files and the settings among plain files. What cannot be read is told when it is imported. */
export async function identitiesIn(paths: readonly string[]): Promise<readonly BesideFile[]> {
  const found: BesideFile[] = [];
  for (const path of paths) {
    const file = await identityOf(path);
    if (file !== undefined) found.push(file);
  }
  return found;
}

async function identityOf(path: string): Promise<BesideFile | undefined> {
  try {
    const file = await openSource(path);
    try {
      const head = await file.readAt(0, HEAD_BYTES);
      const kind = asideOf(head, file.size <= HEAD_BYTES)?.kind;
      const place = path.replaceAll("\\", "/");
      if (kind === "settings")
        return readSettingsFile(place, await file.readAt(0, MAX_SETTINGS_BYTES), Math.round(file.mtime * 1000));
      if (kind !== "passwd" && kind !== "group") return undefined;
      return readIdentityFile(kind, place, await file.readAt(0, MAX_IDENTITY_BYTES));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (faultOf(error) === undefined || isCancellation(error)) throw error;
    return undefined;
  }
}
