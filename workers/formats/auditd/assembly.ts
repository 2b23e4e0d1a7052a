/**
 * Puts the records of one event together: same node, seconds, milliseconds and serial, however they are interleaved.
 * There is no time window: an event is handed on in the order of its first record, once `WINDOW` further records have
 * been read, or at the end. What comes later for the same key becomes an entry of its own, flagged.
 */
import { decodeUtf8 } from "../../base/bytes.ts";
import { detached } from "../../base/detached.ts";
import type { AssemblyOutput, Assembler, CarriedRecord } from "../format.ts";
import { EmittedKeys } from "./emitted.ts";
import { HeldLines, NO_LINE, type HeldLine } from "./held-lines.ts";
import { continuesEvent, JournalTwins, type WaitingLine } from "./journal-order.ts";
import { toldOnce } from "./repeats.ts";
import { isRecordOf, isStampless, parseLine, type AuditRecord } from "./record.ts";
import { hasBrokenStamp } from "./stamp.ts";

export interface AuditEvent {
  /** Carried records in the order of their bytes; marks count in these. */
  readonly carried: readonly CarriedRecord[];
  /** Audit records in the order of their bytes, without those that repeat another. */
  readonly records: readonly AuditRecord[];
  readonly repeats: readonly AuditRecord[];
  /** Lines of a short journal that show a record of the event once more, without its stamp. */
  readonly twins: readonly AuditRecord[];
  /** The event of this key was handed on before: these records came more than a window later. */
  readonly isLate: boolean;
}

/** Audit records read after an event's first one before the event is closed. */
const WINDOW = 100_000;

/**
 * Of the records only the lines are kept, each of which holds no other event, and parsed again when the event is
 * complete: a window full of parsed records would take most of the memory of an import.
 */
interface OpenEvent {
  readonly node: string;
  /** Number of its first record, from 1. */
  readonly first: number;
  /** Of its first line: entries leave in this order. */
  offset: number;
  /** Its lines are a chain in `HeldLines`. */
  firstLine: number;
  lastLine: number;
  readonly group: Group | undefined;
  readonly isLate: boolean;
  isDone: boolean;
}
/** The open events of one stamp and serial, one a node. */
interface Group {
  readonly key: string;
  readonly events: OpenEvent[];
  open: number;
}

/** The audit records of a line, in order; `node` holds for a line that names none. */
export type ReadLine = (carried: CarriedRecord, node?: string) => readonly AuditRecord[];

export function assembleEvents(
  output: AssemblyOutput<AuditEvent>,
  window = WINDOW,
  readLine: ReadLine = parseLine,
): Assembler {
  return new EventAssembler(output, window, readLine);
}

class EventAssembler implements Assembler {
  readonly #output: AssemblyOutput<AuditEvent>;
  readonly #window: number;
  readonly #readLine: ReadLine;
  readonly #groups = new Map<string, Group>();
  readonly #emitted = new EmittedKeys();
  readonly #lines = new HeldLines();
  readonly #twins = new JournalTwins<OpenEvent>();
  /** Records of a short journal that stand alone, and the event that the last of them made. */
  #ordered: AuditRecord[] = [];
  #orderedEvent: OpenEvent = GONE;
  #queue: OpenEvent[] = [];
  /** Of the record before: most records follow one of their own event, and comparing is cheaper than looking up. */
  #last: OpenEvent = GONE;
  #head = 0;
  #count = 0;

  constructor(output: AssemblyOutput<AuditEvent>, window: number, readLine: ReadLine) {
    this.#output = output;
    this.#window = window;
    this.#readLine = readLine;
  }

