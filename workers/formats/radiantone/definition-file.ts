/**
 * One of the two definition files (semicolon CSV) with everything that is written in it kept, so that it is written back
 * byte for byte where nothing was changed.
 */
export interface DefinitionCell {
  readonly value: string;
  /** As written, quotes included. */
  readonly raw: string;
  /** Line and column (in chars) of the first char, from 1. */
  readonly line: number;
  readonly column: number;
}
export interface DefinitionRow {
  readonly cells: readonly DefinitionCell[];
  /** The line end as written; empty at the end of the text. */
  readonly end: string;
}
export interface DefinitionFile {
  /** "\ufeff" or nothing. */
  readonly mark: string;
  readonly rows: readonly DefinitionRow[];
  /** Where a quote opens that is never closed, or is followed by text. */
  readonly torn: DefinitionCell | undefined;
}

const BOM = "\ufeff";
const SEPARATOR = ";";
const PLAIN = /[^;\r\n]*/y;
const LINE_END = /\r\n|\n|\r/y;

export function parseDefinition(text: string): DefinitionFile {
  const mark = text.startsWith(BOM) ? BOM : "";
  const rows: DefinitionRow[] = [];
  let torn: DefinitionCell | undefined;
  let cells: DefinitionCell[] = [];
  let [at, line, lineStart] = [mark.length, 1, mark.length];
  while (at < text.length || cells.length > 0) {
    const raw = rawCell(text, at);
    const cell = { value: valueOf(raw), raw, line, column: at - lineStart + 1 };
    if (raw.startsWith('"') && !isWhole(raw)) torn ??= cell;
    cells.push(cell);
    for (const end of raw.matchAll(/\r\n|\n|\r/g)) {
      line++;
      lineStart = at + end.index + end[0].length;
    }
    at += raw.length;
    if (text[at] === SEPARATOR) {
      at++;
      continue;
    }
    const end = matchAt(LINE_END, text, at);
    rows.push({ cells, end });
    cells = [];
    at += end.length;
    line++;
    lineStart = at;
  }
  return { mark, rows, torn };
}

export function printDefinition({ mark, rows }: DefinitionFile): string {
  return mark + rows.map(({ cells, end }) => cells.map(({ raw }) => raw).join(SEPARATOR) + end).join("");
}

function rawCell(text: string, at: number): string {
  if (text[at] !== '"') return matchAt(PLAIN, text, at);
  const end = quotedEnd(text, at);
  return end === undefined ? text.slice(at) : text.slice(at, end) + matchAt(PLAIN, text, end);
}

/** Behind the quote that closes the one at `at`. A loop: a pattern would need as much of the stack as the cell is long. */
function quotedEnd(text: string, at: number): number | undefined {
  let close = text.indexOf('"', at + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close === -1 ? undefined : close + 1;
}

function isWhole(raw: string): boolean {
  return quotedEnd(raw, 0) === raw.length;
}

function valueOf(raw: string): string {
  return raw.startsWith('"') && isWhole(raw) ? raw.slice(1, -1).replaceAll('""', '"') : raw;
}

/** What a sticky expression matches there; empty when it does not. */
function matchAt(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? "";
}
