/**
 * Word search: an entry matches when its bytes as recorded, or any of its values, hold the words. Dictionaries answer
 * for the values they hold; block signatures leave few blocks to read for the rest; an entry of such a block is read,
 * and parsed again only where a value may hold what its bytes do not show.
 */
import type { CaseColumns, Mask, StoredField } from "./columns.ts";
import type { Text } from "./tree.ts";
import type { ValueTest } from "./match.ts";
import { codeTable, listMask, passesAny, type Scan, tableMask } from "./field-mask.ts";
import { gateFor } from "./gate.ts";
import { wordTest } from "./match.ts";
import { bytesTellAll, showsWords, valueMayPass } from "./shown-values.ts";

/** Entries read between two checkpoints. */
const READ_SLICE = 64;

export async function wordMask(scan: Scan, text: Text, within: Mask): Promise<Mask> {
  const { columns, checkpoint } = scan;
  const test = wordTest(text);
  const out = await dictionaryMask(scan, test, within);
  const mayHold = await gateFor(columns, test.clues.bits, checkpoint);
  const tells = bytesTellAll(columns);
  const isOneWord = !text.pattern && test.clues.needs.length === 1;
  let read = 0;
  for (let entry = 0; entry < out.length; entry++) {
    if ((entry & 0xffff) === 0 || read >= READ_SLICE) {
      read = 0;
      const pause = checkpoint();
      if (pause !== undefined) await pause;
    }
    if (out[entry] === 1 || within[entry] === 0 || !mayHold(entry)) continue;
    read++;
    if (inBytes(columns, entry, test)) out[entry] = 1;
    else if (tells && isOneWord && showsWords(columns, entry)) continue;
    else if (!tells || valueMayPass(columns, entry, test.clues)) out[entry] = inValues(columns, entry, test) ? 1 : 0;
  }
  return out;
}

function inBytes({ text }: CaseColumns, entry: number, { test }: ValueTest): boolean {
  const bytes = text.bytes(entry);
  return test(bytes, 0, bytes.length);
}

function inValues({ text }: CaseColumns, entry: number, test: ValueTest): boolean {
  const tests = [test];
  return text.allValues(entry).some((value) => passesAny(tests, value));
}

/** Entries with a value in a dictionary that holds the words. */
async function dictionaryMask(scan: Scan, test: ValueTest, within: Mask): Promise<Mask> {
  const out = new Uint8Array(within.length);
  const names = [...scan.columns.canonicalNames, ...scan.columns.originalNames.map((name) => `raw.${name}`)];
  for (const name of names) {
    const field = scan.columns.field(name);
    if (field === undefined || field.kind === "hash64") continue;
    const found = await oneDictionary(scan, field, test, within);
    if (found !== undefined) for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) | (found[i] as number);
  }
  return out;
}

async function oneDictionary(
  scan: Scan,
  field: Exclude<StoredField, { kind: "hash64" }>,
  test: ValueTest,
  within: Mask,
): Promise<Mask | undefined> {
  const table = await codeTable(scan, field.dictionary, [test], field.kind === "dict" ? 1 : 0);
  if (!table.includes(1)) return undefined;
  const found = new Uint8Array(within.length);
  if (field.kind === "dict") await tableMask(scan, field.codes, table, within, found);
  else await listMask(scan, field, table, within, found);
  return found;
}
