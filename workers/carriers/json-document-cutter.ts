/**
 * Cuts JSON documents into their records as a stream: of the member only the record that is open is kept. What stands
 * around records (brackets, the rest of an envelope) is ignored; separators belong to the record before them, as a line
 * end does to its line.
 */
import { bufferOf } from "../base/bytes.ts";
import { parseJson } from "../base/json-parse.ts";
import type { UnitOutput } from "./carrier.ts";
import { isBlank, markLength } from "./json-form.ts";
import { isAlike, LastElements, NextRecord, type RecordNames } from "./json-next-record.ts";
import { type Page, PageReader } from "./json-page.ts";
import { ValueScanner } from "./json-value-scanner.ts";
import { KeptBytes } from "./kept-bytes.ts";
import { MAX_LINE_BYTES } from "./line-cutter.ts";

export interface DocumentOutput {
  /** A whole JSON value where a record should be, as latin1 text; the unit is `length` bytes, separators included. */
  value(text: string, offset: number, length: number, line: number): void;
  /** Bytes that are no JSON value, from what should be one to the end of its line or of the damage. */
  garbage(text: string, offset: number, length: number, line: number): void;
  /** A record beyond the limit, of which nothing was kept, or one that is cut off. */
  reject: UnitOutput["reject"];
  /** Bytes around records. */
  around(offset: number, length: number): void;
}

type State =
  /** Between documents, and between the elements of the array that holds the records. */
  | "between"
  /** In a value where a record should be. */
  | "value"
  /** In bytes that are no value, to the end of their line. */
  | "line"
  /** After a value that broke off, until another begins a line. */
  | "damage"
  /** Behind damage, in what may be the next record. */
  | "candidate"
  /** In an envelope, outside the array of records. */
  | "envelope"
  | "name"
  | "passed";

const LF = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Separators beyond this are no part of the unit before them, so that none grows without end. */
const MOST_SEPARATORS = 65_536;
export class DocumentCutter {
  readonly #output: DocumentOutput;
  readonly #path: readonly string[] | undefined;
  readonly #scanner = new ValueScanner();
  readonly #kept: KeptBytes;
  readonly #page: PageReader;
  /** Name of the array of envelopes in an object around them. */
  readonly #outer: string | undefined;
  #state: State = "between";
  /** Bytes and lines that are behind. */
  #offset = 0;
  #line = 1;
  /** Within the array that holds the records. */
  #isInArray = false;
  /** none: outside the object around the envelopes. open: in it, outside of them. within: among them. */
  #outside: "none" | "open" | "within" = "none";
  /** Within an array whose elements are envelopes. */
  #isAmongEnvelopes = false;
  /** Names of the envelope's objects that are open on the way to the array; undefined outside an envelope. */
  #envelope: string[] | undefined;
  #name = "";
  #hasArray = false;
  #hadComma = false;
  /** Blanks since the line began, or -1 when something else stands before. */
  #indent = 0;
  /** The unit that is open: where it starts. */
  #unit = { offset: 0, line: 1, indent: 0 };
  readonly #elements = new LastElements();
  readonly #next = new NextRecord();
  #names: RecordNames | undefined;
  /** What may be the next record: where it starts, and its bytes behind `#next.start`. */
  #candidate = { offset: 0, line: 1 };
  readonly #trial: KeptBytes;
  /** A value that is complete and waits for the separators behind it. */
  #complete: { readonly text: string | undefined; readonly kind: "value" | "garbage" | "damage" } | undefined;
  /** Start of the bytes around records that were not handed on yet. */
  #aroundFrom = 0;
  #envelopeFrom = 0;
  #envelopeLine = 1;
  #records = 0;

  /** `path`: of an envelope; without it the records are elements of an array or stand one after another. */
  constructor(output: DocumentOutput, path: readonly string[] | undefined, limit = MAX_LINE_BYTES, outer?: string) {
    this.#output = output;
    this.#path = path;
    this.#outer = outer;
    this.#page = new PageReader(outer !== undefined);
    this.#kept = new KeptBytes(limit);
    this.#trial = new KeptBytes(limit);
  }

  push(chunk: Uint8Array): void {
    const bytes = bufferOf(chunk);
    let at = this.#offset === 0 ? markLength(bytes) : 0;
    const base = this.#offset;
    while (at < bytes.length) at = this.#step(bytes, at, base);
    this.#offset = base + bytes.length;
  }

