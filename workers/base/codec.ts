/**
 * How the bytes of a block are packed in a case file. A case written on a machine whose zlib has zstd is read on one
 * that has not (Electron 33 carries Node 20), so reading never depends on it.
 */
import zlib from "node:zlib";
import { decompress as decompressZstd } from "fzstd";
import type { BlockPart } from "./batch.ts";
import { raise } from "./fault.ts";

export type Codec = BlockPart["codec"];
export interface Packed {
  readonly codec: Codec;
  readonly data: Uint8Array;
}

const HAS_ZSTD = typeof zlib.zstdCompressSync === "function";
/** zstd level 1 packs twice as fast as deflate level 1, and tighter (storage.md). */
export const WRITE_CODEC: Codec = HAS_ZSTD ? 2 : 1;

/** The bytes packed with `codec`, or stored as they are when packing gains nothing. */
export function compress(raw: Uint8Array, codec: Codec = WRITE_CODEC): Packed {
  const data = pack(raw, codec);
  return data.length < raw.length ? { codec, data } : { codec: 0, data: new Uint8Array(raw) };
}

function pack(raw: Uint8Array, codec: Codec): Uint8Array {
  switch (codec) {
    case 0:
      return raw;
    case 1:
      return own(zlib.deflateRawSync(raw, { level: 1 }));
    case 2:
      return own(zlib.zstdCompressSync(raw, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } }));
  }
}

/** Bytes alone in their buffer, so that they can be transferred (`Buffer.slice` would only be another view). */
function own(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/**
 * The raw bytes of a block; a block that does not unpack to exactly `rawLength` is the fault `store.corrupt`.
 * `hasZstd` false reads zstd the way a runtime without it does.
 */
export function decompress(codec: Codec, data: Uint8Array, rawLength: number, hasZstd = HAS_ZSTD): Uint8Array {
  let raw: Uint8Array;
  try {
    raw = unpack(codec, data, rawLength, hasZstd);
  } catch (error) {
    return corrupt(error);
  }
  return raw.length === rawLength ? raw : corrupt(undefined);
}

function unpack(codec: Codec, data: Uint8Array, rawLength: number, hasZstd: boolean): Uint8Array {
  const limit = { maxOutputLength: Math.max(rawLength, 1) };
  switch (codec) {
    case 0:
      return data;
    case 1:
      return zlib.inflateRawSync(data, limit);
    case 2:
      return hasZstd ? zlib.zstdDecompressSync(data, limit) : decompressZstd(data, new Uint8Array(rawLength));
  }
}

function corrupt(cause: unknown): never {
  return raise(
    "store.corrupt",
    "A block of the case file cannot be unpacked.",
    "Open a copy of the case, or import the sources again.",
    {},
    cause,
  );
}
