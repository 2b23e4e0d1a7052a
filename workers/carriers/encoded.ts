/**
 * Cuts a member as its reading says: a carrier sees UTF-8 whatever the member is written in, and the units it makes are
 * told in bytes of the member.
 */
import { latin1Of } from "../base/bytes.ts";
import { type JsonSpans, jsonSpans } from "../base/json-spans.ts";
import type { FlagName, Reading } from "../contract.ts";
import type { CarriedRecord } from "../formats/format.ts";
import type { Carrier, Splitter, UnitOutput } from "./carrier.ts";
import { type ForeignEncoding, transcode, Transcoder, widthOf } from "./transcoder.ts";

export interface Cutter {
  readonly carrier: Carrier;
  split(output: UnitOutput): Splitter;
  /** As `Carrier.reread`. */
  reread(bytes: Uint8Array, offset: number, line: number, near: number | undefined): CarriedRecord | undefined;
}

export function cutterOf(carrier: Carrier, reading: Reading): Cutter {
  const { encoding } = reading;
  if (encoding !== undefined && encoding !== "utf-8") return transcodingCutter(carrier, reading, encoding);
  return {
    carrier,
    split: (output) => carrier.split(output, reading),
    reread: (bytes, offset, line, near) => carrier.reread(bytes, offset, line, reading, near),
  };
}

function transcodingCutter(carrier: Carrier, reading: Reading, encoding: ForeignEncoding): Cutter {
  return {
    carrier,
    split: (output) => new TranscodingSplitter(carrier, reading, encoding, output),
    reread(bytes, offset, line, near) {
      const { utf8, damaged } = transcode(bytes, encoding);
      const record = carrier.reread(utf8, offset, line, reading, near);
      if (record === undefined) return undefined;
      const placeOf = placesIn(utf8, encoding, bytes.length);
      const flags = withDamage(record.flags, damaged.length > 0);
      return { ...record, offset, length: bytes.length, flags, body: placedBody(record.body, bytes, utf8, placeOf) };
    },
  };
}

type Body = CarriedRecord["body"];
type PlaceOf = (utf8Offset: number) => number;

/** Marks of a record that was read again point into its bytes as they lie in the member. */
function placedBody(body: Body, bytes: Uint8Array, utf8: Buffer, placeOf: PlaceOf): Body {
  if (body.kind === "object") {
    const { value } = body;
    return {
      kind: "object",
      value,
      bytes,
      spans: () => placedSpans(body.spans?.() ?? jsonSpans(latin1Of(utf8), value), placeOf),
    };
  }
  const inner = body.derived === undefined ? (char: number) => char : body.derived.placeOf;
  const derived = inner === undefined ? {} : { placeOf: (char: number) => placeOf(inner(char)) };
  return { kind: "text", text: body.text, derived };
}

function placedSpans({ values, tokens }: JsonSpans, placeOf: PlaceOf): JsonSpans {
  const placed = [...values].map(
    ([path, span]) => [path, { ...span, start: placeOf(span.start), end: placeOf(span.end) }] as const,
  );
  return {
    values: new Map(placed),
    tokens: tokens.map((token) => ({ ...token, start: placeOf(token.start), end: placeOf(token.end) })),
  };
}

/** Offsets in the member's own bytes, by offset in their UTF-8; made when first asked for. */
function placesIn(utf8: Buffer, encoding: ForeignEncoding, total: number): PlaceOf {
  let places: Uint32Array | undefined;
  return (offset) => {
    places ??= allPlaces(utf8, encoding, total);
    return places[Math.min(Math.max(offset, 0), utf8.length)] ?? total;
  };
}

function allPlaces(utf8: Buffer, encoding: ForeignEncoding, total: number): Uint32Array {
  const places = new Uint32Array(utf8.length + 1);
  let place = 0;
  for (let at = 0; at < utf8.length; at++) {
    const byte = utf8[at] as number;
    const isLead = (byte & 0xc0) !== 0x80;
    places[at] = isLead ? place : (places[at - 1] ?? 0);
    if (isLead) place = Math.min(place + widthOf(byte, encoding), total);
  }
  places[utf8.length] = total;
  return places;
}

const ENCODING: readonly FlagName[] = ["encoding"];

function withDamage(flags: readonly FlagName[], isDamaged: boolean): readonly FlagName[] {
  if (!isDamaged || flags.includes("encoding")) return flags;
  return flags.length === 0 ? ENCODING : [...flags, "encoding"];
}

class TranscodingSplitter implements Splitter {
  readonly #transcoder: Transcoder;
  readonly #splitter: Splitter;
  readonly #trail: Trail;

