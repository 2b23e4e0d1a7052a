/** LZMA2 (`lzma2_decoder.c` of xz 5, public domain): chunks of LZMA or of bytes as they are, over one dictionary. */
import type { ByteReader } from "./byte-reader.ts";
import { corrupt, truncated } from "./inflate.ts";
import { LzmaHistory } from "./lzma-history.ts";
import { BadLzma, LzmaDecoder, propertiesOf } from "./lzma.ts";

/** What a chunk of LZMA2 expands to, at most. */
const CHUNK_BYTES = 2 ** 21;

/** Expands to the end mark. Faults: container.truncated, container.corrupt, with the offset in the reader's bytes. */
export async function* expandLzma2(input: ByteReader, dictionary: number, name: string): AsyncGenerator<Uint8Array> {
  const window = new LzmaHistory(dictionary, CHUNK_BYTES);
  const decoder = new LzmaDecoder();
  /** What must come first: a dictionary, then properties, then a state. */
  let missing: "dictionary" | "properties" | "state" | undefined = "dictionary";
  for (;;) {
    const start = input.offset;
    const control = (await need(input, 1, name))[0] as number;
    if (control === 0) return;
    const resets = control >= 0x80 ? (control >> 5) & 3 : control === 1 ? 3 : 0;
    if ((control > 2 && control < 0x80) || (missing === "dictionary" && resets !== 3)) corrupt(name, start);
    if (resets === 3) {
      window.reset();
      missing = "properties";
    }
    window.prepare();
    if (control < 0x80) {
      const size = twoBytes(await need(input, 2, name)) + 1;
      const bytes = await need(input, size, name);
      window.bytes.set(bytes, window.end);
      window.grow(size);
      // Bytes as they are leave the coder without a state.
      if (missing === undefined) missing = "state";
      yield bytes;
      continue;
    }
    const sizes = await need(input, 4, name);
    const size = ((control & 0x1f) << 16) + twoBytes(sizes) + 1;
    const packed = twoBytes(sizes.subarray(2)) + 1;
    try {
      if (resets >= 2) decoder.reset(propertiesOf((await need(input, 1, name))[0] as number));
      else if (missing === "properties") throw new BadLzma("no properties");
      else if (resets === 1) decoder.reset();
      missing = undefined;
      decoder.decode(await need(input, packed, name), window, window.end + size, window.position);
    } catch (error) {
      if (error instanceof BadLzma) corrupt(name, start, error);
      throw error;
    }
    yield window.bytes.slice(window.end, window.end + size);
    window.grow(size);
  }
}

function twoBytes(bytes: Uint8Array): number {
  return (bytes[0] as number) * 256 + (bytes[1] as number);
}

async function need(input: ByteReader, length: number, name: string): Promise<Uint8Array> {
  const bytes = await input.take(length);
  return bytes.length < length ? truncated(name, input.offset) : bytes;
}
