import type { ByteReader } from "./byte-reader.ts";
import { corrupt, truncated } from "./inflate.ts";
import { LzmaHistory } from "./lzma-history.ts";
import { BadLzma, LzmaDecoder, propertiesOf } from "./lzma.ts";

const STEP_BYTES = 1024 * 1024;
const LONGEST_MATCH = 273;
const PART_BYTES = 64 * 1024;

/**
 * Expands LZMA without a frame of its own, as 7z has it: the properties byte, the dictionary and the size stand
 * elsewhere. Faults: container.truncated, container.corrupt, with the offset in the reader's bytes.
 */
export async function* expandLzma(
  input: ByteReader,
  properties: number,
  dictionary: number,
  size: number,
  name: string,
): AsyncGenerator<Uint8Array> {
  const history = new LzmaHistory(dictionary, STEP_BYTES + LONGEST_MATCH);
  const decoder = new LzmaDecoder();
  const head = await input.take(5);
  try {
    decoder.reset(propertiesOf(properties, 12));
    if (size > 0) decoder.begin(head);
    while (history.position < size) {
      const part = await input.take(PART_BYTES);
      const isLast = part.length < PART_BYTES;
      for (let given = 0; history.position < size; ) {
        history.prepare();
        const left = size - history.position;
        const until = history.end + Math.min(STEP_BYTES, left);
        const most = history.end + Math.min(STEP_BYTES + LONGEST_MATCH, left);
        const rest = part.subarray(given);
        const { end, used } = decoder.decodePart(rest, isLast, history, until, most, history.position);
        given += used;
        const length = end - history.end;
        if (length > 0) yield history.bytes.slice(history.end, end);
        history.grow(length);
        if (end >= until) continue;
        input.giveBack(part.subarray(given));
        break;
      }
    }
  } catch (error) {
    if (!(error instanceof BadLzma)) throw error;
    if ((await input.peek(1)).length === 0) truncated(name, input.offset, error);
    corrupt(name, input.offset, error);
  }
}
