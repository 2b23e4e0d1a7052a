/**
 * JSON as a tree that is only looked into where it is opened: a node is a stretch of the text, and its parts are found when
 * somebody asks for them. Numbers and names stay as they are written, which parsing would not keep. Pure.
 */

export interface JsonNode {
  /** From the root, unique in its tree. */
  readonly path: string;
  /** Name of a member, number of an item; undefined for a root. */
  readonly name: string | undefined;
  readonly kind: "object" | "array" | "text" | "plain";
  readonly source: string;
  readonly start: number;
  readonly end: number;
  /** It was found in a text of the record, and is parsed for show only. */
  readonly inText: boolean;
}

/** Longer texts are shown as text, even where they are JSON. */
const MOST_IN_TEXT = 4_000_000;

/** The node of a whole text that is known to be JSON. */
export function rootOf(source: string, path = "", name?: string, inText = false): JsonNode {
  const start = skipBlank(source, 0);
  return { path, name, kind: kindAt(source, start), source, start, end: valueEnd(source, start), inText };
}

/** Members or items, in their order; none for a leaf. A text that holds an object or a list has those of it. */
export function childrenOf(node: JsonNode): readonly JsonNode[] {
  const inner = node.kind === "text" ? jsonWithin(node) : undefined;
  if (inner !== undefined) return childrenOf(inner);
  if (node.kind !== "object" && node.kind !== "array") return [];
  const { source, path, inText } = node;
  const children: JsonNode[] = [];
  let at = skipBlank(source, node.start + 1);
  while (at < node.end - 1) {
    let name = String(children.length);
    if (node.kind === "object") {
      const nameEnd = stringEnd(source, at);
      name = textAt(source, at, nameEnd);
      at = skipBlank(source, skipBlank(source, nameEnd) + 1);
    }
    const end = valueEnd(source, at);
    // A name may stand twice: its place tells the members apart.
    children.push({
      path: `${path}/${children.length}`,
      name,
      kind: kindAt(source, at),
      source,
      start: at,
      end,
      inText,
    });
    at = skipBlank(source, end);
    if (source[at] === ",") at = skipBlank(source, at + 1);
  }
  return children;
}

/** What a leaf says: a text without its quotes and escapes, anything else as it is written. */
export function leafText({ kind, source, start, end }: JsonNode): string {
  return kind === "text" ? textAt(source, start, end) : source.slice(start, end);
}

/** The JSON that a text holds, where it holds an object or a list. */
export function jsonWithin(node: JsonNode): JsonNode | undefined {
  if (node.kind !== "text" || node.end - node.start > MOST_IN_TEXT) return undefined;
  const text = leafText(node);
  return /^\s*[[{]/.test(text) && isJson(text) ? rootOf(text, node.path, node.name, true) : undefined;
}

/** The stretch as it stands in the record; what was found in a text is that text. */
export const writtenText = ({ source, start, end }: JsonNode): string => source.slice(start, end);

function kindAt(source: string, at: number): JsonNode["kind"] {
  const first = source[at];
  return first === "{" ? "object" : first === "[" ? "array" : first === '"' ? "text" : "plain";
}

function textAt(source: string, start: number, end: number): string {
  const value: unknown = JSON.parse(source.slice(start, end));
  return typeof value === "string" ? value : "";
}

function skipBlank(source: string, from: number): number {
  let at = from;
  while (at < source.length && " \t\r\n".includes(source[at] as string)) at += 1;
  return at;
}

/** Behind the closing quote. A long text is not walked char by char. */
function stringEnd(source: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = source.indexOf('"', at);
    if (quote === -1) return source.length;
    let escapes = 0;
    while (source[quote - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Numbers stand as they were written, and may have any number of digits. */
function plainEnd(source: string, start: number): number {
  const rest = /[\s,\]}]/g;
  rest.lastIndex = start;
  return rest.exec(source)?.index ?? source.length;
}

function valueEnd(source: string, start: number): number {
  const kind = kindAt(source, start);
  if (kind === "text") return stringEnd(source, start);
  if (kind === "plain") return plainEnd(source, start);
  const structure = /["{}[\]]/g;
  let depth = 0;
  for (let at = start; ; ) {
    structure.lastIndex = at;
    const found = structure.exec(source);
    if (found === null) return source.length;
    const [char] = found;
    at = char === '"' ? stringEnd(source, found.index) : found.index + 1;
    if (char === "{" || char === "[") depth += 1;
    else if (char !== '"') depth -= 1;
    if (depth === 0) return at;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    // Nested deeper than the parser goes, it stays a text.
    if (error instanceof SyntaxError || error instanceof RangeError) return false;
    throw error;
  }
}
