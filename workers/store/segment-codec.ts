/** Bytes of column segments (migrations/0001-initial.ts describes them) to typed arrays and back. */
import type { Codes } from "../query/columns.ts";

type SegmentKind = "dict" | "list" | "int" | "time" | "bits" | "hash64";

export interface Segment {
  readonly kind: SegmentKind;
  readonly n: number;
  /** Bytes of one value. */
  readonly width: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly data: Uint8Array;
}

export class SegmentError extends Error {}

export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

export function widthFor(largest: number): 1 | 2 | 4 {
  return largest <= 0xff ? 1 : largest <= 0xffff ? 2 : 4;
}

export function newCodes(length: number, width: number): Codes {
  return width === 1 ? new Uint8Array(length) : width === 2 ? new Uint16Array(length) : new Uint32Array(length);
}

/** The values in the least width that holds them all. */
export function narrowed(values: Codes): Codes {
  const width = widthFor(largestOf(values));
  if (width === values.BYTES_PER_ELEMENT) return values;
  const narrow = newCodes(values.length, width);
  narrow.set(values);
  return narrow;
}

/** `bytes` seen as numbers of `width`; copied only where they are not aligned. */
export function codesIn(bytes: Uint8Array, width: number, count: number): Codes {
  if (bytes.byteLength !== count * width) throw new SegmentError("a column segment has the wrong length");
  if (width === 1) return bytes;
  const aligned = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
  if (width === 2) return new Uint16Array(aligned.buffer, aligned.byteOffset, count);
  if (width === 4) return new Uint32Array(aligned.buffer, aligned.byteOffset, count);
  throw new SegmentError("a column segment has an unknown width");
}

export function encodeInts(kind: "int" | "bits", values: Codes): Segment {
  const codes = narrowed(values);
  return { kind, n: codes.length, width: codes.BYTES_PER_ELEMENT, ...rangeOf(codes), data: bytesOf(codes) };
}

export function encodeTimes(values: Float64Array): Segment {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const range = max < min ? { min: undefined, max: undefined } : { min, max };
  return { kind: "time", n: values.length, width: 8, ...range, data: bytesOf(values) };
}

export function encodeDict(values: Codes): Segment {
  return {
    kind: "dict",
    n: values.length,
    width: values.BYTES_PER_ELEMENT,
    ...presentRange(values),
    data: bytesOf(values),
  };
}

export function encodeList(ends: Uint32Array, codes: Codes): Segment {
  const data = new Uint8Array(ends.byteLength + codes.byteLength);
  data.set(bytesOf(ends));
  data.set(bytesOf(codes), ends.byteLength);
  return { kind: "list", n: ends.length, width: codes.BYTES_PER_ELEMENT, ...rangeOf(codes), data };
}

export function encodeHash(words: Uint32Array): Segment {
  return { kind: "hash64", n: words.length / 2, width: 8, min: undefined, max: undefined, data: bytesOf(words) };
}

export function decodeTimes(segment: Segment): Float64Array {
  if (segment.kind !== "time" || segment.data.byteLength !== segment.n * 8) {
    throw new SegmentError("a time segment has the wrong length");
  }
  const bytes = segment.data.byteOffset % 8 === 0 ? segment.data : new Uint8Array(segment.data);
  return new Float64Array(bytes.buffer, bytes.byteOffset, segment.n);
}

export interface ListValues {
  readonly ends: Uint32Array;
  readonly codes: Codes;
}

export function decodeList(segment: Segment): ListValues {
  const split = segment.n * 4;
  if (split > segment.data.byteLength) throw new SegmentError("a list segment is too short");
  const ends = codesIn(segment.data.subarray(0, split), 4, segment.n) as Uint32Array;
  let last = 0;
  for (const end of ends) {
    if (end < last) throw new SegmentError("a list segment is out of order");
    last = end;
  }
  return { ends, codes: codesIn(segment.data.subarray(split), segment.width, last) };
}

export function decodeCodes(segment: Segment): Codes {
  return codesIn(segment.data, segment.width, segment.n);
}

export function decodeHash(segment: Segment): Uint32Array {
  return codesIn(segment.data, 4, segment.n * 2) as Uint32Array;
}

function largestOf(values: Codes): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i] as number);
  return largest;
}

type Range = Pick<Segment, "min" | "max">;

function rangeOf(values: Codes): Range {
  if (values.length === 0) return { min: undefined, max: undefined };
  let min = 0xffffffff;
  let max = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** Range of the codes that are present, as codes from 0. */
function presentRange(values: Codes): Range {
  let min = 0xffffffff;
  let max = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value === 0) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return max === 0 ? { min: undefined, max: undefined } : { min: min - 1, max: max - 1 };
}

const KINDS: readonly string[] = ["dict", "list", "int", "time", "bits", "hash64"] satisfies SegmentKind[];

/** A row of a case that may be forged, as a segment of at most `capacity` entries. */
export function checkedSegment(
  row: { readonly kind: string; readonly n: number; readonly width: number; readonly data: Uint8Array },
  capacity: number,
): Segment {
  const isSound = KINDS.includes(row.kind) && Number.isInteger(row.n) && row.n >= 0 && row.n <= capacity;
  if (!isSound || !(row.data instanceof Uint8Array)) throw new SegmentError("a column segment is malformed");
  const { n, width, data } = row;
  return { kind: row.kind as SegmentKind, n, width, min: undefined, max: undefined, data };
}
