/** gzip, RFC 1952: one or more compressed members back to back make one file. */
import { crc32 } from "node:zlib";
import { throwIfCancelled } from "../base/abort.ts";
import { fault } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import { ByteReader } from "./byte-reader.ts";
import { CheckFailed, type ByteSource, type Container, type ExpansionLimits } from "./container.ts";
import { ExpansionMeter } from "./expansion-meter.ts";
import { corrupt, inflateRaw, truncated } from "./inflate.ts";

/** Header flags, RFC 1952 section 2.3.1. */
const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;
const DEFLATE = 8;

export const gzip: Container = {
  id: "gzip",
  title: "gzip",
  access: "stream",
  claims: (head) => head[0] === 0x1f && head[1] === 0x8b && head[2] === DEFLATE,
  async *members(source, { limits }) {
    yield {
      path: expandedName(source.name),
      size: undefined,
      problem: undefined,
      open: (signal) => expand(source, limits, signal),
    };
  },
};

/** `audit.log.gz` holds `audit.log`, `logs.tgz` holds `logs.tar`; other names stay. */
export function expandedName(name: string): string {
  if (/\.tgz$/i.test(name)) return `${name.slice(0, -3)}tar`;
  return name.length > 3 && /\.gz$/i.test(name) ? name.slice(0, -3) : name;
}

async function* expand(source: ByteSource, limits: ExpansionLimits, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const input = new ByteReader(source.stream(signal));
  const meter = new ExpansionMeter(limits, source.name);
  let damage: Fault | undefined;
  try {
    for (;;) {
      await readHeader(input, source.name);
      const wrong = yield* expandMember(input, meter, source.name, signal);
      damage ??= wrong;
      const magic = await input.peek(2);
      if (magic.length === 0) break;
      if (magic[0] !== 0x1f || magic[1] !== 0x8b) {
        damage ??= trailing(source.name, input.offset);
        break;
      }
    }
  } finally {
    await input.close();
  }
  if (damage !== undefined) throw new CheckFailed(damage);
}

/** One gzip member; returns what its trailer says is wrong. */
async function* expandMember(
  input: ByteReader,
  meter: ExpansionMeter,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, Fault | undefined> {
  const before = meter.out;
  let crc = 0;
  for await (const chunk of inflateRaw(input, name)) {
    throwIfCancelled(signal);
    crc = crc32(chunk, crc);
    meter.add(chunk.length, input.offset);
    yield chunk;
  }
  const trailer = await input.take(8);
  if (trailer.length < 8) return truncated(name, input.offset);
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
  const isSound = view.getUint32(0, true) === crc && view.getUint32(4, true) === (meter.out - before) % 2 ** 32;
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
  if ((await input.take(length)).length < length) truncated(name, input.offset);
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

function checksumWrong(name: string, offset: number): Fault {
  return fault(
    "container.corrupt",
    `The checksum of ${name} does not match what came out of it.`,
    "The entries are kept and flagged; compare with another copy before relying on them.",
    { offset },
  );
}

function trailing(name: string, offset: number): Fault {
  return fault(
    "container.corrupt",
    `Bytes that are not gzip follow the compressed data of ${name} from byte ${offset}.`,
    "What came before is complete; look at the rest of the file by itself if it should hold more.",
    { offset },
  );
}
