/** `exhibit show` and `exhibit rejects`: down to the bytes. */
import type { DetailField, EntryDetail, EntryId, RejectRow } from "../contract.ts";
import { UsageError } from "./arguments.ts";
import { type Context, type Status, caseFile, withCase, withEngine } from "./context.ts";
import { inert, json, table, timeJson } from "./print.ts";

export async function showCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const id = command.positionals[1] ?? "";
  if (!/^\d{1,10}$/.test(id)) throw new UsageError("show takes the number of an entry, as `query` prints it");
  const entry = await detailOf(context, Number(id) as EntryId);
  const detail = { ...entry, fields: entry.fields.filter(({ values }) => values.length > 0) };
  if (command.flag("raw")) for (const record of detail.records) await output.out(record.bytes);
  else if (command.flag("json")) await output.out(json(detailJson(detail)));
  else await output.out(detailText(detail));
  return 0;
}

/** Revealing is written to the case first, so it takes the engine. */
async function detailOf(context: Context, id: EntryId): Promise<EntryDetail> {
  const { command } = context;
  if (!command.flag("reveal")) return await withCase(context, (service) => service.entry(id));
  return await withEngine(context, async (engine) => {
    await engine.openCase(engine.grants.add(caseFile(command), "case"));
    return await engine.reveal(id);
  });
}

/** Bytes as text where they are UTF-8, else as base64 under its own name. */
function bytesJson(bytes: Uint8Array): { readonly text: string } | { readonly base64: string } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { base64: Buffer.from(bytes).toString("base64") };
  }
}

function detailJson(detail: EntryDetail): object {
  return {
    ...detail,
    time: timeJson(detail.time),
    records: detail.records.map(({ bytes, ...record }) => ({ ...record, ...bytesJson(bytes) })),
  };
}

function detailText(detail: EntryDetail): string {
  const lines = [`entry ${detail.id}  ${timeJson(detail.time) ?? "undated"}  ${detail.flags.join(" ")}`.trimEnd()];
  if (detail.sentence !== "") lines.push(inert(detail.sentence));
  for (const group of new Set(detail.fields.map((field) => field.group))) {
    lines.push("", group, ...detail.fields.filter((field) => field.group === group).map(fieldLine));
  }
  const { steps } = detail.times;
  if (steps.length > 0) lines.push("", "assumed about the time", ...steps.map(({ text }) => `  ${inert(text)}`));
  if (detail.interpretations.length > 0) lines.push("", "interpretation");
  for (const { field, recorded, meaning, origin } of detail.interpretations) {
    lines.push(`  ${field}: ${inert(recorded)} = ${inert(meaning)} (${origin.text})`);
  }
  if (detail.copies.length > 0) {
    lines.push("", "the same thing in", ...detail.copies.map(({ entry }) => `  entry ${entry}`));
  }
  lines.push("", "records");
  for (const record of detail.records) {
    lines.push(`  line ${record.line}, bytes ${record.offset}+${record.length}  ${record.title}`);
    lines.push(`    ${inert(Buffer.from(record.bytes).toString("utf8").trimEnd())}`);
  }
  return `${lines.join("\n")}\n`;
}

function fieldLine({ name, values, origin }: DetailField): string {
  return `  ${name}: ${values.map(inert).join(" | ")} (${origin.text})`;
}

const PAGE = 500;

export async function rejectsCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const { rows, byReason, paths } = await withCase(context, async (service) => {
    const members = new Map(service.reader().members.map((member) => [member.id, member.path]));
    const found: RejectRow[] = [];
    let page = await service.rejects(0, PAGE, undefined, undefined);
    found.push(...page.rows);
    while (found.length < page.total && page.rows.length > 0) {
      page = await service.rejects(found.length, PAGE, undefined, undefined);
      found.push(...page.rows);
    }
    return { rows: found, byReason: page.byReason, paths: members };
  });
  if (command.flag("json")) {
    const rejects = rows.map(({ bytes, member, ...row }) => ({
      ...row,
      member: paths.get(member),
      ...bytesJson(bytes),
    }));
    await output.out(json({ total: rows.length, byReason, rejects }));
    return 0;
  }
  const text = rows.map((row) => [
    paths.get(row.member) ?? "",
    String(row.line),
    `${row.offset}+${row.length}`,
    row.code,
    Buffer.from(row.bytes).toString("utf8").trimEnd(),
  ]);
  await output.out(table(["MEMBER", "LINE", "BYTES", "REASON", "TEXT"], text));
  return 0;
}
