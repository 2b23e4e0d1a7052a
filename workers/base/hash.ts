/**
 * Words of an entry that has several values of a `hash64` field: it may equal any text and is always read again. A text
 * that hashes here is read again too, which costs a look and changes no answer.
 */
export const MANY_VALUES: Uint32Array = Uint32Array.of(0xffffffff, 0xffffffff);

export function hasManyValues(words: Uint32Array, entry: number): boolean {
  return words[2 * entry] === MANY_VALUES[0] && words[2 * entry + 1] === MANY_VALUES[1];
}

/**
 * Two independent 32-bit hashes of a text's UTF-16 units: the `hash64` column kind. Stored on disk, so it must never
 * change. 0 0 stands for "absent"; a text that hashes there is moved to 0 1.
 */
export function hash64(text: string, out: Uint32Array, at: number): void {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
    b ^= b >>> 15;
  }
  a = mix(a ^ text.length);
  b = mix(b + a);
  out[at] = a;
  out[at + 1] = a === 0 && b === 0 ? 1 : b;
}

/** The finishing steps of MurmurHash3 (public domain, A. Appleby). */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
