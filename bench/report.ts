/** Lines of the benchmark's table. */
export interface Line {
  readonly case: string;
  /** CPU of an import or a matching in ms, wall of a query in ms: what the ratio compares. */
  readonly measured: number;
  readonly limit: number;
  readonly limitName: string;
  readonly target: number;
  readonly wallMs: number;
  readonly p95Ms: number;
  readonly runs: number;
  readonly note: string;
}

function ratioOf(line: Line): number {
  return line.measured / line.limit;
}

export function isMissed(line: Line): boolean {
  return ratioOf(line) > line.target;
}

/** For records that are compared later. */
export function withRatio(line: Line): Line & { readonly ratio: number; readonly isMissed: boolean } {
  return { ...line, ratio: ratioOf(line), isMissed: isMissed(line) };
}

export function tableText(lines: readonly Line[]): string {
  const header = ["case", "measured", "limit", "ratio", "target", "wall", "p95", "runs", ""];
  const rows = lines.map((line) => [
    line.case,
    ms(line.measured),
    `${ms(line.limit)} ${line.limitName}`,
    ratioOf(line).toFixed(2),
    `≤ ${line.target}`,
    ms(line.wallMs),
    ms(line.p95Ms),
    String(line.runs),
    `${isMissed(line) ? "misses target" : "meets target"}${line.note === "" ? "" : `; ${line.note}`}`,
  ]);
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const text = (row: readonly string[]): string =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  return `${[header, ...rows].map(text).join("\n")}\n`;
}

function ms(value: number): string {
  return value >= 100 ? `${value.toFixed(0)} ms` : `${value.toFixed(2)} ms`;
}
