/** A definition file of RadiantOne as one unit: it is no log, and right or wrong as a whole. */
import { definitionName } from "../base/definition-header.ts";
import { bufferOf, decodeUtf8, latin1Of } from "../base/bytes.ts";
import type { CarriedRecord } from "../formats/format.ts";
import type { Carrier, Splitter, UnitOutput } from "./carrier.ts";
import { KeptBytes } from "./kept-bytes.ts";

/** Definitions have a row a type of event: a larger file is none. */
const MAX_BYTES = 16 * 1024 * 1024;

export const definitionFile: Carrier = {
  id: "definition-file",
  title: "Definition file, as a whole",
  version: "1",
  yields: "text",
  only: "radiantone-definition",
  recognise(head) {
    const name = definitionName(latin1Of(head, 0, Math.min(head.length, 16_384)));
    return name === undefined
      ? { confidence: 0, reasons: ["its first line is none of a definition file"] }
      : { confidence: 1, reasons: [`its first line is that of ${name}`] };
  },
  split: (output) => new WholeSplitter(output),
  reread: (bytes, offset, line) => record(latin1Of(bytes), offset, line),
};

class WholeSplitter implements Splitter {
  readonly #output: UnitOutput;
  readonly #kept = new KeptBytes(MAX_BYTES);

  constructor(output: UnitOutput) {
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    this.#kept.add(bufferOf(chunk), 0, chunk.length);
  }

  finish(): void {
    const { length } = this.#kept;
    const text = this.#kept.takeText();
    if (length === 0) return;
    if (text !== undefined) return this.#output.record(record(text, 0, 1));
    const detail = `${length} bytes, more than the ${MAX_BYTES} that are read as one definition file`;
    this.#output.reject(0, length, 1, "definition.too-long", detail);
  }
}

function record(text: string, offset: number, line: number): CarriedRecord {
  const flags = decodeUtf8(text).valid ? [] : (["encoding"] as const);
  return { offset, length: text.length, line, body: { kind: "text", text }, flags };
}
