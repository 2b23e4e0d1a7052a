/** What stands between the events of an export and is no log: declarations, the root element, comments. */

/** A declaration or comment between events is longer than this only by accident; then events may stand in it. */
export const MAX_MARKUP_BYTES = 65_536;

export type Markup =
  | { readonly kind: "around" | "doctype"; readonly length: number }
  /** The next bytes will tell. */
  | { readonly kind: "waiting" }
  | { readonly kind: "none" };

/** What begins so and ends so. */
const KNOWN: readonly (readonly [start: RegExp, end: "?>" | "-->" | ">"])[] = [
  [/^<\?/, "?>"],
  [/^<!--/, "-->"],
  [/^<\/?(?:[A-Za-z_][\w.-]{0,62}:)?Events(?=[\s/>])/, ">"],
];
const DOCTYPE = /^<!DOCTYPE(?=[\s>[])/;
/** Longer than the start of anything that is known. */
const START_LENGTH = 80;

/**
 * Reads the markup of one stream. Where an end comes next, or that none has come yet, is remembered: many starts whose end
 * is far away or never comes would each look through all that follows.
 */
export class MarkupReader {
  readonly #ends = {
    "?>": new NextPlace(/\?>/g, 2),
    "-->": new NextPlace(/-->/g, 3),
    ">": new NextPlace(/>/g, 1),
    "[": new NextPlace(/\[/g, 1),
    "]>": new NextPlace(/\]\s{0,64}>/g, 66),
  };

  /** The markup at the start of a text that begins with `<`, at byte `offset` of the stream; `isLast`: no bytes follow. */
  markupOf(text: string, offset: number, isLast: boolean): Markup {
    const start = text.slice(0, START_LENGTH);
    const isWaiting = !isLast && text.length < MAX_MARKUP_BYTES;
    if (isWaiting && start.length < START_LENGTH && !start.includes(">")) return { kind: "waiting" };
    const isDoctype = DOCTYPE.test(start);
    const known = KNOWN.find(([pattern]) => pattern.test(start));
    if (!isDoctype && known === undefined) return { kind: "none" };
    const end = isDoctype ? this.#doctypeEnd(text, offset) : this.#ends[known?.[1] ?? ">"].find(text, offset, 2)?.end;
    if (end === undefined && isWaiting) return { kind: "waiting" };
    if (end === undefined || end > MAX_MARKUP_BYTES) return { kind: "none" };
    return { kind: isDoctype ? "doctype" : "around", length: end };
  }

  /** Up to the `>` behind the internal subset, where there is one: entities are declared in it. */
  #doctypeEnd(text: string, offset: number): number | undefined {
    const subset = this.#ends["["].find(text, offset, 0);
    const plain = this.#ends[">"].find(text, offset, 0);
    if (subset === undefined || (plain !== undefined && plain.start < subset.start)) return plain?.end;
    return this.#ends["]>"].find(text, offset, 0)?.end;
  }
}

/** Where a pattern occurs next in a stream that is asked for it at one place after another. */
class NextPlace {
  readonly #pattern: RegExp;
  readonly #longest: number;
  /** Bytes of the stream between which no occurrence begins; at the second one does when `#length` is not 0. */
  #from = 0;
  #until = 0;
  #length = 0;

  /** `pattern`: global; it matches at most `longest` chars. */
  constructor(pattern: RegExp, longest: number) {
    this.#pattern = pattern;
    this.#longest = longest;
  }

  /** The first occurrence from `from` of a text that begins at byte `offset`, by its chars in the text. */
  find(text: string, offset: number, from: number): { readonly start: number; readonly end: number } | undefined {
    const wanted = offset + from;
    if (wanted < this.#from || wanted > this.#until) {
      this.#from = wanted;
      this.#until = wanted;
      this.#length = 0;
    }
    if (this.#length === 0) this.#search(text, offset);
    const start = this.#until - offset;
    return this.#length === 0 ? undefined : { start, end: start + this.#length };
  }

  #search(text: string, offset: number): void {
    this.#pattern.lastIndex = this.#until - offset;
    const found = this.#pattern.exec(text);
    this.#length = found?.[0].length ?? 0;
    // One that the bytes cut may begin with the last of them.
    this.#until =
      found === null ? Math.max(this.#until, offset + text.length - this.#longest + 1) : offset + found.index;
  }
}
