/**
 * Masks of one field: 1 for each entry of `within` that has a value passing any of the tests. Times and entry numbers
 * are no texts and are compared elsewhere (compile.ts).
 */
import type { BoundField } from "./bind.ts";
import type { CaseColumns, Codes, Dictionary, Mask } from "./columns.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { NO_CLUES, type ValueTest } from "./match.ts";
import { hash64, hasManyValues } from "../base/hash.ts";
import { utf8 } from "./bytes-test.ts";
import { inSlices } from "./checkpoint.ts";
import { gateFor } from "./gate.ts";
import { bytesTell, valueMayPass } from "./shown-values.ts";

export interface Scan {
  readonly columns: CaseColumns;
  readonly checkpoint: Checkpoint;
}
type Field<Kind extends BoundField["kind"]> = Extract<BoundField, { kind: Kind }>;

/** Rereading an entry costs some hundred times a column's look. */
const REREAD_SLICE = 64;

export async function fieldMask(
  scan: Scan,
  field: BoundField,
  tests: readonly ValueTest[],
  within: Mask,
): Promise<Mask> {
  const out = new Uint8Array(within.length);
  switch (field.kind) {
    case "time":
    case "id":
    case "none":
      break;
    case "flag":
      await flagMask(scan, field, tests, within, out);
      break;
    case "member":
      await tableMask(scan, scan.columns.member, memberTable(field.values, tests), within, out);
      break;
    case "dict":
      await tableMask(scan, field.codes, await codeTable(scan, field.dictionary, tests, 1), within, out);
      break;
    case "list":
      await listMask(scan, field, await codeTable(scan, field.dictionary, tests, 0), within, out);
      break;
    case "hash64":
      await hashMask(scan, field, tests, within, out);
      break;
    case "reread":
      await rereadMask(scan, field.name, tests, within, out, () => true);
      break;
  }
  return out;
}

export function passesAny(tests: readonly ValueTest[], text: string): boolean {
  const bytes = utf8(text);
  return tests.some(({ test }) => test(bytes, 0, bytes.length));
}

/** 1 for each code whose string passes; codes stand `shift` places on. */
export async function codeTable(
  { checkpoint }: Pick<Scan, "checkpoint">,
  { size, pool, ends }: Dictionary,
  tests: readonly ValueTest[],
  shift: 0 | 1,
): Promise<Uint8Array> {
  const table = new Uint8Array(size + shift);
  await inSlices(
    size,
    checkpoint,
    (first, end) => {
      for (const { test } of tests) {
        for (let code = first; code < end; code++) {
          const from = code === 0 ? 0 : (ends[code - 1] as number);
          if (test(pool, from, ends[code] as number)) table[code + shift] = 1;
        }
      }
    },
    16_384,
  );
  return table;
}

export async function tableMask(
  { checkpoint }: Pick<Scan, "checkpoint">,
  codes: Codes,
  table: Uint8Array,
  within: Mask,
  out: Mask,
): Promise<void> {
  if (!table.includes(1)) return;
  await inSlices(out.length, checkpoint, (first, end) => {
    for (let i = first; i < end; i++) out[i] = (table[codes[i] as number] as number) & (within[i] as number);
  });
}

export async function listMask(
  { checkpoint }: Pick<Scan, "checkpoint">,
  { ends, codes }: Field<"list">,
  table: Uint8Array,
  within: Mask,
  out: Mask,
): Promise<void> {
  if (!table.includes(1)) return;
  await inSlices(out.length, checkpoint, (first, end) => {
    let at = first === 0 ? 0 : (ends[first - 1] as number);
    for (let i = first; i < end; i++) {
      let found = 0;
      for (const stop = ends[i] as number; at < stop; at++) found |= table[codes[at] as number] as number;
      out[i] = found & (within[i] as number);
    }
  });
}

function memberTable(values: readonly (readonly string[])[], tests: readonly ValueTest[]): Uint8Array {
  return Uint8Array.from(values, (texts) => (texts.some((text) => passesAny(tests, text)) ? 1 : 0));
}

