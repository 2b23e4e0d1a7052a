/** Joins a line that begins with a time and the lines without one behind it. */
import type { DateOrder } from "../../base/written-time.ts";
import type { Assembler, AssemblyOutput, CarriedRecord } from "../format.ts";
import { lineOf, type TextLine } from "./line.ts";

export interface TextEntry {
  readonly head: { readonly record: CarriedRecord; readonly line: TextLine };
  /** The lines that follow it. */
  readonly more: readonly CarriedRecord[];
  /** It belongs to an entry that has all the lines it may have. */
  readonly isTorn: boolean;
}

interface OpenEntry {
  readonly head: TextEntry["head"];
  readonly more: CarriedRecord[];
  bytes: number;
}

const MOST_LINES = 10_000;
const MOST_BYTES = 1024 * 1024;

export function assembleText(output: AssemblyOutput<TextEntry>, order: DateOrder | undefined): Assembler {
  return new TextAssembler(output, order);
}

class TextAssembler implements Assembler {
  readonly #output: AssemblyOutput<TextEntry>;
  readonly #order: DateOrder | undefined;
  /** The entry that lines may still join. */
  #open: OpenEntry | undefined;
  #isFull = false;

  constructor(output: AssemblyOutput<TextEntry>, order: DateOrder | undefined) {
    this.#output = output;
    this.#order = order;
  }

  push(record: CarriedRecord): void {
    const head = { record, line: lineIn(record, this.#order) };
    const { line } = head;
    if (line.time !== undefined || record.wrap !== undefined || record.body.kind === "object") this.#begin(head);
    else if (this.#open === undefined) this.#single(head);
    else this.#join(this.#open, record);
  }

  finish(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    this.#output.entry([open.head.record, ...open.more], { head: open.head, more: open.more, isTorn: false }, 0);
  }

  /** Lines may go on behind a record with a header: a message over several lines is printed so. */
  #begin(head: TextEntry["head"]): void {
    this.finish();
    this.#isFull = false;
    this.#open = { head, more: [], bytes: head.record.length };
  }

  #join(open: OpenEntry, record: CarriedRecord): void {
    if (open.more.length + 1 < MOST_LINES && open.bytes + record.length <= MOST_BYTES) {
      open.more.push(record);
      open.bytes += record.length;
      return;
    }
    this.finish();
    this.#isFull = true;
    this.#single({ record, line: lineIn(record, this.#order) });
  }

  #single(head: TextEntry["head"]): void {
    this.#output.entry([head.record], { head, more: [], isTorn: this.#isFull }, 0);
  }
}

/** Where a header tells the time, a bare number in the message is no time. */
function lineIn({ body, wrap }: CarriedRecord, order: DateOrder | undefined): TextLine {
  return lineOf(body.kind === "text" ? body.text : "", wrap?.time === undefined, order);
}