  constructor(carrier: Carrier, reading: Reading, encoding: ForeignEncoding, output: UnitOutput) {
    this.#transcoder = new Transcoder(encoding);
    const trail = new Trail(encoding);
    this.#trail = trail;
    this.#splitter = carrier.split(placedOutput(output, trail), reading);
  }

  push(chunk: Uint8Array): void {
    const { utf8, damaged } = this.#transcoder.push(chunk);
    this.#trail.add(utf8, damaged, chunk.length);
    this.#splitter.push(utf8);
  }

  finish(): void {
    const { utf8, damaged } = this.#transcoder.finish();
    this.#trail.add(utf8, damaged, 0);
    if (utf8.length > 0) this.#splitter.push(utf8);
    this.#splitter.finish();
  }
}

/** Tells a carrier's units in bytes of the member, and flags the records that hold damage. */
function placedOutput(output: UnitOutput, trail: Trail): UnitOutput {
  return {
    record(record) {
      const { offset, length, isDamaged } = trail.take(record.offset, record.length);
      output.record({
        ...record,
        offset,
        length,
        body: bareBody(record.body),
        flags: withDamage(record.flags, isDamaged),
      });
    },
    reject(from, count, line, code, detail) {
      const { offset, length } = trail.take(from, count);
      output.reject(offset, length, line, code, detail.replace(UTF8_PLACE, ""));
    },
    ignore(from, count, lines) {
      const { offset, length } = trail.take(from, count);
      output.ignore(offset, length, lines);
    },
    blank(from, count) {
      const { offset, length } = trail.take(from, count);
      output.blank(offset, length);
    },
    note: (message, next) => output.note(message, next),
  };
}

/** A carrier's "(byte 7)" counts the UTF-8 that it was given; lines and columns hold for the member as well. */
const UTF8_PLACE = / \(byte \d+\)$|, at byte \d+$/;

/** Nothing of the text stands in the member's bytes as it is. */
function bareBody(body: Body): Body {
  if (body.kind === "object") return { kind: "object", value: body.value };
  return { kind: "text", text: body.text, derived: {} };
}

/** The transcoded bytes that no unit has taken yet: to walk along them tells how many bytes of the member a unit takes. */
class Trail {
  readonly #encoding: ForeignEncoding;
  #pieces: Buffer[] = [];
  /** How far the first piece was walked. */
  #walked = 0;
  #utf8 = 0;
  #added = 0;
  #offset = 0;
  #total = 0;
  #damaged: number[] = [];
  /** How many of `#damaged` are behind. */
  #passed = 0;

  constructor(encoding: ForeignEncoding) {
    this.#encoding = encoding;
  }

  /** `bytes`: how many of the member's were handed in with these. */
  add(utf8: Buffer, damaged: readonly number[], bytes: number): void {
    if (utf8.length > 0) this.#pieces.push(utf8);
    for (const at of damaged) this.#damaged.push(this.#added + at);
    this.#added += utf8.length;
    this.#total += bytes;
  }

  /** Units come in order and without gaps. */
  take(
    offset: number,
    length: number,
  ): { readonly offset: number; readonly length: number; readonly isDamaged: boolean } {
    if (offset !== this.#utf8) throw new Error(`a unit at ${offset} where one at ${this.#utf8} should be`);
    const from = this.#offset;
    let left = length;
    while (left > 0) left -= this.#walk(left);
    this.#utf8 += length;
    return { offset: from, length: this.#offset - from, isDamaged: this.#passDamage() };
  }

  /** Whether damage stands in what was taken last. */
  #passDamage(): boolean {
    const before = this.#passed;
    while ((this.#damaged[this.#passed] ?? Number.POSITIVE_INFINITY) < this.#utf8) this.#passed++;
    const isDamaged = this.#passed > before;
    if (this.#passed === this.#damaged.length) {
      this.#damaged = [];
      this.#passed = 0;
    }
    return isDamaged;
  }

  #walk(most: number): number {
    const piece = this.#pieces[0];
    if (piece === undefined) throw new Error("a unit beyond the bytes that were handed in");
    const end = Math.min(piece.length, this.#walked + most);
    let bytes = 0;
    for (let at = this.#walked; at < end; at++) {
      const byte = piece[at] as number;
      if ((byte & 0xc0) !== 0x80) bytes += widthOf(byte, this.#encoding);
    }
    // Half a unit at the very end is one byte.
    this.#offset = Math.min(this.#offset + bytes, this.#total);
    const walked = end - this.#walked;
    this.#walked = end;
    if (end === piece.length) {
      this.#pieces.shift();
      this.#walked = 0;
    }
    return walked;
  }
}
