/**
 * The lines of events that are not complete yet, outside of JavaScript's heap: a hundred thousand of them wait at any
 * time, and as objects each would be moved about by every collection of garbage.
 */
import type { FlagName } from "../../contract.ts";
import { latin1Of } from "../../base/bytes.ts";
import { free } from "../../base/free.ts";
import type { CarriedRecord, Wrap } from "../format.ts";

const PAGE_BYTES = 1024 * 1024;
const FIRST_SLOTS = 1024;
const NUMBERS = 7;
export interface HeldLine {
  readonly order: number;
  readonly record: CarriedRecord;
}
/** Ends a chain. */
export const NO_LINE = -1;

interface Page {
  readonly bytes: Buffer<ArrayBuffer>;
  used: number;
  lines: number;
}

type Derived = Extract<CarriedRecord["body"], { kind: "text" }>["derived"];

/** A line is known by its slot, which is given to another one once it was taken. */
export class HeldLines {
  /** Offset and length of the unit, line number, place and length of the text in its page, of its wrap as JSON behind it, order. */
  #numbers = new Float64Array(NUMBERS * FIRST_SLOTS);
  /** The next line of the same event; of a free slot, the next free one. */
  #next = new Int32Array(FIRST_SLOTS);
  #pages: (Page | undefined)[] = [];
  #flags: (readonly FlagName[])[] = [];
  #derived: Derived[] = [];
  #taken = 0;
  #free = NO_LINE;
  #slots = 0;
  #page: Page = newPage(PAGE_BYTES);
  #spare: Page | undefined;

  put(record: CarriedRecord): number {
    const { body, wrap } = record;
    const text = body.kind === "text" ? body.text : "";
    // A header of a hundred thousand lines is, as objects, as heavy as the lines themselves.
    const header = wrap === undefined ? "" : JSON.stringify(wrap);
    const headerLength = header === "" ? 0 : Buffer.byteLength(header);
    const page = this.#pageFor(text.length + headerLength);
    const slot = this.#slot();
    const at = page.used;
    page.bytes.write(text, at, "latin1");
    if (headerLength > 0) page.bytes.write(header, at + text.length, "utf8");
    page.used += text.length + headerLength;
    page.lines++;
    this.#pages[slot] = page;
    this.#flags[slot] = record.flags;
    this.#derived[slot] = body.kind === "text" ? body.derived : undefined;
    const first = NUMBERS * slot;
    this.#numbers[first] = record.offset;
    this.#numbers[first + 1] = record.length;
    this.#numbers[first + 2] = record.line;
    this.#numbers[first + 3] = at;
    this.#numbers[first + 4] = text.length;
    this.#numbers[first + 5] = headerLength;
    this.#numbers[first + 6] = this.#taken++;
    this.#next[slot] = NO_LINE;
    return slot;
  }

  link(slot: number, next: number): void {
    this.#next[slot] = next;
  }

  /** The lines of a chain, in order, each with its place in the order of all; their slots are free from now on. */
  take(first: number): HeldLine[] {
    const records: HeldLine[] = [];
    for (let slot = first; slot !== NO_LINE; ) {
      records.push({ order: this.#numbers[NUMBERS * slot + 6] as number, record: this.#record(slot) });
      const next = this.#next[slot] as number;
      this.#release(slot);
      slot = next;
    }
    return records;
  }

  #record(slot: number): CarriedRecord {
    const first = NUMBERS * slot;
    const at = this.#numbers[first + 3] as number;
    const end = at + (this.#numbers[first + 4] as number);
    const { bytes } = this.#pages[slot] as Page;
    const headerEnd = end + (this.#numbers[first + 5] as number);
    const derived = this.#derived[slot];
    const text = latin1Of(bytes, at, end);
    return {
      offset: this.#numbers[first] as number,
      length: this.#numbers[first + 1] as number,
      line: this.#numbers[first + 2] as number,
      body: derived === undefined ? { kind: "text", text } : { kind: "text", text, derived },
      ...(headerEnd === end ? {} : { wrap: JSON.parse(bytes.toString("utf8", end, headerEnd)) as Wrap }),
      flags: this.#flags[slot] as readonly FlagName[],
    };
  }

  #release(slot: number): void {
    const page = this.#pages[slot] as Page;
    this.#pages[slot] = undefined;
    this.#derived[slot] = undefined;
    this.#next[slot] = this.#free;
    this.#free = slot;
    page.lines--;
    if (page.lines > 0 || page === this.#page) return;
    if (page.bytes.length !== PAGE_BYTES || this.#spare !== undefined) return free(page.bytes.buffer);
    page.used = 0;
    this.#spare = page;
  }

  #slot(): number {
    const free = this.#free;
    if (free === NO_LINE) {
      if (this.#slots === this.#next.length) this.#widen();
      return this.#slots++;
    }
    this.#free = this.#next[free] as number;
    return free;
  }

  /** A text that no page holds gets one of its own. */
  #pageFor(length: number): Page {
    if (length > PAGE_BYTES) return newPage(length);
    if (this.#page.used + length <= PAGE_BYTES) return this.#page;
    if (this.#page.lines === 0) this.#page.used = 0;
    else {
      this.#page = this.#spare ?? newPage(PAGE_BYTES);
      this.#spare = undefined;
    }
    return this.#page;
  }

  #widen(): void {
    const slots = this.#slots * 2;
    const [numbers, next] = [this.#numbers, this.#next];
    this.#numbers = new Float64Array(NUMBERS * slots);
    this.#numbers.set(numbers);
    this.#next = new Int32Array(slots);
    this.#next.set(next);
  }
}

function newPage(length: number): Page {
  return { bytes: Buffer.from(new ArrayBuffer(length)), used: 0, lines: 0 };
}
