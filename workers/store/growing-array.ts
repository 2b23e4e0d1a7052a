export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/**
 * The same values with room for `length` of them, the new ones 0. Where the buffer behind `array` has room, the result
 * is a longer view of it: what older views show never changes, because stored values never do.
 */
export function extended<T extends Numbers>(array: T, length: number): T {
  if (length <= array.length) return array;
  const create = array.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => T;
  if (length * array.BYTES_PER_ELEMENT <= array.buffer.byteLength - array.byteOffset) {
    return new create(array.buffer, array.byteOffset, length);
  }
  // The first load is exact; a case that grows while it is open gets an eighth in advance.
  const room = array.length === 0 ? length : length + (length >>> 3) + 1024;
  const wide = new create(new ArrayBuffer(room * array.BYTES_PER_ELEMENT), 0, length);
  wide.set(array);
  return wide;
}
