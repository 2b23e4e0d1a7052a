/** tar, read front to back: ustar, pax, GNU and the old form. What is no plain file is listed and never followed. */
import { fault, raise } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import { ByteReader } from "./byte-reader.ts";
import type { ByteSource, Container, ContainedMember, Opening } from "./container.ts";
import { GO_ON } from "./expansion-meter.ts";
import { truncated } from "./inflate.ts";
import { unsafePathFault } from "./member-path.ts";
import {
  hasHeaderSum,
  hasMagic,
  isZeroBlock,
  readPax,
  readTarHeader,
  TAR_BLOCK,
  type TarHeader,
  text,
} from "./tar-header.ts";

/** Names and pax records are short; what is longer is damage or worse. */
const MOST_META_BYTES = 1024 * 1024;

export const tar: Container = {
  id: "tar",
  title: "tar archive",
  access: "stream",
  claims: (head) => head.length >= TAR_BLOCK && (hasHeaderSum(head.subarray(0, TAR_BLOCK)) || isDamagedTar(head)),
  members: (source, opening) => new TarReader(source, opening).members(),
};

/** A first header that is damaged does not hide that it is a tar. */
function isDamagedTar(head: Uint8Array): boolean {
  return hasMagic(head) && /^(?:\u000000|  \0)/.test(Buffer.from(head.subarray(262, 265)).toString("latin1"));
}

/** What headers in front of a member's own say of it. */
interface Extra {
  readonly path?: string;
  readonly link?: string;
  readonly size?: number;
  readonly mtime?: number;
  readonly isSparse?: boolean;
  readonly isDamaged?: boolean;
}

class TarReader {
  readonly #name: string;
  readonly #input: ByteReader;
  readonly #opening: Opening;
  #count = 0;
  /** What a pax header for all that follows says. */
  #all: Extra = {};

  constructor(source: ByteSource, opening: Opening) {
    this.#name = source.name;
    this.#input = new ByteReader(source.stream(opening.signal));
    this.#opening = opening;
  }

  async *members(): AsyncGenerator<ContainedMember> {
    try {
      yield* this.#members();
    } finally {
      await this.#input.close();
    }
  }

