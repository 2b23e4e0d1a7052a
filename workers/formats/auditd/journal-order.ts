/**
 * Short journal output shows audit records without stamp and serial, and often each of them twice: as the audit
 * transport had it (`audit[812]: SYSCALL arch=…`) and as the kernel printed it (`kernel: audit: type=1300 audit(…): …`).
 * The two are found again by their text, near each other. What has no twin is put together by its order, as the kernel
 * writes the records of one event one after another.
 */
import type { CarriedRecord } from "../format.ts";
import type { AuditRecord } from "./record.ts";

/** Records between the two lines of one record, at most: they come from two queues of the kernel. */
const NEAR = 256;
/** Apart in the journal's own time, at most. */
const NEAR_MICROS = 2_000_000;

/** A line that may have a twin; `held` is where the caller keeps it. */
export interface WaitingLine {
  readonly carried: CarriedRecord;
  readonly record: AuditRecord;
  readonly held: number;
}
interface Waiting<E> extends WaitingLine {
  readonly at: number;
  readonly text: string;
  readonly event: E;
}

/** `E`: the event that a stamped record belongs to. */
export class JournalTwins<E> {
  #stampless: Waiting<undefined>[] = [];
  #stamped: Waiting<E>[] = [];
  #at = 0;

  /** No line waits for its twin. */
  get isEmpty(): boolean {
    return this.#stampless.length === 0 && this.#stamped.length === 0;
  }

  /** The event of the stamped line that this one repeats; undefined: none came yet, and it waits. */
  stampless(line: WaitingLine): E | undefined {
    this.#at++;
    const text = textOf(line.record);
    const twin = takeTwin(this.#stamped, line.carried, text);
    if (twin !== undefined) return twin.event;
    this.#stampless.push({ ...line, at: this.#at, text, event: undefined });
    return undefined;
  }

  /** The line without a stamp that came before this one and says the same; undefined: none, so one may follow. */
  stamped(line: WaitingLine, event: E): WaitingLine | undefined {
    this.#at++;
    const text = textOf(line.record);
    const twin = takeTwin(this.#stampless, line.carried, text);
    if (twin === undefined) this.#stamped.push({ ...line, at: this.#at, text, event });
    return twin;
  }

  /** Lines whose twin would have come by now, in their order; `all`: nothing comes any more. */
  alone(all: boolean): readonly WaitingLine[] {
    const oldest = all ? Infinity : this.#at - NEAR;
    this.#stamped = since(this.#stamped, oldest);
    const first = this.#stampless[0];
    if (first === undefined || first.at >= oldest) return [];
    const kept = since(this.#stampless, oldest);
    const alone = this.#stampless.slice(0, this.#stampless.length - kept.length);
    this.#stampless = kept;
    return alone;
  }
}

function since<T extends { readonly at: number }>(waiting: T[], oldest: number): T[] {
  const first = waiting[0];
  if (first === undefined || first.at >= oldest) return waiting;
  const from = waiting.findIndex(({ at }) => at >= oldest);
  return from < 0 ? [] : waiting.slice(from);
}

function takeTwin<E>(waiting: Waiting<E>[], carried: CarriedRecord, text: string): Waiting<E> | undefined {
  const at = waiting.findIndex((one) => one.text === text && isNear(one.carried, carried));
  return at < 0 ? undefined : waiting.splice(at, 1)[0];
}

function isNear(a: CarriedRecord, b: CarriedRecord): boolean {
  if (a.wrap?.host !== b.wrap?.host) return false;
  const [first, second] = [a.wrap?.time?.parsed?.at, b.wrap?.time?.parsed?.at];
  return first === undefined || second === undefined || Math.abs(first - second) <= NEAR_MICROS;
}

function textOf(record: AuditRecord): string {
  return `${record.type.name} ${record.text.slice(record.bodyStart, record.end).trimStart()}`;
}

/** Records that the kernel never writes twice in one event. */
const ONCE = new Set(["SYSCALL", "URINGOP", "CWD", "PROCTITLE", "EOE"]);
/** Order alone proves no event of more records: the kernel writes a few, and some dozens for a long command line. */
const MOST_RECORDS = 256;
/** They end an event, as far as the order shows it. */
const LAST = new Set(["PROCTITLE", "EOE"]);
/** Kernel types that a SYSCALL of the same event follows or precedes, beside PATH and the like. */
const WITH_CALL = [
  [1006, 1006],
  [1300, 1499],
  [1700, 1899],
] as const;

/** Whether a record goes on with the event that these records, which follow one another, began. */
export function continuesEvent(event: readonly AuditRecord[], next: AuditRecord): boolean {
  const last = event.at(-1);
  if (last === undefined || event.length >= MOST_RECORDS || !isNear(last.carried, next.carried)) return false;
  if (!isKernel(next) || !isKernel(last)) return false;
  const { name } = next.type;
  const closed = event.some(({ type }) => LAST.has(type.name)) && name !== "EOE";
  if (closed || (ONCE.has(name) && event.some(({ type }) => type.name === name))) return false;
  if (name === "PATH" && itemOf(event.findLast(({ type }) => type.name === "PATH")) >= itemOf(next)) return false;
  const hasCall = event.some(({ type }) => type.name === "SYSCALL");
  if (name === "SYSCALL") return pidOf(last) === undefined || pidOf(last) === pidOf(next);
  return next.type.member || LAST.has(name) || (hasCall && ASIDE.has(name));
}

/** Written behind the SYSCALL of their event, and never alone. */
const ASIDE = new Set(["BPRM_FCAPS", "CAPSET", "OBJ_PID", "MMAP", "KERN_MODULE", "FD_PAIR", "OPENAT2"]);

function isKernel({ type }: AuditRecord): boolean {
  const { number } = type;
  return number !== undefined && WITH_CALL.some(([from, to]) => number >= from && number <= to);
}

/** The kernel numbers the paths of an event from 0 up; -1 without a record. */
function itemOf(record: AuditRecord | undefined): number {
  if (record === undefined) return -1;
  return Number(/\bitem=(\d+)/.exec(record.text.slice(record.bodyStart))?.[1] ?? "0");
}

function pidOf({ text, bodyStart }: AuditRecord): string | undefined {
  return /(?:^|\s)pid=(\d+)/.exec(text.slice(bodyStart))?.[1];
}
