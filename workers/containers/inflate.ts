import { createInflateRaw, type InflateRaw } from "node:zlib";
import { FaultError, raise } from "../base/fault.ts";
import type { ByteReader } from "./byte-reader.ts";

/** Larger steps save hops to zlib's thread; a sink sees at most this much at a time. */
const STEP_BYTES = 256 * 1024;
/** What zlib makes of a piece in which the data go wrong is lost, so pieces are small. */
const FEED_BYTES = 32 * 1024;

/**
 * Expands one deflate stream and leaves the reader at the first byte after it. Faults: container.truncated when the
 * input ends first, container.corrupt when it is no deflate; both with the offset in the reader's bytes.
 */
export async function* inflateRaw(input: ByteReader, what: string): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: STEP_BYTES });
  const feeding = feed(input, inflate);
  try {
    yield* inflate as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw explained(error, what, input.offset);
  } finally {
    inflate.destroy();
    await feeding;
  }
}

/** zlib's own multi-stream handling hides where a stream ends; feeding chunk by chunk shows what it left over. */
async function feed(input: ByteReader, inflate: InflateRaw): Promise<void> {
  try {
    for (;;) {
      const whole = await input.next();
      if (inflate.destroyed) return;
      if (whole === undefined) {
        inflate.end();
        return;
      }
      const chunk = whole.subarray(0, FEED_BYTES);
      input.giveBack(whole.subarray(FEED_BYTES));
      const before = inflate.bytesWritten;
      await write(inflate, chunk);
      const used = inflate.bytesWritten - before;
      if (used < chunk.length) {
        input.giveBack(chunk.subarray(used));
        return;
      }
    }
  } catch (error) {
    inflate.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Resolves when the chunk is consumed, or will never be because the stream closed. */
function write(inflate: InflateRaw, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      inflate.off("close", settle);
      resolve();
    };
    inflate.once("close", settle);
    inflate.write(chunk, settle);
  });
}

function explained(error: unknown, what: string, offset: number): unknown {
  if (error instanceof FaultError || !(error instanceof Error)) return error;
  const code = "code" in error ? error.code : undefined;
  if (code === "Z_BUF_ERROR") return caught(() => truncated(what, offset, error));
  if (typeof code === "string" && code.startsWith("Z_")) return caught(() => corrupt(what, offset, error));
  return error;
}

function caught(work: () => never): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

export function truncated(what: string, offset: number, cause?: unknown): never {
  return raise(
    "container.truncated",
    `The data of ${what} end too early, at byte ${offset}.`,
    "Fetch a complete copy and import it; what was read before is kept.",
    { offset },
    cause,
  );
}

export function corrupt(what: string, offset: number, cause?: unknown): never {
  return raise(
    "container.corrupt",
    `The compressed data of ${what} are damaged near byte ${offset}.`,
    "Fetch a fresh copy and import it; what was read before is kept.",
    { offset },
    cause,
  );
}