  async *#members(): AsyncGenerator<ContainedMember> {
    let extra: Extra = {};
    let isEnded = false;
    for (;;) {
      const start = this.#input.offset;
      const block = await this.#input.take(TAR_BLOCK);
      if (block.length === 0) break;
      if (block.length < TAR_BLOCK && isZeroBlock(block)) break;
      if (block.length < TAR_BLOCK) return cut(this.#name, start);
      if (isZeroBlock(block)) {
        isEnded = true;
        continue;
      }
      const header = readTarHeader(block);
      if (header === undefined) {
        if (isEnded) return this.#foreign(start);
        yield await this.#resync(start);
        extra = {};
        continue;
      }
      isEnded = false;
      if (isMeta(header)) {
        extra = await this.#readMeta(header, extra);
        continue;
      }
      yield* this.#member(header, { ...this.#all, ...extra }, start);
      extra = {};
    }
    if (!isEnded) unended(this.#name, this.#input.offset);
  }

  async *#member(header: TarHeader, extra: Extra, start: number): AsyncGenerator<ContainedMember> {
    if (++this.#count > this.#opening.limits.members) tooMany(this.#name, this.#opening.limits.members);
    if (header.type === "S" && header.hasMoreMap) await this.#skipMap();
    const size = await this.#dataSize(header, extra);
    const path = plainPath(extra.path ?? header.name);
    const problem = obstacle(header, extra, path, start);
    const mtime = extra.mtime ?? header.mtime;
    const data = new MemberData(this.#input, size, path);
    yield {
      path,
      size,
      ...(mtime === undefined || mtime === 0 ? {} : { modified: Math.trunc(mtime * 1e6) }),
      problem,
      open: () => data.read(),
    };
    if (!(await data.skip())) cut(this.#name, this.#input.offset);
  }

  /** Links and devices have no data, whatever their size says; some writers put a file's data behind a hard link. */
  async #dataSize({ type, size }: TarHeader, extra: Extra): Promise<number> {
    const real = extra.size ?? size;
    if ("23456V".includes(type)) return 0;
    if (type !== "1" || real === 0) return real;
    const next = await this.#input.peek(TAR_BLOCK);
    return hasHeaderSum(next) || isZeroBlock(next) ? 0 : real;
  }

  async #readMeta({ type, size }: TarHeader, before: Extra): Promise<Extra> {
    if (size > MOST_META_BYTES) damagedMeta(this.#name, this.#input.offset);
    const bytes = await this.#input.take(size);
    const padding = paddingOf(size);
    if (bytes.length < size || (await this.#input.skip(padding)) < padding) return cut(this.#name, this.#input.offset);
    if (type === "L") return { ...before, path: text(bytes) };
    if (type === "K") return { ...before, link: text(bytes) };
    const found = paxExtra(bytes);
    if (type !== "g") return { ...before, ...found };
    this.#all = { ...this.#all, ...found };
    return before;
  }

  async #skipMap(): Promise<void> {
    for (;;) {
      const block = await this.#input.take(TAR_BLOCK);
      if (block.length < TAR_BLOCK) return cut(this.#name, this.#input.offset);
      if (block[504] !== 1) return;
    }
  }

  /** Goes on to the next header that is sound, and lists what was passed over. */
  async #resync(start: number): Promise<ContainedMember> {
    for (;;) {
      const block = await this.#input.peek(TAR_BLOCK);
      const isSound = hasHeaderSum(block) && readTarHeader(block) !== undefined;
      if (block.length < TAR_BLOCK || isSound || isZeroBlock(block)) break;
      await this.#input.skip(TAR_BLOCK);
    }
    const length = this.#input.offset - start;
    return {
      path: `(damaged at byte ${start})`,
      size: length,
      problem: fault(
        "container.corrupt",
        `A header in ${this.#name} is damaged at byte ${start}; ${length} bytes were passed over up to the next sound one.`,
        "Fetch a fresh copy of the archive; the members around are read.",
        { offset: start },
      ),
      open: () => raise("container.corrupt", "A damaged header has no data.", "Fetch a fresh copy of the archive."),
    };
  }

  #foreign(offset: number): never {
    return raise(
      "container.corrupt",
      `Bytes that are not tar follow the end of ${this.#name} at byte ${offset}.`,
      "What came before is complete; look at the rest of the file by itself if it should hold more.",
      { offset },
    );
  }
}

/** The data of one member in the stream of all. */
class MemberData {
  readonly #input: ByteReader;
  readonly #path: string;
  readonly #size: number;
  #left: number;
  #isEnd = false;

  constructor(input: ByteReader, size: number, path: string) {
    this.#input = input;
    this.#size = size;
    this.#left = size;
    this.#path = path;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    while (this.#left > 0) {
      const chunk = await this.#input.next();
      if (chunk === undefined) {
        this.#isEnd = true;
        truncated(this.#path, this.#size - this.#left);
      }
      const own = chunk.subarray(0, this.#left);
      this.#input.giveBack(chunk.subarray(own.length));
      this.#left -= own.length;
      yield own;
    }
  }

  /** To the next header; false when the archive ends first. */
  async skip(): Promise<boolean> {
    const wanted = this.#left + paddingOf(this.#size);
    return !this.#isEnd && (await this.#input.skip(wanted)) === wanted;
  }
}

function paddingOf(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

/** `tar -C folder .` puts `./` before every name. */
function plainPath(path: string): string {
  const plain = path.replace(/^(?:\.\/+)+/, "");
  return plain === "" ? path : plain;
}

/** GNU long names, and the headers of pax (`X` is Solaris' spelling of `x`). */
function isMeta({ type }: TarHeader): boolean {
  return "LKxgX".includes(type);
}

function paxExtra(bytes: Uint8Array): Extra {
  const records = readPax(bytes);
  if (records === undefined) return { isDamaged: true };
  const path = records.get("GNU.sparse.name") ?? records.get("path");
  const link = records.get("linkpath");
  const size = Number(records.get("size") ?? Number.NaN);
  const mtime = Number(records.get("mtime") ?? Number.NaN);
  const isSparse = [...records.keys()].some((key) => key.startsWith("GNU.sparse."));
  return {
    ...(path === undefined ? {} : { path }),
    ...(link === undefined ? {} : { link }),
    ...(Number.isSafeInteger(size) && size >= 0 ? { size } : {}),
    ...(Number.isFinite(mtime) ? { mtime } : {}),
    ...(isSparse ? { isSparse } : {}),
  };
}

/** What the type flag says, for those that are not a plain file. */
const KINDS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  "1": ["another name (hard link) of", "Import the member that it names."],
  "2": ["a link to", "Import what it points to."],
  "3": ["a device", "A device has no bytes to import."],
  "4": ["a device", "A device has no bytes to import."],
  "5": ["a folder", "Its files are listed by themselves."],
  "6": ["a pipe", "A pipe has no bytes to import."],
  D: ["the list of a folder", "Its files are listed by themselves."],
  M: ["the rest of a file that begins in another archive", "Join the parts with tar -M and import the result."],
  N: ["a list of long names of a very old tar", "Expand it with another program and import the files."],
  S: ["a file with holes (sparse)", "Expand it with GNU tar and import the file."],
  V: ["the label of the archive", "A label has no bytes to import."],
};

function obstacle(header: TarHeader, extra: Extra, path: string, start: number): Fault | undefined {
  const unsafe = unsafePathFault(path);
  if (unsafe !== undefined) return unsafe;
  const name = JSON.stringify(path);
  const kind = extra.isSparse === true ? "S" : header.type;
  const known = KINDS[kind];
  if (known !== undefined) {
    const link = extra.link ?? header.link;
    const target = kind === "1" || kind === "2" ? ` ${JSON.stringify(link)}` : "";
    const isFile = "SMN".includes(kind);
    return fault(
      isFile ? "container.unsupported" : "source.not-a-file",
      `The member ${name} is ${known[0]}${target}; it was not opened.`,
      known[1],
    );
  }
  if (path.endsWith("/") && header.type === "0") {
    return fault(
      "source.not-a-file",
      `The member ${name} is a folder; it was not opened.`,
      "Its files are listed by themselves.",
    );
  }
  if (/[A-Z]/.test(header.type)) {
    return fault(
      "container.unsupported",
      `The member ${name} is of the kind ${header.type}, which only the program that wrote it knows.`,
      "Expand the archive with that program and import the files.",
    );
  }
  if (extra.isDamaged !== true) return undefined;
  return fault(
    "container.corrupt",
    `The header in front of ${name} is damaged (byte ${start}), so its name and size are not sure; it was not opened.`,
    "Fetch a fresh copy of the archive and import that.",
    { offset: start },
  );
}

function cut(name: string, offset: number): never {
  return raise(
    "container.truncated",
    `The tar archive ${name} is cut at byte ${offset}; members behind that are missing.`,
    "Fetch a complete copy and import it; the members before were read.",
    { offset },
  );
}

function unended(name: string, offset: number): never {
  return raise(
    "container.truncated",
    `The tar archive ${name} has no end mark at byte ${offset}: it may have been cut between two members.`,
    "Compare its list with the original; all members that are there were read.",
    { offset },
  );
}

function damagedMeta(name: string, offset: number): never {
  return raise(
    "container.corrupt",
    `A header of the tar archive ${name} near byte ${offset} claims a name or attributes of more than 1 MiB.`,
    "Fetch a fresh copy of the archive and import that.",
    { offset },
  );
}

function tooMany(name: string, limit: number): never {
  return raise("container.too-large", `${name} lists more than ${limit} members.`, GO_ON);
}