  push(carried: CarriedRecord): void {
    if (this.#continues(carried)) this.#append(this.#last, carried, 1);
    else this.#pushParsed(carried);
    if (!this.#twins.isEmpty) this.#addOrdered(this.#twins.alone(false));
    while (
      this.#head < this.#queue.length &&
      this.#count - (this.#queue[this.#head] as OpenEvent).first > this.#window
    ) {
      this.#emitHead();
    }
  }

  /** Most lines are the next of the event before, which their beginning shows; parsing them can wait. */
  #continues({ body }: CarriedRecord): boolean {
    const last = this.#last;
    if (last.group === undefined || last.isDone || body.kind !== "text") return false;
    const lead = last.node === "" ? "" : `node=${last.node} `;
    return isRecordOf(body.text, lead, last.group.key);
  }

  #pushParsed(carried: CarriedRecord): void {
    const records = this.#readLine(carried);
    const first = records[0];
    if (first === undefined) {
      this.#pushOther(carried);
    } else if (first.stamp.key === undefined && isStampless(first)) {
      this.#pushStampless(carried, first);
    } else if (records.length === 1 || records.every((record) => sameEvent(record, first))) {
      this.#addStamped(carried, first, records.length);
    } else if (carried.body.kind === "text" && carried.body.derived !== undefined) {
      // Places in a text that was unwrapped or decoded are none in the member: no part has bytes of its own to be read from.
      this.#output.reject(
        carried,
        "auditd.glued",
        "This line holds records of several events, glued inside its wrapping.",
      );
    } else {
      for (const part of splitLine(carried, records)) this.#add(part.carried, part, 1);
    }
  }

  #pushStampless(carried: CarriedRecord, record: AuditRecord): void {
    const line = { carried, record, held: this.#lines.put(carried) };
    const event = this.#twins.stampless(line);
    if (event === undefined) return;
    if (event.isDone) this.#addOrdered([line]);
    else this.#link(event, line.held, 1);
  }

  #addStamped(carried: CarriedRecord, first: AuditRecord, count: number): void {
    const held = this.#add(carried, first, count);
    if (carried.wrap?.app !== "kernel" || this.#last.group === undefined) return;
    const twin = this.#twins.stamped({ carried, record: first, held }, this.#last);
    if (twin === undefined) return;
    this.#beginAt(this.#last, twin.carried.offset);
    this.#link(this.#last, twin.held, 1);
  }

  /** Records without stamp and twin: one event as long as they can be, as the kernel writes them. */
  #addOrdered(lines: readonly WaitingLine[]): void {
    for (const { record, held } of lines) {
      if (this.#orderedEvent.isDone || !continuesEvent(this.#ordered, record)) {
        this.#orderedEvent = this.#open(record.node, undefined, record.carried.offset);
        this.#ordered = [];
      }
      this.#ordered.push(record);
      this.#link(this.#orderedEvent, held, 1);
    }
  }

  /** After the last record. */
  drain(limit: number): boolean {
    this.#addOrdered(this.#twins.alone(true));
    for (let count = 0; count < limit && this.#head < this.#queue.length; count++) this.#emitHead();
    return this.#head < this.#queue.length;
  }

  finish(): void {
    this.drain(Infinity);
    this.#emitted.clear();
  }

  #pushOther(carried: CarriedRecord): void {
    const text = carried.body.kind === "text" ? carried.body.text : "";
    if (isSeparator(text)) this.#output.ignore(carried);
    else if (hasBrokenStamp(text))
      this.#output.reject(carried, "auditd.bad-stamp", "The audit stamp in this line cannot be read.");
    else
      this.#output.reject(
        carried,
        "auditd.no-stamp",
        "This line has no audit stamp, msg=audit(seconds.milliseconds:serial).",
      );
  }

  /** A line of `count` records of one event, the first of which is `record`. */
  #add(line: CarriedRecord, record: AuditRecord, count: number): number {
    const key = record.stamp.key;
    const known = key === undefined ? undefined : this.#find(key, record.node);
    const open = known ?? this.#open(record.node, key === undefined ? undefined : this.#group(key), line.offset);
    this.#last = open;
    return this.#append(open, line, count);
  }

  #append(event: OpenEvent, line: CarriedRecord, count: number): number {
    const held = this.#lines.put(line);
    this.#link(event, held, count);
    return held;
  }

  #link(event: OpenEvent, held: number, count: number): void {
    if (event.lastLine === NO_LINE) event.firstLine = held;
    else this.#lines.link(event.lastLine, held);
    event.lastLine = held;
    this.#count += count;
  }

  #find(key: string, node: string): OpenEvent | undefined {
    return this.#groups.get(key)?.events.find((event) => event.node === node && !event.isDone);
  }

  #group(key: string): Group {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    // As cut from its line, the key would keep the line in memory.
    const group = { key: detached(key), events: [], open: 0 };
    this.#groups.set(group.key, group);
    return group;
  }

  #open(node: string, group: Group | undefined, offset: number): OpenEvent {
    const isLate = group !== undefined && this.#emitted.has(group.key, node);
    const first = this.#count + 1;
    const event: OpenEvent = {
      node: detached(node),
      first,
      offset,
      firstLine: NO_LINE,
      lastLine: NO_LINE,
      group,
      isLate,
      isDone: false,
    };
    this.#queue.push(event);
    this.#moveUp(this.#queue.length - 1);
    if (group !== undefined) {
      group.events.push(event);
      group.open++;
    }
    return event;
  }

  /** A line of the event that came before its first one, and was waiting for its twin. */
  #beginAt(event: OpenEvent, offset: number): void {
    if (offset >= event.offset) return;
    event.offset = offset;
    const at = this.#queue.lastIndexOf(event);
    if (at >= this.#head) this.#moveUp(at);
  }

  #moveUp(from: number): void {
    const event = this.#queue[from] as OpenEvent;
    let at = from;
    for (; at > this.#head && (this.#queue[at - 1] as OpenEvent).offset > event.offset; at--) {
      this.#queue[at] = this.#queue[at - 1] as OpenEvent;
    }
    this.#queue[at] = event;
  }

  #emitHead(): void {
    const event = this.#queue[this.#head] as OpenEvent;
    this.#queue[this.#head++] = GONE;
    // Taking from the front of a long array moves all the rest, so the array is cut only now and then.
    if (this.#head > 4096 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    if (event.isDone) return;
    const other = this.#sameEventElsewhere(event);
    const records = this.#records(event, other);
    this.#close(event);
    if (other !== undefined) this.#close(other);
    if (event.group !== undefined)
      this.#emitted.add(event.group.key, event.node === "" ? (other?.node ?? "") : event.node);
    emit(this.#output, records, event.isLate || (other?.isLate ?? false));
  }

  /** The line of a part that was split off names no node: it is its event's. */
  #records(event: OpenEvent, other: OpenEvent | undefined): readonly AuditRecord[] {
    const lines = this.#lines.take(event.firstLine).map((held) => ({ ...held, node: event.node }));
    if (other !== undefined)
      lines.push(...this.#lines.take(other.firstLine).map((held) => ({ ...held, node: other.node })));
    return lines.sort(byOrder).flatMap(({ record, node }) => this.#readLine(record, node));
  }

  /** Records without node= belong to the one node seen with the same stamp and serial; with several they stay apart. */
  #sameEventElsewhere(event: OpenEvent): OpenEvent | undefined {
    const events = event.group?.events;
    if (events === undefined || events.length !== 2) return undefined;
    const other = events[0] === event ? events[1] : events[0];
    return other !== undefined && !other.isDone && (other.node === "") !== (event.node === "") ? other : undefined;
  }

  #close(event: OpenEvent): void {
    event.isDone = true;
    const group = event.group;
    if (group === undefined) return;
    group.open--;
    if (group.open === 0) this.#groups.delete(group.key);
  }
}

