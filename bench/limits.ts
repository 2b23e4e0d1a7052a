/** Limits of this machine, measured in the same run: plain loops, no product code. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import zlib from "node:zlib";

const CHUNK = 1 << 20;

function eachChunk(file: string, take: (chunk: Uint8Array) => void): void {
  const handle = openSync(file, "r");
  const buffer = new Uint8Array(CHUNK);
  try {
    for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer)) take(buffer.subarray(0, read));
  } finally {
    closeSync(handle);
  }
}

/** L.hash: read and SHA-256. */
export function limitHash(file: string): void {
  const hash = createHash("sha256");
  eachChunk(file, (chunk) => hash.update(chunk));
  hash.digest();
}

/** L.zip: zstd level 1 in blocks of 128 KiB (deflate level 1 where zlib has no zstd), reading included. */
export function limitZip(file: string): void {
  const hasZstd = typeof zlib.zstdCompressSync === "function";
  const block = 1 << 17;
  eachChunk(file, (chunk) => {
    for (let at = 0; at < chunk.length; at += block) {
      const part = chunk.subarray(at, at + block);
      if (hasZstd) zlib.zstdCompressSync(part, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } });
      else zlib.deflateRawSync(part, { level: 1 });
    }
  });
}

/** L.skim: read, split lines, walk the bytes and keep the offsets of separators. */
export function limitSkim(file: string): number {
  const offsets = new Uint32Array(CHUNK);
  let found = 0;
  eachChunk(file, (chunk) => {
    let at = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (byte === 0x20 || byte === 0x22 || byte === 0x3a || byte === 0x0a || byte === 0x3d) offsets[at++] = i;
    }
    found += at;
  });
  return found;
}

/** L.col: count equal values in a Uint16Array(n). */
export function limitColumn(values: Uint16Array): Uint32Array {
  const counts = new Uint32Array(65_536);
  for (let i = 0; i < values.length; i++) counts[values[i] as number] = (counts[values[i] as number] as number) + 1;
  return counts;
}

/** L.load: read as many bytes as the loaded columns have. */
export function prepareLoad(file: string, bytes: number): void {
  writeFileSync(file, new Uint8Array(bytes));
}
export function limitLoad(file: string): number {
  return readFileSync(file).length;
}
