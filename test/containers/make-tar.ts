export interface TarPart {
  readonly name: string;
  readonly data?: Uint8Array | string;
  /** Type flag; "0" without. */
  readonly type?: string;
  readonly link?: string;
  readonly mtime?: number;
  readonly prefix?: string;
  /** What the header claims; without it, the length of `data`. */
  readonly size?: number | "binary";
  /** "old": no magic at all. */
  readonly form?: "posix" | "gnu" | "old";
  readonly isBroken?: boolean;
  /** Bytes put into the header where they say. */
  readonly patch?: Readonly<Record<number, number>>;
}

/** Two empty blocks, which close a tar. */
const TAR_END = Buffer.alloc(1024);

/** Blocks of a tar as the formats draw them, lies included; without its end. */
export function tarParts(parts: readonly TarPart[]): Buffer {
  return Buffer.concat(parts.map(tarPart));
}

export function makeTar(parts: readonly TarPart[]): Buffer {
  return Buffer.concat([tarParts(parts), TAR_END]);
}

function tarPart(part: TarPart): Buffer {
  const data = Buffer.from(part.data ?? "");
  const header = Buffer.alloc(512);
  header.write(part.name, 0, 100);
  header.write("0000644\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  writeSize(header, part.size ?? data.length, data.length);
  header.write(`${(part.mtime ?? 0).toString(8).padStart(11, "0")}\0`, 136);
  header.write("        ", 148);
  header.write(part.type ?? "0", 156);
  header.write(part.link ?? "", 157, 100);
  if (part.form === "gnu") header.write("ustar  \0", 257);
  else if (part.form !== "old") header.write("ustar\x0000", 257);
  header.write(part.prefix ?? "", 345, 155);
  for (const [at, byte] of Object.entries(part.patch ?? {})) header[Number(at)] = byte;
  const sum = header.reduce((total, byte) => total + byte, part.isBroken === true ? 1 : 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

function writeSize(header: Buffer, size: number | "binary", real: number): void {
  if (size !== "binary") {
    header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
    return;
  }
  header[124] = 0x80;
  header.writeUIntBE(real, 130, 6);
}

/** A pax header: each record begins with its own length. */
export function pax(records: Readonly<Record<string, string>>, type: "x" | "g" = "x"): TarPart {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    let length = rest + String(rest).length;
    if (String(length).length > String(rest).length) length = rest + String(length).length;
    return `${length} ${key}=${value}\n`;
  });
  return { name: "PaxHeaders/x", type, data: lines.join("") };
}
