import zlib from "node:zlib";
import { Decompress } from "fzstd";
import { FaultError } from "../base/fault.ts";
import { corrupt } from "./inflate.ts";

const STEP_BYTES = 256 * 1024;
/** Electron 33 carries a Node whose zlib has no Zstandard. */
const HAS_ZSTD = typeof zlib.createZstdDecompress === "function";

/**
 * Expands the header and blocks of one frame. `offset` tells where its reader stands, for the fault
 * container.corrupt; faults of `blocks` go through. `hasZstd` false reads the way a runtime without it does.
 */
export function expandZstdFrame(
  blocks: AsyncIterable<Uint8Array>,
  name: string,
  offset: () => number,
  hasZstd = HAS_ZSTD,
): AsyncGenerator<Uint8Array> {
  return hasZstd ? withZlib(blocks, name, offset) : withFzstd(blocks, name, offset);
}

async function* withZlib(
  blocks: AsyncIterable<Uint8Array>,
  name: string,
  offset: () => number,
): AsyncGenerator<Uint8Array> {
  const expander = zlib.createZstdDecompress({ chunkSize: STEP_BYTES });
  const feeding = feed(blocks, expander);
  try {
    yield* expander as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (isOfZstd(error)) corrupt(name, offset(), error);
    throw error;
  } finally {
    expander.destroy();
    await feeding;
  }
}

async function feed(blocks: AsyncIterable<Uint8Array>, expander: zlib.ZstdDecompress): Promise<void> {
  try {
    for await (const block of blocks) {
      await write(expander, block);
      if (expander.destroyed) return;
    }
    expander.end();
  } catch (error) {
    expander.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Resolves when the block is consumed, or will never be because the stream closed. */
function write(expander: zlib.ZstdDecompress, block: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      expander.off("close", settle);
      resolve();
    };
    expander.once("close", settle);
    expander.write(block, settle);
  });
}

function isOfZstd(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
  return error.code.startsWith("ZSTD_") || error.code.startsWith("Z_");
}

async function* withFzstd(
  blocks: AsyncIterable<Uint8Array>,
  name: string,
  offset: () => number,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const expander = new Decompress((chunk) => void ready.push(chunk));
  for await (const block of blocks) {
    try {
      expander.push(block);
    } catch (error) {
      if (error instanceof FaultError) throw error;
      corrupt(name, offset(), error);
    }
    for (const chunk of ready.splice(0)) if (chunk.length > 0) yield chunk;
  }
}
