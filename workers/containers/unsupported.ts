import { fault } from "../base/fault.ts";
import type { Fault } from "../contract.ts";

/** Containers that are known by their first bytes and not opened (formats/containers.md, section 1). */
const KNOWN: readonly { readonly title: string; readonly offset: number; readonly magic: readonly number[] }[] = [
  { title: "bzip2", offset: 0, magic: [0x42, 0x5a, 0x68] },
  { title: "xz", offset: 0, magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { title: "Zstandard", offset: 0, magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { title: "LZ4", offset: 0, magic: [0x04, 0x22, 0x4d, 0x18] },
  { title: "7z", offset: 0, magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { title: "RAR", offset: 0, magic: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { title: "Windows cabinet", offset: 0, magic: [0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0] },
  { title: "tar", offset: 257, magic: [0x75, 0x73, 0x74, 0x61, 0x72] },
];

/** The fault of a container that this version cannot open, or undefined when the bytes are none of those. */
export function unsupportedContainer(head: Uint8Array, name: string): Fault | undefined {
  const found = KNOWN.find(({ offset, magic }) => magic.every((byte, at) => head[offset + at] === byte));
  if (found === undefined || (found.title === "bzip2" && !isBzip2Level(head[3]))) return undefined;
  return fault(
    "container.unsupported",
    `${name} is a ${found.title} archive, which this version does not open.`,
    "Expand it with another program and import what comes out; later versions will open it.",
  );
}

/** `BZh` is also how a text could start; the level digit follows in every bzip2 file. */
function isBzip2Level(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x31 && byte <= 0x39;
}
