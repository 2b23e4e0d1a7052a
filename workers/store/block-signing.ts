/**
 * Word search looks at no block whose signature lacks the word, and finds words of dictionary values in the dictionary.
 * So where the store gives up a dictionary for hashes, it enters the words of those values into the signatures of the
 * blocks their entries lie in; an import does the same for what it hashes itself.
 */
import { addTokens, SIGNATURE_BYTES } from "../base/signature.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import type { FieldColumn } from "./field-column.ts";
import type { PackedStrings } from "./packed-strings.ts";
import { checkedSegment, decodeCodes, type Segment } from "./segment-codec.ts";
import { asLists } from "./segment-lists.ts";
import { signatureOf, updateSignature } from "./statements/blocks.ts";
import { segmentAt, segmentHeads } from "./statements/columns.ts";
import { readSetting, writeSetting } from "./statements/settings.ts";
import { systemFieldIds } from "./system-columns.ts";

const SIGNED = "signature_changes";

export function signatureChanges(db: ReadDb): string {
  return readSetting(db, SIGNED) ?? "0";
}

/** Changes signatures one block at a time; entries come mostly in the order of their blocks. */
export class BlockSigner {
  readonly #db: WriteDb;
  #block = -1;
  #bits = new Uint8Array(0);

  constructor(db: WriteDb) {
    this.#db = db;
  }

  add(block: number, utf8: Uint8Array): void {
    if (block !== this.#block) this.#turnTo(block);
    addTokens(this.#bits, utf8);
  }

  finish(): void {
    if (this.#block < 0) return;
    updateSignature(this.#db, this.#block, this.#bits);
    this.#block = -1;
    // Readers that keep signatures in memory look here whether they must read them again.
    const changes = Number(readSetting(this.#db, SIGNED) ?? 0);
    writeSetting(this.#db, SIGNED, String(changes + 1));
  }

  #turnTo(block: number): void {
    this.finish();
    this.#block = block;
    this.#bits = new Uint8Array(signatureOf(this.#db, block) ?? new Uint8Array(SIGNATURE_BYTES).fill(0xff));
  }
}

/** Signs what a field's stored segments hold as codes, a segment at a time so that other requests come in between. */
export async function signStored(
  db: WriteDb,
  column: FieldColumn,
  capacity: number,
  step: (work: () => void) => void,
): Promise<void> {
  const blocks = systemFieldIds(db).get("block") as number;
  for (const head of segmentHeads(db, column.id, 0)) {
    if (head.kind === "hash64") continue;
    step(() => {
      const values = storedSegment(db, column.id, head.seg, capacity);
      const places = storedSegment(db, blocks, head.seg, capacity);
      if (values !== undefined) signSegment(new BlockSigner(db), column.dictionary.strings, values, places);
    });
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function signSegment(signer: BlockSigner, strings: PackedStrings, values: Segment, places: Segment | undefined): void {
  const { ends, codes } = asLists(values);
  const blocks = places === undefined ? new Uint8Array(values.n) : decodeCodes(places);
  for (let entry = 0, at = 0; entry < values.n; entry++) {
    for (const end = ends[entry] as number; at < end; at++) {
      signer.add(blocks[entry] as number, strings.bytes(codes[at] as number));
    }
  }
  signer.finish();
}

function storedSegment(db: WriteDb, field: number, segment: number, capacity: number): Segment | undefined {
  const row = segmentAt(db, field, segment);
  return row === undefined ? undefined : checkedSegment(row, capacity);
}
