/** Finds in a written CSV line the apostrophe that keeps a spreadsheet from taking a cell for a formula. */

// What an apostrophe is put before: see the manifest's rule. The apostrophe itself has been read already.
const RISKY = /^[\s"']*[=+\-@＝＋－＠]|^["']*[\t\r\n]/;

/** Place of the first guard in the line, or undefined. */
export function guardPlace(line: string): number | undefined {
  for (const { start, text } of cellsOf(line)) {
    if (text.startsWith("'") && RISKY.test(text.slice(1))) return start;
  }
  return undefined;
}

interface CsvCell {
  /** Place of the cell's first character, its quote left out. */
  readonly start: number;
  /** Unquoted. */
  readonly text: string;
}

export function cellsOf(line: string): readonly CsvCell[] {
  const cells: CsvCell[] = [];
  let at = 0;
  while (at <= line.length) {
    const quoted = line[at] === '"';
    const start = quoted ? at + 1 : at;
    const end = quoted ? quoteEnd(line, start) : plainEnd(line, start);
    cells.push({ start, text: quoted ? line.slice(start, end).replaceAll('""', '"') : line.slice(start, end) });
    at = (quoted ? end + 1 : end) + 1;
  }
  return cells;
}

function quoteEnd(line: string, from: number): number {
  let at = from;
  while (at < line.length) {
    if (line[at] === '"') {
      if (line[at + 1] !== '"') return at;
      at += 1;
    }
    at += 1;
  }
  return line.length;
}

function plainEnd(line: string, from: number): number {
  const end = line.indexOf(",", from);
  return end < 0 ? line.length : end;
}
