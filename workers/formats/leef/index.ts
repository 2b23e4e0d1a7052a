/** Log Event Extended Format: what a device reports to QRadar, under the names of its predefined attributes. */
import { isJsonObject, jsonText } from "../../base/json.ts";
import { timeAt, withYear } from "../../base/log-time.ts";
import { civilOf, type ParsedTime, parseEpoch, parseIso } from "../../base/time.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { type CarriedRecord, defineFormat, type Recognition } from "../format.ts";
import type { Mapping } from "../mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { parseByPattern } from "./java-pattern.ts";
import { levelOf, RULES } from "./table.ts";

const TITLE = "LEEF events";
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const SEVERITY: MeaningOrigin = { kind: "table", text: "LEEF severity" };
const DEVICE: MeaningOrigin = { kind: "record", text: "vendor and product of the LEEF header" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };
const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from the outcome" };

const TIME = ["devTime"] as const;
const PATTERN = ["devTimeFormat"] as const;
const SEV = ["sev", "severity"] as const;
const VENDOR = ["leef.vendor"] as const;
const TEXT = ["leef.text"] as const;
const PRODUCT = ["leef.product"] as const;

export const leefEvents = defineFormat<ObjectEntry>({
  id: "leef",
  title: TITLE,
  version: "1",
  accepts: "object",
  samples: [
    "LEEF:1.0|Lancope|StealthWatch|1.0|41|src=192.0.2.1\tdst=192.0.2.2\tsev=5\tdevTime=Jan 10 2025 12:00:00\tusrName=eva",
    "LEEF:2.0|Vendor|Product|3|login|^|devTime=1736510400250^usrName=eva^sev=2",
  ],
  recognise,
  describe: () => TITLE,
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read: (entry, context, sink) => readObject(entry, meaningOf(entry), context, sink),
  explain: (_records, entry, context) => explainObject(entry, meaningOf(entry), context, "LEEF message"),
});

function meaningOf({ record, value }: ObjectEntry): Meaning {
  return (mapping, writer, context) => {
    const pattern = mapping.find(PATTERN);
    const written = pattern === undefined ? undefined : jsonText(pattern.value);
    const time = mapping.time(TIME, (text) => timeOf(text, written, record));
    if (time !== undefined) writer.time(time.found, time.time);
    if (time?.time !== undefined && isYearless(jsonText(time.found.value), written)) writer.flag("yearInferred");
    writeDevice(mapping);
    mapping.run(RULES);
    const severity = mapping.find(SEV);
    if (severity !== undefined) mapping.write("level", levelOf(jsonText(severity.value)), severity, SEVERITY);
    writer.complete(["category"]);
    if (!mapping.has("level") && "leef" in value) {
      mapping.write("level", mapping.written("outcome") === "fail" ? "warning" : "info", undefined, FROM_OUTCOME);
      writer.flag("levelDerived");
    }
    mapping.write("datasource", context.memberName, undefined, FILE_NAME);
    mapping.write("family", "leef");
    const without = mapping.find(TEXT) === undefined ? ["leef"] : [];
    const rest = writer.wants("data") ? mapping.rest(without) : undefined;
    if (rest !== undefined) mapping.write("data", rest, undefined, REST);
  };
}

/**
 * By the pattern that the message names; else milliseconds since 1970 or a date as LEEF writes it (`MMM dd yyyy HH:mm:ss`).
 * A year that is not written is that of the syslog header. A pattern that does not fit leaves the entry to no guess.
 */
function timeOf(text: string, pattern: string | undefined, { wrap }: CarriedRecord): ParsedTime | undefined {
  if (pattern !== undefined) {
    const read = parseByPattern(text, pattern);
    if (read !== undefined) return read;
    return /^\d{13}$/.test(text) ? parseEpoch(text) : undefined;
  }
  const own = parseIso(text) ?? parseEpoch(text);
  if (own !== undefined) return own;
  const found = timeAt(text, 0);
  if (found?.yearless === undefined) return found?.parsed;
  const header = wrap?.time?.parsed?.at;
  return header === undefined ? undefined : withYear(found.yearless, civilOf(header).year);
}
function isYearless(text: string, pattern: string | undefined): boolean {
  return pattern === undefined && timeAt(text, 0)?.yearless !== undefined;
}

function writeDevice(mapping: Mapping): void {
  const parts = [VENDOR, PRODUCT].flatMap((path) => {
    const found = mapping.find(path);
    return found === undefined ? [] : [jsonText(found.value)];
  });
  if (parts.length > 0) mapping.write("datasource", parts.join(" "), undefined, DEVICE);
}

function recognise(records: readonly CarriedRecord[]): Recognition {
  const fitting = records.filter(
    ({ body }) => body.kind === "object" && isJsonObject(body.value["leef"]) && "eventId" in body.value["leef"],
  );
  const share = records.length === 0 ? 0 : fitting.length / records.length;
  return { confidence: 0.97 * share, reasons: [`${fitting.length} of ${records.length} records are LEEF messages`] };
}
