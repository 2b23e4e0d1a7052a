/** Whether a member is an audit log, by its records alone, and which kind. */
import type { CarriedRecord, Recognition } from "../format.ts";
import { findTrailer } from "./trailer.ts";
import { isStampless, parseLine } from "./record.ts";

/** The share of lines, because a system log may quote one audit record among thousands of other lines. */
export function recogniseAudit(records: readonly CarriedRecord[]): Recognition {
  let total = 0;
  let stamped = 0;
  for (const record of records) {
    if (record.body.kind !== "text" || isFrame(record.body.text)) continue;
    total++;
    if (isAuditRecord(record)) stamped++;
  }
  if (total === 0 || stamped === 0) return { confidence: 0, reasons: ["no line is an audit record"] };
  return { confidence: stamped / total, reasons: [`${stamped} of ${total} lines carry an audit stamp`] };
}

/** Lines of ausearch's text output, and comments, that speak neither for nor against. */
function isFrame(text: string): boolean {
  return text.startsWith("----") || text.startsWith("time->") || text.startsWith("#") || text.trim() === "";
}

/**
 * A type, or the kernel's own heading, in front of the stamp: a sentence that quotes a stamp is none. Nor is a JSON
 * object, or an array of them in one line, that holds records as strings: read as text, its escapes would end up in the
 * values, and all of its records in one. Nor is the row of a table with a record in one of its cells, whose quotes are
 * doubled.
 */
function isAuditRecord(record: CarriedRecord): boolean {
  if (record.body.kind === "text" && (JSON_TEXT.test(record.body.text) || CELL.test(record.body.text))) return false;
  return parseLine(record).some((parsed) => isStampless(parsed) || parsed.typeWord !== "" || parsed.start === 0);
}

const JSON_TEXT = /^\s*(?:\[\s*)?[{"]/;
const CELL = /^[^"]{1,200}[,;\t|]"(?:node=\S+ )?type=/;

/** "Linux auditd, raw + enriched, with node". */
export function describeAudit(records: readonly CarriedRecord[]): string {
  const parsed = records.flatMap((record) => parseLine(record));
  let enriched = 0;
  for (const { text, bodyStart, end } of parsed) if (findTrailer(text, bodyStart, end).bodyEnd < end) enriched++;
  const raw = parsed.length - enriched;
  const kind =
    enriched === 0
      ? "raw"
      : mayBeEnriched(
            parsed.map((record) => record.type.name),
            raw,
            enriched,
          )
        ? "enriched"
        : "raw + enriched";
  const hasNode = parsed.some((record) => record.node !== "");
  return `Linux auditd, ${kind}${hasNode ? ", with node" : ""}`;
}

/** EXECVE, CWD, PROCTITLE and EOE have nothing to enrich: an enriched log holds them without a trailer. */
function mayBeEnriched(types: readonly string[], raw: number, enriched: number): boolean {
  const bare = types.filter((type) => NOTHING_TO_ENRICH.has(type)).length;
  return enriched > 0 && raw <= bare;
}
const NOTHING_TO_ENRICH = new Set([
  "EXECVE",
  "CWD",
  "PROCTITLE",
  "EOE",
  "AVC",
  "FD_PAIR",
  "KERN_MODULE",
  "BPF",
  "BPRM_FCAPS",
  "NETFILTER_CFG",
  "CAPSET",
  "MMAP",
]);
