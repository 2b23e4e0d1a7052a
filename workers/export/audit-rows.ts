/** Rows of the public `Linux.Auditd` schema, as JSON lines and as a table: each is checked against it when read back. */
import { createReadStream } from "node:fs";
import { isJsonObject, type JsonObject, jsonText, printJson } from "../base/json.ts";
import { parseJson } from "../base/json-parse.ts";
import { auditRowProblem } from "../base/linux-auditd-check.ts";
import { SCHEMA_FIELDS, SCHEMA_NAME } from "../base/linux-auditd.ts";
import { countRecords } from "./count-records.ts";
import { CsvLines, lineEndOf } from "./csv.ts";
import { requireRows, requireRunning } from "./csv-file.ts";
import type { ByteTarget, ExportFormat, ExportOptions, ExportWork, Written } from "./export-writer.ts";

export const auditRowsJson: ExportFormat = {
  id: "linux-auditd-jsonl",
  title: "Linux.Auditd rows, JSON lines",
  extension: "jsonl",
  quoting: "json",
  write: (work, target) => writeRows(work, target, new JsonRows(work.options)),
  async check(file, written) {
    let rows = 0;
    for await (const line of linesOf(createReadStream(file))) {
      requireValid(line);
      rows++;
    }
    requireRows(rows, written.rows);
  },
};

export const auditRowsCsv: ExportFormat = {
  id: "linux-auditd-csv",
  title: "Linux.Auditd rows, CSV",
  extension: "csv",
  write: (work, target) => writeRows(work, target, new CsvRows(work.options, work.auditRows.standard)),
  async check(file, written) {
    requireRows((await countRecords(createReadStream(file))) - 1, written.rows);
  },
};

/** How rows become lines. */
interface RowLines {
  readonly columns: readonly string[];
  readonly guardedCells: number;
  header(): string;
  row(row: JsonObject): string;
}

/** The fields of the schema, then Panther's own, which tell where a row comes from. */
function rowColumns({ provenance }: ExportOptions, standard: readonly string[]): readonly string[] {
  return [...SCHEMA_FIELDS.map(({ name }) => name), ...(provenance ? standard : [])];
}

export class JsonRows implements RowLines {
  readonly columns: readonly string[] = SCHEMA_FIELDS.map(({ name }) => name);
  readonly guardedCells = 0;
  readonly #end: string;

  constructor(options: ExportOptions) {
    this.#end = lineEndOf(options);
  }

  header(): string {
    return "";
  }

  row(row: JsonObject): string {
    return `${printJson(row)}${this.#end}`;
  }
}

/** Nested values are JSON text in a cell, as Panther's own table of search results has them. */
export class CsvRows implements RowLines {
  readonly columns: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #lines: CsvLines;

  constructor(options: ExportOptions, standard: readonly string[]) {
    this.columns = rowColumns(options, standard);
    this.#known = new Set(this.columns);
    this.#lines = new CsvLines(options);
  }

  get guardedCells(): number {
    return this.#lines.guardedCells;
  }

  header(): string {
    return this.#lines.line(this.columns);
  }

  row(row: JsonObject): string {
    for (const name in row) if (!this.#known.has(name)) throw new Error(`no column was made for ${name}`);
    return this.#lines.line(this.columns.map((name) => (row[name] === undefined ? "" : jsonText(row[name]))));
  }
}

/** Lines are joined to chunks of about this many characters before they are encoded. */
const CHUNK = 262_144;

/** Throws a `cancelled` Fault when the signal fires. */
async function writeRows(work: ExportWork, target: ByteTarget, lines: RowLines): Promise<Written> {
  const encoder = new TextEncoder();
  let pending = lines.header();
  let rows = 0;
  let entries = 0;
  for await (const page of work.auditRows.pages(work.signal)) {
    for (const entry of page) {
      for (const row of entry) pending += lines.row(row);
      rows += entry.length;
      entries++;
      if (pending.length < CHUNK) continue;
      await target.write(encoder.encode(pending));
      pending = "";
    }
    requireRunning(work.signal);
    work.onRows(entries);
  }
  requireRunning(work.signal);
  if (pending !== "") await target.write(encoder.encode(pending));
  requireRows(entries, work.auditRows.entries);
  return {
    rows,
    guardedCells: lines.guardedCells,
    schema: { name: SCHEMA_NAME, entries, columns: lines.columns },
  };
}

/** Lines as latin1 text, one char a byte; each ends with LF, which belongs to it. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = `${rest}${Buffer.from(chunk).toString("latin1")}`.split(/(?<=\n)/);
    rest = lines.at(-1)?.endsWith("\n") === true ? "" : (lines.pop() ?? "");
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** `line`: one char a byte. */
function requireValid(line: string): void {
  const parsed = parseJson(line);
  const problem = !parsed.ok || !isJsonObject(parsed.value) ? "it is no JSON object" : auditRowProblem(parsed.value);
  if (problem !== undefined) throw new Error(`a row reads back as none of ${SCHEMA_NAME}: ${problem}`);
}