  finish(): Page {
    const isOpen =
      this.#isInArray || this.#isAmongEnvelopes || this.#outside !== "none" || this.#envelope !== undefined;
    const isCut = isOpen && !this.#endsInDamage();
    if (this.#state === "value") this.#countLines(this.#scanner.lines);
    if (this.#state === "value") this.#close("value");
    if (this.#state === "line") this.#close("garbage");
    if (this.#state === "candidate") this.#kept.append(this.#trial);
    if (this.#state === "damage" || this.#state === "candidate") this.#close("damage");
    this.#handOn(this.#offset);
    if (this.#envelope !== undefined && !this.#hasArray) this.#rejectEnvelope(this.#offset);
    this.#around(this.#offset);
    const { total, hasNext, troubles } = this.#page;
    return { records: this.#records, total, hasNext, isCut, troubles: [...troubles] };
  }

  /** The last record is damaged, and what stands behind it ends the document. */
  #endsInDamage(): boolean {
    if (this.#state !== "damage" || this.#names === undefined) return false;
    return this.#envelope === undefined ? /\]\s*$/.test(this.#kept.text()) : /\}\s*$/.test(this.#kept.text());
  }

  /** Handles what stands at `at`; gives where to go on. `base`: offset of the chunk in the member. */
  #step(bytes: Buffer, at: number, base: number): number {
    switch (this.#state) {
      case "between":
        return this.#between(bytes, at, base);
      case "value":
        return this.#value(bytes, at, base);
      case "line":
        return this.#garbageLine(bytes, at);
      case "damage":
        return this.#damage(bytes, at, base);
      case "candidate":
        return this.#tryCandidate(bytes, at);
      case "envelope":
        return this.#inEnvelope(bytes, at, base);
      case "name":
        return this.#readName(bytes, at);
      case "passed":
        return this.#passValue(bytes, at);
    }
  }

  #between(bytes: Buffer, at: number, base: number): number {
    const byte = bytes[at] as number;
    if (isBlank(byte) || (byte === COMMA && !this.#hadComma)) {
      if (byte === COMMA) this.#hadComma = true;
      this.#pass(byte);
      const isLong =
        this.#complete !== undefined && base + at - this.#unit.offset - this.#kept.length > MOST_SEPARATORS;
      if (isLong) this.#handOn(base + at + 1);
      return at + 1;
    }
    const isParted = this.#hadComma || byte === CLOSE_ARRAY;
    this.#hadComma = false;
    if (!isParted && this.#isInArray && this.#resumeDamage()) return at;
    this.#handOn(base + at);
    if (this.#path !== undefined && this.#envelope === undefined && (byte === OPEN_ARRAY || byte === CLOSE_ARRAY)) {
      this.#isAmongEnvelopes = byte === OPEN_ARRAY;
      this.#pass(byte);
      if (byte === CLOSE_ARRAY && this.#outside === "within") this.#leaveEnvelopes();
      return at + 1;
    }
    if (this.#isInArray ? byte === CLOSE_ARRAY : byte === OPEN_ARRAY) {
      this.#isInArray = !this.#isInArray;
      if (!this.#isInArray && this.#envelope !== undefined) this.#state = "envelope";
      this.#pass(byte);
      return at + 1;
    }
    if (!this.#isInArray && byte === OPEN_OBJECT && this.#path !== undefined) return this.#openEnvelope(at, base);
    this.#around(base + at);
    this.#unit = { offset: base + at, line: this.#line, indent: Math.max(this.#indent, 0) };
    const isValue = byte === OPEN_OBJECT || (this.#isInArray && byte !== CLOSE_OBJECT);
    this.#state = isValue ? "value" : "line";
    this.#scanner.start();
    return at;
  }

  /** An element that is no object and goes on without a comma is a record that lost its start. */
  #resumeDamage(): boolean {
    const text = this.#complete?.text;
    if (text === undefined || text.startsWith("{")) return false;
    this.#complete = undefined;
    this.#kept.clear();
    this.#kept.add(Buffer.from(text, "latin1"), 0, text.length);
    this.#state = "damage";
    this.#indent = -1;
    this.#searchNext(text);
    return true;
  }

  #value(bytes: Buffer, at: number, base: number): number {
    const scan = this.#scanner.scan(bytes, at);
    const end = scan.kind === "more" ? bytes.length : scan.at;
    this.#kept.add(bytes, at, end);
    if (scan.kind === "end") {
      this.#countLines(this.#scanner.lines);
      this.#close("value");
    } else if (scan.kind === "broken") {
      this.#countLines(this.#scanner.lines);
      this.#state = "damage";
      // Whether what broke it begins a line is told by the line end before it, which may be in a chunk that is gone.
      this.#indent = this.#kept.indent();
      if (bytes[end] === OPEN_OBJECT && this.#startsAnew(OPEN_OBJECT)) this.#closeDamage(base + end);
      else this.#searchNext(this.#kept.text().slice(1));
    }
    return end;
  }

  /** Records that have no line to themselves are told by their names. */
  #searchNext(before: string): void {
    const isSearched = this.#isInArray && this.#line === this.#unit.line;
    if (!isSearched) this.#names = undefined;
    else this.#names ??= this.#elements.namesBehind(this.#kept.text());
    if (this.#names !== undefined) this.#next.search(this.#names.all, before);
  }

  #startCandidate(end: number): void {
    const { start } = this.#next;
    this.#candidate = { offset: end - start.length, line: this.#line };
    this.#scanner.start();
    this.#scanner.scan(Buffer.from(start, "latin1"), 0);
    this.#state = "candidate";
  }

  #tryCandidate(bytes: Buffer, at: number): number {
    const scan = this.#scanner.scan(bytes, at);
    const end = scan.kind === "more" ? bytes.length : scan.at;
    this.#trial.add(bytes, at, end);
    if (scan.kind === "more") return end;
    const { start } = this.#next;
    const rest = this.#trial.text();
    const isRecord =
      scan.kind === "end" && !this.#trial.isDropped && this.#names !== undefined && isAlike(start + rest, this.#names);
    this.#line += this.#scanner.lines;
    if (isRecord) this.#takeCandidate(start);
    else {
      this.#kept.append(this.#trial);
      this.#state = "damage";
      this.#indent = this.#kept.indent();
      this.#searchNext(start.slice(1) + rest);
    }
    return end;
  }

  /** The damage ends where the candidate starts, which is a record like the others. */
  #takeCandidate(start: string): void {
    const { offset, line } = this.#candidate;
    const text = this.#kept.takeText();
    this.#complete = { text: text?.slice(0, -start.length), kind: "damage" };
    this.#handOn(offset);
    this.#unit = { offset, line, indent: this.#unit.indent };
    const bytes = Buffer.from(start, "latin1");
    this.#kept.add(bytes, 0, bytes.length);
    this.#kept.append(this.#trial);
    this.#close("value");
  }

  /** Takes bytes that are no value up to the end of their line, or among elements to the next comma. */
  #garbageLine(bytes: Buffer, at: number): number {
    let end = at;
    while (end < bytes.length && bytes[end] !== LF && !(this.#isInArray && bytes[end] === COMMA)) end++;
    this.#kept.add(bytes, at, end);
    if (end < bytes.length) this.#close("garbage");
    return end;
  }

  /** A new record begins where a line does, no further in than the broken one; a bracket there ends the array. */
  #damage(bytes: Buffer, at: number, base: number): number {
    for (let next = at; next < bytes.length; next++) {
      const byte = bytes[next] as number;
      if (this.#startsAnew(byte)) {
        this.#kept.add(bytes, at, next);
        this.#closeDamage(base + next);
        return next;
      }
      this.#pass(byte);
      if (this.#line !== this.#unit.line) this.#names = undefined;
      if (this.#names === undefined || !this.#next.take(byte)) continue;
      this.#kept.add(bytes, at, next + 1);
      this.#startCandidate(base + next + 1);
      return next + 1;
    }
    this.#kept.add(bytes, at, bytes.length);
    return bytes.length;
  }

  #startsAnew(byte: number): boolean {
    if (this.#indent < 0 || this.#indent > this.#unit.indent) return false;
    return byte === OPEN_OBJECT || (byte === CLOSE_ARRAY && this.#isInArray);
  }

  #closeDamage(end: number): void {
    this.#close("damage");
    this.#handOn(end);
  }

  /** Back in the object around the envelopes. */
  #leaveEnvelopes(): void {
    this.#outside = "open";
    this.#envelope = [];
    this.#hasArray = true;
    this.#state = "envelope";
  }

  #openEnvelope(at: number, base: number): number {
    if (this.#outer !== undefined && this.#outside === "none") this.#outside = "open";
    this.#envelope = [];
    this.#hasArray = false;
    this.#around(base + at);
    this.#envelopeFrom = base + at;
    this.#envelopeLine = this.#line;
    this.#state = "envelope";
    this.#indent = -1;
    return at + 1;
  }

  #inEnvelope(bytes: Buffer, at: number, base: number): number {
    const byte = bytes[at] as number;
    const open = this.#envelope ?? [];
    if (byte === CLOSE_OBJECT) {
      this.#pass(byte);
      if (open.pop() !== undefined) return at + 1;
      this.#envelope = undefined;
      this.#state = "between";
      if (this.#outside === "open") this.#outside = "none";
      if (!this.#hasArray) this.#rejectEnvelope(base + at + 1);
      return at + 1;
    }
    if (byte === QUOTE && this.#name === "") {
      this.#state = "name";
      this.#scanner.start();
      this.#page.start();
      return at;
    }
    if (isBlank(byte) || byte === COMMA || byte === 0x3a) {
      if (byte === COMMA) this.#name = "";
      this.#pass(byte);
      return at + 1;
    }
    return this.#envelopeValue(byte, at);
  }

  #envelopeValue(byte: number, at: number): number {
    const open = this.#envelope ?? [];
    const isOuter = this.#outside === "open";
    const path = isOuter ? [this.#outer ?? ""] : (this.#path ?? []);
    const isOnPath = open.every((name, i) => path[i] === name) && path[open.length] === this.#name;
    if (isOnPath && byte === OPEN_OBJECT && open.length + 1 < path.length) {
      open.push(this.#name);
      this.#name = "";
      this.#pass(byte);
      return at + 1;
    }
    if (isOnPath && byte === OPEN_ARRAY && open.length + 1 === path.length) {
      this.#hasArray = true;
      this.#isInArray = !isOuter;
      this.#isAmongEnvelopes ||= isOuter;
      if (isOuter) {
        this.#outside = "within";
        this.#envelope = undefined;
      }
      this.#name = "";
      this.#state = "between";
      this.#pass(byte);
      return at + 1;
    }
    this.#state = "passed";
    this.#scanner.start();
    this.#page.start();
    return at;
  }

  /** An object among envelopes that is none: nothing of it was handed on, so it is a reject as a whole. */
  #rejectEnvelope(end: number): void {
    const path = (this.#path ?? []).join(".");
    const detail = `an object without the array ${path} that the others hold`;
    this.#output.reject(this.#envelopeFrom, end - this.#envelopeFrom, this.#envelopeLine, "json.no-array", detail);
    this.#aroundFrom = end;
  }

  #readName(bytes: Buffer, at: number): number {
    const scan = this.#scanner.scan(bytes, at);
    const end = scan.kind === "more" ? bytes.length : scan.at;
    this.#page.add(bytes, at, end);
    if (scan.kind === "more") return end;
    this.#name = this.#page.name();
    this.#state = "envelope";
    return end;
  }

  /** A value of the envelope that leads to no record: looked at only for what it says of the page. */
  #passValue(bytes: Buffer, at: number): number {
    const scan = this.#scanner.scan(bytes, at);
    const end = scan.kind === "more" ? bytes.length : scan.at;
    this.#page.add(bytes, at, end);
    if (scan.kind === "more") return end;
    this.#countLines(this.#scanner.lines);
    this.#page.note(this.#name);
    this.#name = "";
    this.#state = "envelope";
    // A value that breaks off would be met again at the same place.
    if (scan.kind !== "broken") return end;
    this.#pass(bytes[end] as number);
    return end + 1;
  }

  /** The value is complete: it waits for its separators. */
  #close(kind: "value" | "garbage" | "damage"): void {
    this.#complete = { text: this.#kept.takeText(), kind };
    this.#names = undefined;
    this.#state = "between";
    if (kind !== "damage") this.#indent = -1;
  }

  /** Ends the unit that waits, before `end`. */
  #handOn(end: number): void {
    const complete = this.#complete;
    if (complete === undefined) return;
    const { offset, line } = this.#unit;
    const length = end - offset;
    if (this.#isInArray || complete.kind === "value") this.#records++;
    if (complete.text === undefined) {
      const detail = `a JSON value of ${this.#kept.length} bytes, longer than the ${this.#kept.limit} that are read as one record`;
      this.#output.reject(offset, length, line, "json.too-long", detail);
    } else if (complete.kind === "value") {
      // An empty object is like nothing.
      if (this.#isInArray && complete.text.includes('"')) this.#elements.add(complete.text);
      this.#output.value(complete.text, offset, length, line);
    } else if (complete.kind === "garbage") this.#output.garbage(complete.text, offset, length, line);
    else this.#output.reject(offset, length, line, "json.syntax", damageOf(complete.text, offset));
    this.#complete = undefined;
    this.#kept.clear();
    this.#aroundFrom = end;
  }

  /** Hands on what stands around records, up to `end`. */
  #around(end: number): void {
    if (end > this.#aroundFrom) this.#output.around(this.#aroundFrom, end - this.#aroundFrom);
    this.#aroundFrom = end;
  }

  #countLines(lines: number): void {
    this.#line += lines;
    if (lines > 0) this.#indent = -1;
  }

  /** Moves past one byte outside values. */
  #pass(byte: number): void {
    if (byte === LF) {
      this.#line++;
      this.#indent = 0;
    } else if (byte === 0x20 || byte === 0x09) {
      if (this.#indent >= 0) this.#indent++;
    } else if (byte !== 0x0d) {
      this.#indent = -1;
    }
  }
}

function damageOf(text: string, offset: number): string {
  const parsed = parseJson(text);
  return parsed.ok ? "JSON that is damaged" : `${parsed.reason}, at byte ${offset + parsed.offset}`;
}
