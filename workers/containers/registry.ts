import { bzip2 } from "./bzip2.ts";
import type { Container } from "./container.ts";
import { gzip } from "./gzip.ts";
import { plain } from "./plain.ts";
import { sevenZip } from "./sevenzip.ts";
import { tar } from "./tar.ts";
import { xz } from "./xz.ts";
import { zip } from "./zip.ts";
import { zstd } from "./zstd.ts";

/** Containers by their first bytes; `plain` stands last, for what no other claims. */
export const containers: readonly Container[] = [gzip, zip, sevenZip, bzip2, xz, zstd, tar, plain];

/** The container that these first bytes (and, of a whole file, last bytes) belong to; never by name. */
export function containerOf(head: Uint8Array, tail?: Uint8Array): Container {
  const byHead = containers.find((container) => container.claims(head));
  if (byHead !== undefined) return byHead;
  const byTail = tail === undefined ? undefined : containers.find((container) => container.claimsTail?.(tail) === true);
  return byTail ?? plain;
}
