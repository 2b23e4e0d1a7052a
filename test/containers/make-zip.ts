import { crc32, deflateRawSync } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly data?: Uint8Array;
  readonly stored?: boolean;
  /** What the archive claims, where it lies. */
  readonly crc?: number;
  readonly size?: number;
  readonly localName?: string;
  /** Name as the archive has it, where that is no UTF-8. */
  readonly rawName?: Uint8Array;
  /** Extra fields of the directory. */
  readonly extra?: Uint8Array;
  readonly flags?: number;
  readonly method?: number;
  /** Sizes and checksum stand behind the data, with a mark, without one, or in 64 bits. */
  readonly streamed?: "marked" | "bare" | "long";
  /** Unix mode in the external attributes. */
  readonly mode?: number;
}

/** A zip as APPNOTE.TXT draws it, lies included: what no archiver would write. */
export function makeZip(parts: readonly ZipPart[], prefix: Uint8Array = new Uint8Array(0)): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const made = makePart(part, offset);
    body.push(made.local);
    directory.push(made.central);
    offset += made.local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([prefix, ...body, central, end]);
}

function makePart(part: ZipPart, offset: number): { readonly local: Buffer; readonly central: Buffer } {
  const data = part.data ?? new Uint8Array(0);
  const packed = part.stored === true ? Buffer.from(data) : deflateRawSync(data);
  const name = Buffer.from(part.rawName ?? Buffer.from(part.name));
  const localName = Buffer.from(part.rawName ?? Buffer.from(part.localName ?? part.name));
  const extra = Buffer.from(part.extra ?? []);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  const streamed = part.streamed === undefined ? 0 : 8;
  shared.writeUInt16LE((part.flags ?? 0) | streamed | (part.rawName === undefined ? 0x800 : 0), 2);
  shared.writeUInt16LE(part.method ?? (part.stored === true ? 0 : 8), 4);
  shared.writeUInt16LE(0x21, 8);
  shared.writeUInt32LE(part.crc ?? crc32(data), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(part.size ?? data.length, 18);
  const localHead = Buffer.from(shared);
  if (streamed !== 0) localHead.fill(0, 10, 22);
  localHead.writeUInt16LE(localName.length, 22);
  const behind = descriptor(part.streamed, shared.subarray(10, 22));
  const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), localHead, localName, packed, behind]);
  const centralHead = Buffer.from(shared);
  centralHead.writeUInt16LE(name.length, 22);
  centralHead.writeUInt16LE(extra.length, 24);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((part.mode ?? 0) << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  const madeBy = Buffer.from([20, 3]);
  return {
    local,
    central: Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), madeBy, centralHead, tail, name, extra]),
  };
}

/** `told`: checksum, packed size, size. */
function descriptor(kind: ZipPart["streamed"], told: Buffer): Buffer {
  const mark = Buffer.from("PK\x07\x08", "latin1");
  const high = Buffer.alloc(4);
  if (kind === undefined) return Buffer.alloc(0);
  if (kind === "bare") return Buffer.from(told);
  if (kind === "marked") return Buffer.concat([mark, told]);
  return Buffer.concat([mark, told.subarray(0, 8), high, told.subarray(8), high]);
}
