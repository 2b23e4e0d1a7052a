/**
 * The argument list of an EXECVE, put together from all its records. A long argument is written in pieces
 * (`a1_len=16000 a1[0]=… a1[1]=…`) that may end inside a UTF-8 sequence, so pieces are joined before they are decoded;
 * a long list goes on in further records of the same key, without argc.
 */
import { utf8Text } from "../../base/bytes.ts";
import { hexBytes, isHex } from "./decode.ts";
import type { RecordFields } from "./fields.ts";
import { rawValue } from "./values.ts";

export interface Arguments {
  /** Arguments in order; undefined where one or several are missing. */
  readonly argv: readonly (string | undefined)[];
  /** Joined by blanks, missing ones as `…`. */
  readonly command: string;
  /** Arguments or pieces of them are missing. */
  readonly hasGap: boolean;
}

interface Argument {
  /** By number: only what is present, so that a hostile number costs nothing. */
  readonly pieces: Map<number, string>;
  quoted: boolean;
  /** Chars of all pieces together as written: hex digits where the argument is encoded. */
  length: number | undefined;
}

export function readArguments(records: readonly RecordFields[]): Arguments | undefined {
  const found = new Map<number, Argument>();
  let count = 0;
  for (const { record, fields } of records) {
    for (const field of fields) {
      const raw = rawValue(record.text, field);
      if (field.field.name === "argc") count = Math.max(count, Number(raw) || 0);
      else collect(found, field.field.name, raw, field.quoted);
    }
  }
  if (found.size === 0) return undefined;
  return assemble(found, count);
}

function assemble(found: ReadonlyMap<number, Argument>, count: number): Arguments {
  const argv: (string | undefined)[] = [];
  let next = 0;
  let hasGap = false;
  for (const index of [...found.keys()].sort((a, b) => a - b)) {
    const argument = found.get(index) as Argument;
    if (index > next) argv.push(undefined);
    if (index > next || !isWhole(argument)) hasGap = true;
    argv.push(decode(argument));
    next = index + 1;
  }
  if (count > next) argv.push(undefined);
  return { argv, command: argv.map((text) => text ?? "…").join(" "), hasGap: hasGap || count > next };
}

const NAME = /^a(\d{1,7})(?:\[(\d{1,6})\]|(_len))?$/;

function collect(found: Map<number, Argument>, name: string, raw: string, quoted: boolean): void {
  const parts = NAME.exec(name);
  if (parts === null) return;
  const index = Number(parts[1]);
  const argument = found.get(index) ?? { pieces: new Map(), quoted, length: undefined };
  found.set(index, argument);
  if (parts[3] !== undefined) {
    argument.length = Number(raw);
    return;
  }
  argument.quoted = quoted;
  argument.pieces.set(Number(parts[2] ?? 0), raw);
}

function isWhole(argument: Argument): boolean {
  const { pieces, length } = argument;
  if (pieces.size === 0 || !pieces.has(pieces.size - 1)) return false;
  return length === undefined || Number.isNaN(length) || lengthOf(argument) >= length;
}

function lengthOf(argument: Argument): number {
  let length = 0;
  for (const raw of argument.pieces.values()) length += raw.length;
  return length;
}

/** Pieces that follow one another are decoded together; `…` stands where one is missing. */
function decode(argument: Argument): string {
  let text = "";
  let run = "";
  let next = 0;
  const isSorted = argument.pieces.size < 2;
  for (const [number, raw] of isSorted ? argument.pieces : [...argument.pieces].sort(([a], [b]) => a - b)) {
    if (number > next) {
      text += `${decodeRun(run, argument.quoted)}…`;
      run = "";
    }
    run += raw;
    next = number + 1;
  }
  const isCut =
    argument.length !== undefined &&
    lengthOf(argument) < argument.length &&
    argument.pieces.has(argument.pieces.size - 1);
  return text + decodeRun(run, argument.quoted) + (isCut ? "…" : "");
}

function decodeRun(raw: string, quoted: boolean): string {
  return utf8Text(!quoted && isHex(raw) ? hexBytes(raw) : raw);
}
