/**
 * Column segments are packed where that at least halves them: most original fields are absent from most entries. A
 * packed segment bears the codec (as of a block) in its width, 16 × codec above the bytes of a value, and its data
 * begin with a Uint32, the length unpacked.
 */
import { type Codec, compress, decompress } from "../base/codec.ts";
import { type Segment, SegmentError } from "./segment-codec.ts";

const CODEC_STEP = 16;
const HEAD = 4;
/** No segment is as long: 65,536 entries with a thousand list values each. */
const MAX_SEGMENT = 2 ** 28;
/** Too short to be worth it. */
const LEAST = 256;

type Packable = Pick<Segment, "width" | "data">;

export function packSegment({ width, data }: Packable): Packable {
  if (data.length < LEAST) return { width, data };
  const packed = compress(data);
  if (packed.data.length * 2 > data.length) return { width, data };
  const headed = new Uint8Array(HEAD + packed.data.length);
  new DataView(headed.buffer).setUint32(0, data.length, true);
  headed.set(packed.data, HEAD);
  return { width: width + packed.codec * CODEC_STEP, data: headed };
}

/** Bytes of a value, without the codec. */
export function valueWidth(width: number): number {
  return width % CODEC_STEP;
}

/** Throws a SegmentError for what cannot be unpacked. */
export function unpackSegment<Row extends Packable>(row: Row): Row {
  if (row.width < CODEC_STEP) return row;
  const codec = codecOf(row.width);
  const { data } = row;
  if (codec === undefined || data.length < HEAD) throw new SegmentError("a packed column segment is malformed");
  const length = new DataView(data.buffer, data.byteOffset, HEAD).getUint32(0, true);
  if (length > MAX_SEGMENT) throw new SegmentError("a packed column segment is too long");
  return { ...row, width: valueWidth(row.width), data: decompress(codec, data.subarray(HEAD), length) };
}

type Strings = { readonly pool: Uint8Array; readonly ends: Uint8Array };

/**
 * A stretch of a dictionary, packed where that saves a quarter. Each of the two parts then begins with its codec in a
 * byte and its length unpacked in a Uint32; that `ends` is not four bytes a string tells that it is packed.
 */
export function packStrings(n: number, { pool, ends }: Strings): Strings {
  const packed = { pool: packPart(pool), ends: packPart(ends) };
  const isWorth = (packed.pool.length + packed.ends.length) * 4 <= (pool.length + ends.length) * 3;
  return isWorth && packed.ends.length !== 4 * n ? packed : { pool, ends };
}

/** Throws a SegmentError for what cannot be unpacked. */
export function unpackStrings<Row extends Strings & { readonly n: number }>(row: Row): Row {
  if (row.ends.byteLength === 4 * row.n) return row;
  return { ...row, pool: unpackPart(row.pool), ends: unpackPart(row.ends) };
}

function packPart(bytes: Uint8Array): Uint8Array {
  const { codec, data } = compress(bytes);
  const part = new Uint8Array(1 + HEAD + data.length);
  part[0] = codec;
  new DataView(part.buffer).setUint32(1, bytes.length, true);
  part.set(data, 1 + HEAD);
  return part;
}

function unpackPart(part: Uint8Array): Uint8Array {
  const codec = part[0];
  if (part.length <= HEAD || (codec !== 0 && codec !== 1 && codec !== 2))
    throw new SegmentError("a dictionary segment is malformed");
  const length = new DataView(part.buffer, part.byteOffset, part.byteLength).getUint32(1, true);
  if (length > MAX_SEGMENT) throw new SegmentError("a dictionary segment is too long");
  // A copy, since what is read as numbers must lie at a multiple of four.
  return decompress(codec, new Uint8Array(part.subarray(1 + HEAD)), length);
}

function codecOf(width: number): Codec | undefined {
  const codec = Math.floor(width / CODEC_STEP);
  return codec === 1 || codec === 2 ? codec : undefined;
}
