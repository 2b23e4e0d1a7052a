import { fault } from "../base/fault.ts";
import type { Fault } from "../contract.ts";

/** Containers that are known by their first bytes and not opened (formats/containers.md, section 1). */
const KNOWN: readonly { readonly title: string; readonly magic: readonly number[] }[] = [
  { title: "an LZ4 file", magic: [0x04, 0x22, 0x4d, 0x18] },
  { title: "a RAR archive", magic: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { title: "a Windows cabinet (CAB)", magic: [0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0] },
];

/** The fault of a container that Exhibit does not open, or undefined when the bytes are none of those. */
export function unsupportedContainer(head: Uint8Array, name: string): Fault | undefined {
  const found = KNOWN.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
  if (found === undefined) return undefined;
  return fault(
    "container.unsupported",
    `${name} is ${found.title}, which is not supported.`,
    "Expand it with another program and import what comes out.",
  );
}
