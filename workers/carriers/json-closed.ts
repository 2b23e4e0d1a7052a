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
  const open: string[] = [];
  let closers: string | undefined;
  let end = 0;
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    if (piece === "{" || piece === "[") open.push(piece === "{" ? "}" : "]");
    else if (piece === "}" || piece === "]") open.pop();
    const isWhole = piece === "," || piece === "}" || piece === "]";
    if (!isWhole || open.length === 0) continue;
    end = piece === "," ? index : index + 1;
    closers = open.toReversed().join("");
  }
  return closers === undefined ? undefined : { text: text.slice(0, end), closers };
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