/** What stands in the queue where an event was. */
const GONE: OpenEvent = {
  node: "",
  first: 0,
  offset: 0,
  firstLine: NO_LINE,
  lastLine: NO_LINE,
  group: undefined,
  isLate: false,
  isDone: true,
};

/** Records with a damaged stamp have no key, so they never belong together: nothing proves that they do. */
function sameEvent(a: AuditRecord, b: AuditRecord): boolean {
  return a.stamp.key !== undefined && a.stamp.key === b.stamp.key && a.node === b.node;
}

/** `----` and `time->…` of ausearch's text output. */
function isSeparator(text: string): boolean {
  return /^(?:----|time->.*)\s*$/.test(text.length > 200 ? text.slice(0, 200) : text);
}

/**
 * A line that holds records of several events: each part becomes a carried record of its own, because the bytes of a
 * member belong to one entry each. The node at the start of the line holds for all parts.
 */
function splitLine(carried: CarriedRecord, records: readonly AuditRecord[]): readonly AuditRecord[] {
  const text = carried.body.kind === "text" ? carried.body.text : "";
  return records.flatMap((record, i) => {
    const from = i === 0 ? 0 : record.start;
    const next = records[i + 1];
    const to = next === undefined ? carried.length : next.start;
    const body = { kind: "text", text: text.slice(from, next === undefined ? text.length : to) } as const;
    const flags = decodeUtf8(body.text).valid ? carried.flags.filter((flag) => flag !== "encoding") : carried.flags;
    const part = { ...carried, offset: carried.offset + from, length: to - from, body, flags };
    return parseLine(part, record.node).slice(0, 1);
  });
}

/** Of two events that are one, and of twins, each has its lines in a chain of its own. */
function byOrder(a: HeldLine, b: HeldLine): number {
  return a.order - b.order;
}

function emit(output: AssemblyOutput<AuditEvent>, all: readonly AuditRecord[], isLate: boolean): void {
  const carried: CarriedRecord[] = [];
  for (const record of all) if (carried.at(-1) !== record.carried) carried.push(record.carried);
  const told = toldOnce(all);
  output.entry(carried, { carried, ...told, isLate }, told.repeats.length);
}
