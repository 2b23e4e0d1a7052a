/** A log in a zip in a tar.gz, written as it is made: neither the log nor the zip is ever held in memory. */
import { once } from "node:events";
import { createReadStream, createWriteStream, rmSync, statSync } from "node:fs";
import { Readable, Transform, Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw, createGzip } from "node:zlib";
import type { Expected } from "./generate.ts";

type Generate = (to: string | Writable, n: number) => Promise<Expected>;

/** Writes at least `bytes` of the log; answers what was made. */
export async function writeNested(file: string, member: string, generate: Generate, bytes: number): Promise<Expected> {
  const zip = `${file}.zip`;
  const expected = await writeZip(zip, member, generate, await linesFor(generate, bytes));
  await pipeline(Readable.from(tarOf(zip, "inner.zip")), createGzip({ level: 1 }), createWriteStream(file));
  rmSync(zip);
  return expected;
}

const SAMPLE_LINES = 50_000;

async function linesFor(generate: Generate, bytes: number): Promise<number> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const sample = await generate(nowhere, SAMPLE_LINES);
  return Math.ceil((bytes / sample.bytes) * SAMPLE_LINES * 1.01);
}

async function writeZip(file: string, name: string, generate: Generate, n: number): Promise<Expected> {
  const out = createWriteStream(file);
  out.write(Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), header(name, 0, 0, 0), Buffer.from(name)]));
  let crc = 0;
  let packed = 0;
  const summed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      crc = crc32(chunk, crc);
      done(undefined, chunk);
    },
  });
  const deflate = createDeflateRaw({ level: 1 });
  deflate.on("data", (chunk: Buffer) => {
    packed += chunk.length;
    if (!out.write(chunk)) {
      deflate.pause();
      out.once("drain", () => deflate.resume());
    }
  });
  summed.pipe(deflate);
  const [expected] = await Promise.all([generate(summed, n), finished(deflate)]);
  const local = 30 + Buffer.byteLength(name) + packed;
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc, 0);
  sizes.writeUInt32LE(packed, 4);
  sizes.writeUInt32LE(expected.bytes, 8);
  const descriptor = Buffer.concat([Buffer.from("PK\x07\x08", "latin1"), sizes]);
  const start = Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), Buffer.from([20, 3])]);
  const central = Buffer.concat([
    start,
    header(name, crc, packed, expected.bytes),
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local + descriptor.length, 16);
  out.end(Buffer.concat([descriptor, central, end]));
  await once(out, "finish");
  return expected;
}

/** What the local header and the directory share: sizes in a descriptor, deflated, 1980-01-01. */
function header(name: string, crc: number, packed: number, size: number): Buffer {
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(0x808, 2);
  shared.writeUInt16LE(8, 4);
  shared.writeUInt16LE(0x21, 8);
  shared.writeUInt32LE(crc, 10);
  shared.writeUInt32LE(packed, 14);
  shared.writeUInt32LE(size, 18);
  shared.writeUInt16LE(Buffer.byteLength(name), 22);
  return shared;
}

const BLOCK = 512;

async function* tarOf(file: string, name: string): AsyncGenerator<Uint8Array> {
  const { size } = statSync(file);
  const head = Buffer.alloc(BLOCK);
  head.write(name, 0);
  head.write("0000644\0", 100);
  head.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  head.write("00000000000\0        0", 136);
  head.write("ustar\x0000", 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  yield head;
  yield* createReadStream(file);
  yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  yield Buffer.alloc(2 * BLOCK);
}
