/** The first value of a field for given entries, as small numbers with a text each. */
import type { BoundField } from "./bind.ts";
import type { CaseColumns, Codes } from "./columns.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { hasManyValues } from "../base/hash.ts";
import { inSlices } from "./checkpoint.ts";
import { HashGroups } from "./hash-groups.ts";

export interface FirstValues {
  /** One an entry asked for: 0 = absent, else 1 … size. */
  readonly codes: Uint32Array;
  readonly size: number;
  readonly text: (code: number) => string;
}

export async function firstValues(
  columns: CaseColumns,
  field: BoundField,
  entries: Uint32Array,
  checkpoint: Checkpoint,
): Promise<FirstValues> {
  const codes = new Uint32Array(entries.length);
  const fill = (code: (entry: number) => number, slice?: number) =>
    inSlices(
      entries.length,
      checkpoint,
      (first, end) => {
        for (let i = first; i < end; i++) codes[i] = code(entries[i] as number);
      },
      slice,
    );
  switch (field.kind) {
    case "time":
    case "id":
    case "none":
      return { codes, size: 0, text: () => "" };
    case "dict":
      await inSlices(entries.length, checkpoint, (first, end) => gather(field.codes, entries, codes, first, end));
      return { codes, size: field.dictionary.size, text: (code) => field.dictionary.text(code - 1) };
    case "list":
      await fill((entry) => {
        const first = entry === 0 ? 0 : (field.ends[entry - 1] as number);
        return first === field.ends[entry] ? 0 : (field.codes[first] as number) + 1;
      });
      return { codes, size: field.dictionary.size, text: (code) => field.dictionary.text(code - 1) };
    case "member": {
      const values = new Interned();
      const table = field.values.map((texts) => values.code(texts[0]));
      await fill((entry) => table[columns.member[entry] as number] as number);
      return { codes, ...values.all() };
    }
    case "flag": {
      const values = new Interned();
      const table = new Map<number, number>([[0, 0]]);
      await fill((entry) => {
        const flags = field.flags[entry] as number;
        if (!table.has(flags)) table.set(flags, values.code(field.names(flags)[0]));
        return table.get(flags) as number;
      });
      return { codes, ...values.all() };
    }
    case "reread":
    case "hash64": {
      const values = new Interned();
      const names = [field.name];
      const read = (entry: number) => values.code(columns.text.values(entry, names)[0]?.[0]);
      await fill(field.kind === "reread" ? read : oncePerHash(field.words, read), 256);
      return { codes, ...values.all() };
    }
  }
}

function gather(from: Codes, entries: Uint32Array, codes: Uint32Array, first: number, end: number): void {
  for (let i = first; i < end; i++) codes[i] = from[entries[i] as number] as number;
}

/** Reads one entry for each distinct hash. */
function oncePerHash(words: Uint32Array, read: (entry: number) => number): (entry: number) => number {
  const groups = new HashGroups();
  const codes: number[] = [];
  return (entry) => {
    const a = words[2 * entry] as number;
    const b = words[2 * entry + 1] as number;
    if (a === 0 && b === 0) return 0;
    if (hasManyValues(words, entry)) return read(entry);
    const group = groups.group(a, b);
    if (group === codes.length) codes.push(read(entry));
    return codes[group] as number;
  };
}

class Interned {
  readonly #codes = new Map<string, number>();
  readonly #texts: string[] = [];

  /** 0 for an absent value. */
  code(text: string | undefined): number {
    if (text === undefined) return 0;
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#texts.push(text);
      this.#codes.set(text, code);
    }
    return code;
  }

  all(): Pick<FirstValues, "size" | "text"> {
    return { size: this.#texts.length, text: (code) => this.#texts[code - 1] as string };
  }
}