async function flagMask(
  { checkpoint }: Pick<Scan, "checkpoint">,
  { flags: values, names }: Field<"flag">,
  tests: readonly ValueTest[],
  within: Mask,
  out: Mask,
): Promise<void> {
  const verdicts = new Map<number, number>();
  const verdict = (flags: number): number => {
    let known = verdicts.get(flags);
    if (known === undefined) {
      known = names(flags).some((name) => passesAny(tests, name)) ? 1 : 0;
      verdicts.set(flags, known);
    }
    return known;
  };
  await inSlices(out.length, checkpoint, (first, end) => {
    for (let i = first; i < end; i++) if (within[i] === 1) out[i] = verdict(values[i] as number);
  });
}

/** Equality goes by hash first; whatever the hash cannot tell is read from the entry. */
async function hashMask(
  scan: Scan,
  { name, words }: Field<"hash64">,
  tests: readonly ValueTest[],
  within: Mask,
  out: Mask,
): Promise<void> {
  const targets = tests.flatMap(({ exact }) => (exact === undefined ? [] : [exact]));
  const hashes = new Uint32Array(targets.length * 2);
  targets.forEach((text, i) => hash64(text, hashes, i * 2));
  const isTarget = (entry: number): boolean => {
    if (hasManyValues(words, entry)) return true;
    for (let i = 0; i < hashes.length; i += 2) {
      if (words[2 * entry] === hashes[i] && words[2 * entry + 1] === hashes[i + 1]) return true;
    }
    return false;
  };
  const isPresent = (entry: number): boolean => words[2 * entry] !== 0 || words[2 * entry + 1] !== 0;
  await rereadMask(scan, name, tests, within, out, targets.length === tests.length ? isTarget : isPresent);
}

async function rereadMask(
  scan: Scan,
  name: string,
  tests: readonly ValueTest[],
  within: Mask,
  out: Mask,
  isCandidate: (entry: number) => boolean,
): Promise<void> {
  const { columns, checkpoint } = scan;
  const gates = await Promise.all(tests.map(({ clues }) => gateFor(columns, clues.bits, checkpoint)));
  const tells = bytesTell(name);
  const names = [name];
  let looked = 0;
  for (let entry = 0; entry < out.length; entry++) {
    if ((entry & 0xffff) === 0 || looked >= REREAD_SLICE) {
      looked = 0;
      const pause = checkpoint();
      if (pause !== undefined) await pause;
    }
    if (within[entry] === 0 || !isCandidate(entry) || !gates.some((gate) => gate(entry))) continue;
    looked++;
    if (tells && !tests.some(({ clues }) => valueMayPass(columns, entry, clues))) continue;
    const values = columns.text.values(entry, names)[0] ?? [];
    if (values.some((value) => passesAny(tests, value))) out[entry] = 1;
  }
}

/** Entries that have the field at all. */
export async function presentMask(scan: Scan, field: BoundField, within: Mask): Promise<Mask> {
  const { columns, checkpoint } = scan;
  const out = new Uint8Array(within.length);
  if (field.kind === "none") return out;
  if (field.kind === "reread") {
    await rereadMask(scan, field.name, [ANY], within, out, () => true);
    return out;
  }
  const isPresent = presence(columns, field);
  await inSlices(out.length, checkpoint, (first, end) => {
    for (let i = first; i < end; i++) out[i] = within[i] === 1 && isPresent(i) ? 1 : 0;
  });
  return out;
}

const ANY: ValueTest = { test: () => true, exact: undefined, clues: NO_CLUES };

function presence(
  columns: CaseColumns,
  field: Exclude<BoundField, { kind: "none" | "reread" }>,
): (entry: number) => boolean {
  switch (field.kind) {
    case "time":
      return (entry) => !Number.isNaN(columns.time[entry]);
    case "id":
      return () => true;
    case "flag":
      return (entry) => ((field.flags[entry] as number) & field.bits) !== 0;
    case "member":
      return (entry) => (field.values[columns.member[entry] as number] as readonly string[]).length > 0;
    case "dict":
      return (entry) => field.codes[entry] !== 0;
    case "list":
      return (entry) => field.ends[entry] !== (entry === 0 ? 0 : field.ends[entry - 1]);
    case "hash64":
      return (entry) => field.words[2 * entry] !== 0 || field.words[2 * entry + 1] !== 0;
  }
}
