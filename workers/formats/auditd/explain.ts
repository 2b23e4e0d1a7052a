/** What the detail view shows of an event beside its fields. */
import { lookup } from "../../base/lookup.ts";
import type { IdentityNames, Interpretation, RecordToken } from "../../contract.ts";
import type { CarriedRecord, Explanation } from "../format.ts";
import type { AuditEvent } from "./assembly.ts";
import { aroundOf, interpretRecord } from "./interpret.ts";
import { ARGUMENTS, STAMP } from "./origins.ts";
import { parseLine, type AuditRecord } from "./record.ts";
import { mergedName } from "./record-types.ts";
import { sentenceOf } from "./sentence.ts";
import { summarise, type Summary } from "./summary.ts";
import { tokensOf } from "./tokens.ts";
import { EventView, RecordView } from "./view.ts";

export function explainEvent(records: readonly CarriedRecord[], event: AuditEvent, names?: IdentityNames): Explanation {
  const view = new EventView(event, names);
  const summary = summarise(view);
  const around = aroundOf(view);
  const inOrder = view.records
    .map((record) => ({ record, at: place(record) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ record }) => record);
  const lastPart = inOrder.findLast(({ type }) => type === "EXECVE");
  return {
    sentence: sentenceOf(view, summary),
    records: records.map((carried) => describeRecord(carried, event)),
    interpretations: [
      ...stampMeaning(view),
      ...inOrder.flatMap((record) => [
        ...interpretRecord(record, around),
        ...(record === lastPart ? commandOf(record, summary) : []),
      ]),
    ],
  };
}

/** An event is told from the call over its arguments and objects to the command line, in whatever order it was logged. */
const PLACES: Readonly<Record<string, number>> = lookup({
  SYSCALL: 0,
  URINGOP: 0,
  SOCKETCALL: 1,
  EXECVE: 2,
  SOCKADDR: 3,
  CWD: 4,
  PATH: 5,
  PROCTITLE: 8,
  EOE: 9,
});
const OTHERS = 7;
/** Of EXECVE by first index and of PATH by item, as a fraction. */
function place(view: RecordView): number {
  const main = Object.hasOwn(PLACES, view.type) ? (PLACES[view.type] ?? OTHERS) : OTHERS;
  return main + Math.min(0.999999, within(view) / 1_000_000);
}
function within(view: RecordView): number {
  if (view.type === "PATH") return Number(view.raw("item") ?? 0) || 0;
  if (view.type !== "EXECVE") return 0;
  const first = view.fields.find(({ field }) => /^a\d/.test(field.name));
  return Number(/^a(\d{1,6})/.exec(first?.field.name ?? "")?.[1] ?? 0);
}

/** Glued lines hold several audit records: the title names them all. */
function describeRecord(
  carried: CarriedRecord,
  event: AuditEvent,
): { readonly title: string; readonly tokens: readonly RecordToken[] } {
  const parsed = parseLine(carried);
  const title = parsed.map((record) => titleOf(record) + (isRepeat(record, event) ? " (repeated)" : "")).join(", ");
  return {
    title: title === "" ? "No audit record" : title,
    tokens: parsed.flatMap((record) => tokensOf(new RecordView(record, 0))),
  };
}

/** The number where the writer gave one: kernels have used a few numbers for different drafts. */
function titleOf(record: AuditRecord): string {
  const merged = mergedName(record.type);
  if (merged !== undefined) return `${record.type.name} (${merged}, or another type of a draft)`;
  const isNamed = record.typeWord === record.type.name;
  return isNamed || record.type.number === undefined || record.typeWord === ""
    ? record.type.name
    : `${record.type.name} (${record.typeWord})`;
}

function isRepeat(record: AuditRecord, event: AuditEvent): boolean {
  return [...event.repeats, ...event.twins].some(
    (repeat) => repeat.carried.offset === record.carried.offset && repeat.start === record.start,
  );
}

function stampMeaning(view: EventView): readonly Interpretation[] {
  const first = view.records[0];
  if (first === undefined) return [];
  const { stamp, text } = first.record;
  if (stamp.at < 0) return [];
  const start = stamp.at + "audit(".length;
  const end = start + stamp.timeText.length;
  const found: Interpretation[] = [];
  if (stamp.time !== undefined) {
    const meaning = new Date(Math.floor(stamp.time / 1000)).toISOString().replace("T", " ").replace("Z", " UTC");
    found.push({
      field: "time",
      recorded: stamp.timeText,
      meaning,
      origin: STAMP,
      mark: { record: first.number, start, end },
    });
  }
  if (stamp.key === undefined) return found;
  const close = text.indexOf(")", end);
  const serial = text.slice(end + 1, close);
  found.push({
    field: "serial",
    recorded: serial,
    meaning: serial,
    origin: STAMP,
    mark: { record: first.number, start: end + 1, end: close },
  });
  return found;
}

/** The whole command behind the last record that holds a part of it. */
function commandOf(record: RecordView, { args }: Summary): readonly Interpretation[] {
  if (args === undefined) return [];
  const recorded = `${args.argv.length} ${args.argv.length === 1 ? "argument" : "arguments"}${args.hasGap ? ", some missing" : ""}`;
  const mark = { record: record.number, start: record.record.bodyStart, end: record.record.end };
  return [{ field: "command", recorded, meaning: args.command, origin: ARGUMENTS, mark }];
}
