/**
 * The lines of events that are not complete yet, outside of JavaScript's heap: a hundred thousand of them wait at any
 * time, and as objects each would be moved about by every collection of garbage.
 */
import type { FlagName } from "../../contract.ts";
import { bufferOf, latin1Of } from "../../base/bytes.ts";
import type { CarriedRecord } from "../format.ts";

const PAGE_BYTES = 1024 * 1024;
const FIRST_SLOTS = 1024;
const NUMBERS = 5;
/** Ends a chain. */
export const NO_LINE = -1;

interface Page {
  readonly bytes: Buffer;
  used: number;
  lines: number;
}

/** A line is known by its slot, which is given to another one once it was taken. */
export class HeldLines {
  /** Offset and length of the unit, line number, place and length of the text in its page. */
  #numbers = new Float64Array(NUMBERS * FIRST_SLOTS);
  /** The next line of the same event; of a free slot, the next free one. */
  #next = new Int32Array(FIRST_SLOTS);
  #pages: (Page | undefined)[] = [];
  #flags: (readonly FlagName[])[] = [];
  #free = NO_LINE;
  #slots = 0;
  #page: Page = newPage(PAGE_BYTES);
  #spare: Page | undefined;

  put(record: CarriedRecord): number {
    const text = record.body.kind === "text" ? record.body.text : "";
    const page = this.#pageFor(text.length);
    const slot = this.#slot();
    const at = page.used;
    page.bytes.write(text, at, "latin1");
    page.used += text.length;
    page.lines++;
    this.#pages[slot] = page;
    this.#flags[slot] = record.flags;
    const first = NUMBERS * slot;
    this.#numbers[first] = record.offset;
    this.#numbers[first + 1] = record.length;
    this.#numbers[first + 2] = record.line;
    this.#numbers[first + 3] = at;
    this.#numbers[first + 4] = text.length;
    this.#next[slot] = NO_LINE;
    return slot;
  }

  link(slot: number, next: number): void {
    this.#next[slot] = next;
  }

  /** The lines of a chain, in order; their slots are free from now on. */
  take(first: number): CarriedRecord[] {
    const records: CarriedRecord[] = [];
    for (let slot = first; slot !== NO_LINE; ) {
      records.push(this.#record(slot));
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
    return {
      offset: this.#numbers[first] as number,
      length: this.#numbers[first + 1] as number,
      line: this.#numbers[first + 2] as number,
      body: { kind: "text", text: latin1Of((this.#pages[slot] as Page).bytes, at, end) },
      flags: this.#flags[slot] as readonly FlagName[],
    };
  }

  #release(slot: number): void {
    const page = this.#pages[slot] as Page;
    this.#pages[slot] = undefined;
    this.#next[slot] = this.#free;
    this.#free = slot;
    page.lines--;
    if (page.lines > 0 || page === this.#page || page.bytes.length !== PAGE_BYTES) return;
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
    if (this.#page.used + length > PAGE_BYTES) {
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
  return { bytes: bufferOf(new Uint8Array(length)), used: 0, lines: 0 };
}
