import { isCancellation } from "../base/abort.ts";
import { faultOf } from "../base/fault.ts";
import { asideOf } from "./asides.ts";
import { HEAD_BYTES } from "./detect.ts";
import { type IdentityFile, MAX_IDENTITY_BYTES, readIdentityFile } from "./identity.ts";
import { openSource } from "./read.ts";

/** The passwd and group files among plain files. What cannot be read is told when it is imported. */
export async function identitiesIn(paths: readonly string[]): Promise<readonly IdentityFile[]> {
  const found: IdentityFile[] = [];
  for (const path of paths) {
    const file = await identityOf(path);
    if (file !== undefined) found.push(file);
  }
  return found;
}

async function identityOf(path: string): Promise<IdentityFile | undefined> {
  try {
    const file = await openSource(path);
    try {
      const head = await file.readAt(0, HEAD_BYTES);
      const kind = asideOf(head, file.size <= HEAD_BYTES)?.kind;
      if (kind !== "passwd" && kind !== "group") return undefined;
      return readIdentityFile(kind, path.replaceAll("\\", "/"), await file.readAt(0, MAX_IDENTITY_BYTES));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (faultOf(error) === undefined || isCancellation(error)) throw error;
    return undefined;
  }
}
