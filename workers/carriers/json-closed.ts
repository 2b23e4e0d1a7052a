/** The start of a JSON text as a JSON text of its own. */
import { parseJson } from "../base/json-parse.ts";
import type { JsonValue } from "../base/json.ts";

interface ClosedStart {
  /** Up to its last whole member or element. */
  readonly text: string;
  /** The brackets that close it, the innermost first. */
  readonly closers: string;
}

/** Of a JSON text (latin1); undefined when it holds no whole member or element. */
function closedStart(text: string): ClosedStart | undefined {
  let depth = 0;
  let end = 0;
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    if (piece === "{" || piece === "[") depth++;
    else if (piece === "}" || piece === "]") depth = Math.max(0, depth - 1);
    const isWhole = piece === "," || piece === "}" || piece === "]";
    if (isWhole && depth > 0) end = piece === "," ? index : index + 1;
  }
  if (end === 0) return undefined;
  const start = text.slice(0, end);
  return { text: start, closers: closersOf(start) };
}

/** Only of the one start that counts: of each on the way it would cost its depth. */
function closersOf(start: string): string {
  const open: string[] = [];
  for (const { 0: piece } of start.matchAll(PIECES)) {
    if (piece === "{" || piece === "[") open.push(piece === "{" ? "}" : "]");
    else if (piece === "}" || piece === "]") open.pop();
  }
  return open.toReversed().join("");
}
const PIECES = /"(?:[^"\\]|\\.)*"?|[{}[\],]/g;

/** The same as one text that can be parsed. */
export function closedJson(text: string): string | undefined {
  const closed = closedStart(text);
  return closed === undefined ? undefined : closed.text + closed.closers;
}

/** Damage that a start of a text holds by itself is cut off with what follows it, this often. */
const MOST_CUTS = 4;

/** The value of a JSON text that is damaged, as far as it can be read, and the brackets that were open there. */
export function parsedStart(text: string): { readonly value: JsonValue; readonly closers: string } | undefined {
  let start = text;
  for (let cuts = 0; cuts < MOST_CUTS; cuts++) {
    const closed = closedStart(start);
    if (closed === undefined) return undefined;
    const parsed = parseJson(closed.text + closed.closers);
    if (parsed.ok) return { value: parsed.value, closers: closed.closers };
    start = start.slice(0, parsed.offset);
  }
  return undefined;
}
