/** `exhibit query`: matching entries as a table, JSON lines or CSV. */
import { CANONICAL, type Cell, type EpochMicros, type MemberInfo, type RowPage } from "../contract.ts";
import { printInZone } from "../base/zone.ts";
import { exportColumns } from "../engine/export-columns.ts";
import { exportPage } from "../engine/export-rows.ts";
import type { QueryService } from "../engine/query-service.ts";
import { CsvLines } from "../export/csv.ts";
import { examiner } from "../engine/examiner.ts";
import { CaseWriter } from "../store/case-writer.ts";
import { type ParsedCommand, UsageError } from "./arguments.ts";
import { type Context, type Status, caseFile, fieldsOf, queryOf, secretsOf, withCase, zoneOf } from "./context.ts";
import { cellText, table, timeJson } from "./print.ts";

const PAGE = 500;
const TABLE_FIELDS = ["actor", "action", "target", "outcome", "from", "source"];
/** Rows of a table where --limit does not say otherwise: a screen or two. */
const TABLE_ROWS = 50;

export async function queryCommand(context: Context): Promise<Status> {
  const as = context.command.text("as") ?? "table";
  const write = WRITERS[as];
  if (write === undefined) throw new UsageError("--as takes table, jsonl or csv");
  const secrets = secretsOf(context.command);
  if (secrets === "full") logFullSecrets(context.command);
  await withCase(context, (service) => write(context, service), secrets);
  return 0;
}

/** What shows secrets is told in the case before it is shown. */
function logFullSecrets(command: ParsedCommand): void {
  const writer = CaseWriter.open(caseFile(command), { examiner: examiner() });
  try {
    writer.log("secret.query", { fields: fieldsOf(command) ?? null });
  } finally {
    writer.close();
  }
}

type Write = (context: Context, service: QueryService) => Promise<void>;
const WRITERS: Readonly<Record<string, Write>> = { table: writeTable, jsonl: writeJsonLines, csv: writeCsv };

async function writeTable({ command, output }: Context, service: QueryService): Promise<void> {
  const zone = zoneOf(command);
  const fields = fieldsOf(command) ?? TABLE_FIELDS;
  const info = await service.open(queryOf(command, 1));
  const rows: string[][] = [];
  const limit = Math.min(info.matched, command.whole("limit", TABLE_ROWS));
  for await (const page of pages(service, info.id, limit, fields)) {
    for (let row = 0; row < page.entries.length; row++) {
      const at = page.time[row] ?? Number.NaN;
      const time = Number.isNaN(at) ? "" : printInZone(at as EpochMicros, zone, Math.min(page.precision[row] ?? 0, 6));
      rows.push([String(page.entries[row]), time, ...page.cells.map((cells) => cellText(cells[row] ?? ""))]);
    }
  }
  await output.out(table(["ID", "TIME", ...fields.map((field) => field.toUpperCase())], rows));
  output.say(`${rows.length} of ${info.matched} matching entries, ${info.total} in all\n`);
}

async function* pages(
  service: QueryService,
  id: Parameters<QueryService["rows"]>[0],
  limit: number,
  fields: readonly string[],
): AsyncGenerator<RowPage> {
  for (let first = 0; first < limit; first += PAGE) {
    yield await service.rows(id, first, Math.min(PAGE, limit - first), fields);
  }
}

async function writeJsonLines({ command, output }: Context, service: QueryService): Promise<void> {
  const reader = service.reader();
  const info = await service.open(queryOf(command, 1));
  const present = (await service.fields()).filter((field) => field.present);
  const wanted = fieldsOf(command)?.map((name) => resolved(present, name));
  const columns =
    wanted ?? present.filter(({ group, name }) => group !== "evidence" && name !== "time").map(({ name }) => name);
  const limit = Math.min(info.matched, command.whole("limit", Number.MAX_SAFE_INTEGER));
  for await (const page of pages(service, info.id, limit, columns)) {
    let text = "";
    const recorded = reader.recordedTime;
    for (let row = 0; row < page.entries.length; row++) {
      const { member, spans } = reader.placeOf(page.entries[row] ?? 0);
      const places = spans.map(({ member: id, offset, length }) =>
        id === member.id ? { offset, length } : { member: reader.memberInfo(id).path, offset, length },
      );
      text += `${JSON.stringify({ ...headOf(page, row, member, recorded), spans: places, ...fieldsAt(page, row, columns) })}\n`;
    }
    await output.out(text);
  }
}

/** The query name behind a spelling, and the spelling itself where no field is called so: `rows` then says what is. */
function resolved(
  known: readonly { readonly name: string; readonly aliases: readonly string[] }[],
  spelling: string,
): string {
  return known.find(({ name, aliases }) => name === spelling || aliases.includes(spelling))?.name ?? spelling;
}

/** `recorded`: as the import read it, where that is another time. */
function headOf(page: RowPage, row: number, member: MemberInfo, recorded: Float64Array): object {
  const id = page.entries[row] ?? 0;
  const [time, was] = [timeJson(page.time[row]), timeJson(recorded[id])];
  return { id, time, ...(time === was ? {} : { recordedTime: was }), member: member.path };
}

/** Canonical fields flat under their short names, original ones under `fields`; what an entry lacks is left out. */
function fieldsAt(page: RowPage, row: number, columns: readonly string[]): object {
  const flat: Record<string, Cell> = {};
  const fields: Record<string, Cell> = Object.create(null);
  for (const [at, name] of columns.entries()) {
    const cell = page.cells[at]?.[row] ?? "";
    if (cell === "") continue;
    if (name.startsWith("raw.")) fields[name.slice("raw.".length)] = cell;
    else if (name !== "time" && name !== "member" && name !== "id") flat[name] = cell;
  }
  return { ...flat, fields };
}

/** As `export` writes it, without provenance; to the standard output and without a manifest. */
async function writeCsv({ command, output }: Context, service: QueryService): Promise<void> {
  const reader = service.reader();
  const { result } = await service.answer(queryOf(command, 1));
  const columns = exportColumns(
    result,
    fieldsOf(command) ?? CANONICAL.filter((name) => reader.canonicalNames.includes(name)),
  );
  const lines = new CsvLines({
    columns,
    zone: zoneOf(command),
    provenance: false,
    recordedTime: false,
    formulaGuard: true,
    lineEnd: "lf",
  });
  await output.out(lines.header());
  const limit = Math.min(result.matched, command.whole("limit", Number.MAX_SAFE_INTEGER));
  for (let first = 0; first < limit; first += PAGE) {
    const page = exportPage(
      reader,
      result,
      first,
      Math.min(PAGE, limit - first),
      columns,
      service.secrets(result.columns),
    );
    await output.out(page.map((row) => lines.row(row)).join(""));
  }
}
