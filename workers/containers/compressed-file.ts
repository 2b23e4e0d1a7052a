/** One file behind a compressor, without a name of its own: gzip, bzip2, xz, zstd. */
import { throwIfCancelled } from "../base/abort.ts";
import { fault } from "../base/fault.ts";
import type { Fault } from "../contract.ts";
import { ByteReader } from "./byte-reader.ts";
import { CheckFailed, type Container, type ExpansionLimits } from "./container.ts";
import { ExpansionMeter } from "./expansion-meter.ts";

/** Enough for the header of any of them. */
const HEAD_BYTES = 64;

export interface Compression {
  readonly id: string;
  readonly title: string;
  /** Endings of compressed files, and what stands in their place when expanded: `.tgz` holds a `.tar`. */
  readonly endings: Readonly<Record<string, string>>;
  /** Pure, by magic bytes. */
  claims(head: Uint8Array): boolean;
  /** µs since 1970 UTC, where the first bytes say when the file was changed. */
  modified?(head: Uint8Array): number | undefined;
  /**
   * What comes out, in chunks of at most a few MB. Returns what is wrong though all came out (a checksum, bytes that
   * follow); throws container.truncated or container.corrupt where the data go wrong.
   */
  decode(input: ByteReader, name: string): AsyncGenerator<Uint8Array, Fault | undefined>;
}

export function compressedFile(compression: Compression): Container {
  const { id, title } = compression;
  return {
    id,
    title,
    access: "stream",
    isOneFile: true,
    claims: (head) => compression.claims(head),
    async *members(source, { limits, signal }) {
      const input = new ByteReader(source.stream(signal));
      try {
        const { bytes: head } = await input.peekSome(HEAD_BYTES);
        const modified = compression.modified?.(head);
        yield {
          path: expandedName(source.name, compression.endings),
          size: undefined,
          ...(modified === undefined ? {} : { modified }),
          problem: undefined,
          open: (own) => expand(compression, source.name, input, limits, own),
        };
      } finally {
        await input.close();
      }
    },
  };
}

/** `audit.log.gz` holds `audit.log`, `logs.tgz` holds `logs.tar`; other names stay. */
export function expandedName(name: string, endings: Readonly<Record<string, string>>): string {
  const at = name.lastIndexOf(".");
  const instead = at > 0 ? endings[name.slice(at).toLowerCase()] : undefined;
  return instead === undefined ? name : name.slice(0, at) + instead;
}

async function* expand(
  compression: Compression,
  name: string,
  input: ByteReader,
  limits: ExpansionLimits,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const meter = new ExpansionMeter(limits, name);
  const chunks = compression.decode(input, name);
  let isOver = false;
  try {
    for (;;) {
      const step = await chunks.next();
      throwIfCancelled(signal);
      if (step.done === true) {
        isOver = true;
        if (step.value !== undefined) throw new CheckFailed(step.value);
        return;
      }
      meter.add(step.value.length, input.offset);
      yield step.value;
    }
  } finally {
    if (!isOver) await chunks.return(undefined);
    await input.close();
  }
}

export function checksumWrong(name: string, offset: number): Fault {
  return fault(
    "container.corrupt",
    `The checksum of ${name} does not match what came out of it.`,
    "The entries are kept and flagged; compare with another copy before relying on them.",
    { offset },
  );
}

export function trailing(name: string, title: string, offset: number): Fault {
  return fault(
    "container.corrupt",
    `Bytes that are not ${title} follow the compressed data of ${name} from byte ${offset}.`,
    "What came before is complete; look at the rest of the file by itself if it should hold more.",
    { offset },
  );
}

/** Reads to the end; false when anything but zeros was left. Tapes and some writers fill a file up with zeros. */
export async function restIsZero(input: ByteReader): Promise<boolean> {
  for (let chunk = await input.next(); chunk !== undefined; chunk = await input.next()) {
    if (chunk.some((byte) => byte !== 0)) return false;
  }
  return true;
}
