/** One header block of a tar: ustar (POSIX 1003.1-2017, pax), GNU tar 1.35 and the old form without a magic. */
import { utf8Text } from "../base/bytes.ts";

export const TAR_BLOCK = 512;

export interface TarHeader {
  /** Prefix and name, as the header itself has them. */
  readonly name: string;
  readonly link: string;
  readonly size: number;
  /** Seconds since 1970 UTC. */
  readonly mtime: number | undefined;
  /** The type flag as a character; "0" for the NUL of old archives. */
  readonly type: string;
  /** An old GNU sparse file whose map goes on in blocks of its own. */
  readonly hasMoreMap: boolean;
}

/** Whether the block's sum is right, whatever else it says: bytes as unsigned or, in very old archives, as signed. */
export function hasHeaderSum(block: Uint8Array): boolean {
  const written = octal(block.subarray(148, 156));
  if (block.length < TAR_BLOCK || written === undefined || block[0] === 0) return false;
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < TAR_BLOCK; at++) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] as number);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return written === unsigned || written === signed;
}

/** `ustar` at 257, in the forms of POSIX and GNU. */
export function hasMagic(block: Uint8Array): boolean {
  return [0x75, 0x73, 0x74, 0x61, 0x72].every((byte, at) => block[257 + at] === byte);
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** undefined when the sum is wrong or the size is no number. */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  const size = number(block.subarray(124, 136));
  if (!hasHeaderSum(block) || size === undefined || size > Number.MAX_SAFE_INTEGER) return undefined;
  const isPosix = hasMagic(block) && block[262] === 0;
  const prefix = isPosix ? text(block.subarray(345, 500)) : "";
  const name = text(block.subarray(0, 100));
  const flag = block[156] as number;
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    link: text(block.subarray(157, 257)),
    size,
    mtime: number(block.subarray(136, 148)),
    type: flag === 0 ? "0" : String.fromCharCode(flag),
    hasMoreMap: block[482] === 1,
  };
}

/** Up to the first NUL; bytes that are no UTF-8 are shown escaped. */
export function text(field: Uint8Array): string {
  const end = field.indexOf(0);
  return utf8Text(end < 0 ? field : field.subarray(0, end));
}

/** Octal digits, or big-endian binary where the first bit is set (GNU, for what octal cannot hold). */
function number(field: Uint8Array): number | undefined {
  const first = field[0] as number;
  if ((first & 0x80) === 0) return octal(field);
  if ((first & 0x40) !== 0) return undefined;
  return field.reduce((sum, byte, at) => sum * 256 + (at === 0 ? byte & 0x3f : byte), 0);
}

/** Digits between blanks, ended by a blank or NUL; an empty field is 0. */
function octal(field: Uint8Array): number | undefined {
  const found = /^[ \0]*([0-7]*)[ \0]/.exec(`${Buffer.from(field).toString("latin1")}\0`);
  return found === null ? undefined : Number.parseInt(found[1] === "" ? "0" : (found[1] ?? "0"), 8);
}

/** Records of a pax header, `length key=value\n`; undefined when they are damaged. */
export function readPax(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    if (blank < 0 || blank - at > 9) return undefined;
    const digits = Buffer.from(bytes.subarray(at, blank)).toString("latin1");
    const end = at + Number(digits);
    if (!/^\d+$/.test(digits) || end <= blank || end > bytes.length || bytes[end - 1] !== 0x0a) return undefined;
    const equals = bytes.indexOf(0x3d, blank);
    if (equals < 0 || equals >= end) return undefined;
    records.set(utf8Text(bytes.subarray(blank + 1, equals)), utf8Text(bytes.subarray(equals + 1, end - 1)));
    at = end;
  }
  return records;
}
