/**
 * Token signatures of blocks: 65,536 bits, two bits a distinct token. A token is a run of ASCII letters and digits,
 * lower-cased, and bytes from 0x80 up. The rule is stored on disk in every signature and must never change; word
 * search uses the same tokens, so a block whose signature lacks a bit cannot hold the word.
 */
export const SIGNATURE_BYTES = 8192;

/** Class of each byte: 0 ends a token, else the byte as it counts. */
const CLASS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const isDigit = byte >= 48 && byte <= 57;
  const isLower = byte >= 97 && byte <= 122;
  const isUpper = byte >= 65 && byte <= 90;
  CLASS[byte] = isUpper ? byte + 32 : isDigit || isLower || byte >= 128 ? byte : 0;
}

/** The lower-cased byte where it is part of a token, else 0. */
export function tokenByte(byte: number): number {
  return CLASS[byte] as number;
}

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

export function addTokens(signature: Uint8Array, bytes: Uint8Array, from = 0, to = bytes.length): void {
  let hash = SEED;
  let inside = false;
  for (let i = from; i < to; i++) {
    const c = CLASS[bytes[i] as number] as number;
    if (c !== 0) {
      hash = Math.imul(hash ^ c, PRIME);
      inside = true;
    } else if (inside) {
      setBits(signature, hash);
      hash = SEED;
      inside = false;
    }
  }
  if (inside) setBits(signature, hash);
}

/** Bit positions, two a token, of every token in the text as UTF-8. */
export function tokenBits(bytes: Uint8Array): Uint16Array {
  const bits: number[] = [];
  let hash = SEED;
  let inside = false;
  for (let i = 0; i <= bytes.length; i++) {
    const c = i < bytes.length ? (CLASS[bytes[i] as number] as number) : 0;
    if (c !== 0) {
      hash = Math.imul(hash ^ c, PRIME);
      inside = true;
    } else if (inside) {
      bits.push(firstBit(hash), secondBit(hash));
      hash = SEED;
      inside = false;
    }
  }
  return Uint16Array.from(bits);
}

export function hasBits(signature: Uint8Array, bits: Uint16Array): boolean {
  for (const bit of bits) {
    if (((signature[bit >>> 3] as number) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function setBits(signature: Uint8Array, hash: number): void {
  const a = firstBit(hash);
  const b = secondBit(hash);
  signature[a >>> 3] = (signature[a >>> 3] as number) | (1 << (a & 7));
  signature[b >>> 3] = (signature[b >>> 3] as number) | (1 << (b & 7));
}

function firstBit(hash: number): number {
  return (hash ^ (hash >>> 15)) & 0xffff;
}
function secondBit(hash: number): number {
  return (Math.imul(hash, 0x85ebca6b) >>> 13) & 0xffff;
}
