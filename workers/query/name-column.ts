/** The first value of a field for every entry, as small numbers whose texts are read only when they are asked for. */
import type { CaseColumns, Codes } from "./columns.ts";
import { hasManyValues } from "../base/hash.ts";
import { HashGroups } from "./hash-groups.ts";

export interface NameColumn {
  /** One an entry: 0 = absent, else 1 … size; undefined = absent everywhere. */
  readonly codes: Codes | undefined;
  readonly size: number;
  /** Of a code from 1. */
  text(code: number): string;
}

const ABSENT: NameColumn = { codes: undefined, size: 0, text: () => "" };

/** `name` is a canonical field that has a column, if any entry has it at all. */
export function nameColumn(columns: CaseColumns, name: string): NameColumn {
  const field = columns.field(name);
  if (field === undefined) return ABSENT;
  const { entries } = columns;
  switch (field.kind) {
    case "dict":
      return { codes: field.codes, size: field.dictionary.size, text: (code) => field.dictionary.text(code - 1) };
    case "list": {
      const codes = new Uint32Array(entries);
      let from = 0;
      for (let entry = 0; entry < entries; entry++) {
        const end = field.ends[entry] as number;
        if (end > from) codes[entry] = (field.codes[from] as number) + 1;
        from = end;
      }
      return { codes, size: field.dictionary.size, text: (code) => field.dictionary.text(code - 1) };
    }
    case "hash64":
      return hashedColumn(columns, name, field.words);
  }
}

/** Values that only the evidence holds: one entry a distinct hash is read, when its text is wanted. */
function hashedColumn(columns: CaseColumns, name: string, words: Uint32Array): NameColumn {
  const codes = new Uint32Array(columns.entries);
  const groups = new HashGroups();
  const firsts: number[] = [];
  const texts = new Map<number, string>();
  const read = (entry: number): string => columns.text.values(entry, [name])[0]?.[0] ?? "";
  for (let entry = 0; entry < codes.length; entry++) {
    const [a, b] = [words[2 * entry] as number, words[2 * entry + 1] as number];
    if (a === 0 && b === 0) continue;
    // Which value comes first is told by the entry alone, so each such entry stands for itself.
    const group = hasManyValues(words, entry) ? groups.group(entry, MANY_MARK) : groups.group(a, b);
    firsts[group] ??= entry;
    codes[entry] = group + 1;
  }
  return {
    codes,
    size: groups.count,
    text(code) {
      let text = texts.get(code);
      if (text === undefined) texts.set(code, (text = read(firsts[code - 1] as number)));
      return text;
    },
  };
}

/** Marks groups of one entry; a value whose hash is the same would share its group, once in 10¹⁹ values. */
const MANY_MARK = 0xffffffff;
