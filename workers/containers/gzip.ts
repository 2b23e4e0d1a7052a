/** gzip, RFC 1952: one or more compressed members back to back make one file. */
import { crc32 } from "node:zlib";
import type { Fault } from "../contract.ts";
import type { ByteReader } from "./byte-reader.ts";
import { checksumWrong, compressedFile, restIsZero, trailing } from "./compressed-file.ts";
import type { Container } from "./container.ts";
import { corrupt, inflateRaw, truncated } from "./inflate.ts";

/** Header flags, RFC 1952 section 2.3.1. */
const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;
const DEFLATE = 8;

export const gzip: Container = compressedFile({
  id: "gzip",
  title: "gzip",
  endings: { ".gz": "", ".tgz": ".tar" },
  claims: (head) => head[0] === 0x1f && head[1] === 0x8b && head[2] === DEFLATE,
  modified: (head) => {
    if (head.length < 8) return undefined;
    const seconds = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true);
    return seconds === 0 ? undefined : seconds * 1e6;
  },
  decode,
});

async function* decode(input: ByteReader, name: string): AsyncGenerator<Uint8Array, Fault | undefined> {
  let damage: Fault | undefined;
  for (;;) {
    await readHeader(input, name);
    const wrong = yield* expandMember(input, name);
    damage ??= wrong;
    const magic = await input.peek(2);
    if (magic.length === 0) return damage;
    if (magic[0] === 0x1f && magic[1] === 0x8b) continue;
    const end = input.offset;
    if (!(await restIsZero(input))) damage ??= trailing(name, "gzip", end);
    return damage;
  }
}

/** One gzip member; returns what its trailer says is wrong. */
async function* expandMember(input: ByteReader, name: string): AsyncGenerator<Uint8Array, Fault | undefined> {
  let crc = 0;
  let size = 0;
  for await (const chunk of inflateRaw(input, name)) {
    crc = crc32(chunk, crc);
    size += chunk.length;
    yield chunk;
  }
  const trailer = await input.take(8);
  if (trailer.length < 8) return truncated(name, input.offset);
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
  const isSound = view.getUint32(0, true) === crc && view.getUint32(4, true) === size % 2 ** 32;
  return isSound ? undefined : checksumWrong(name, input.offset - 8);
}

async function readHeader(input: ByteReader, name: string): Promise<void> {
  const start = input.offset;
  const head = await input.take(10);
  if (head.length < 10) truncated(name, input.offset);
  if (head[2] !== DEFLATE) corrupt(name, start + 2);
  const flags = head[3] as number;
  if ((flags & FLAG_EXTRA) !== 0) {
    const size = await input.take(2);
    await skip(input, (size[0] ?? 0) + (size[1] ?? 0) * 256, name);
  }
  if ((flags & FLAG_NAME) !== 0) await skipText(input, name);
  if ((flags & FLAG_COMMENT) !== 0) await skipText(input, name);
  if ((flags & FLAG_HEADER_CRC) !== 0) await skip(input, 2, name);
}

async function skip(input: ByteReader, length: number, name: string): Promise<void> {
  if ((await input.skip(length)) < length) truncated(name, input.offset);
}

/** A NUL-terminated text; only its end is wanted, so that a member without one costs no memory. */
async function skipText(input: ByteReader, name: string): Promise<void> {
  for (let chunk = await input.next(); chunk !== undefined; chunk = await input.next()) {
    const end = chunk.indexOf(0);
    if (end < 0) continue;
    input.giveBack(chunk.subarray(end + 1));
    return;
  }
  truncated(name, input.offset);
}
