/** Common Event Format: what a device reports, under the names of ArcSight's dictionary. */
import { timeAt, withYear } from "../../base/log-time.ts";
import { isJsonObject, type JsonObject, jsonText } from "../../base/json.ts";
import { civilOf, type ParsedTime, parseEpoch, parseIso } from "../../base/time.ts";
import type { CanonicalName, MeaningOrigin } from "../../contract.ts";
import { type CarriedRecord, defineFormat, type EntrySink, type Recognition } from "../format.ts";
import type { Mapping } from "../mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { CUSTOM_KEY, levelOf, RULES, TIMES } from "./table.ts";

const TITLE = "CEF events";
const BINALYZE = "Binalyze AIR audit log, CEF";
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const SEVERITY: MeaningOrigin = { kind: "table", text: "CEF severity" };
const DEVICE: MeaningOrigin = { kind: "record", text: "vendor and product of the CEF header" };
const VENDOR: MeaningOrigin = { kind: "inferred", text: "the vendor of the CEF header" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };
const TEXT: MeaningOrigin = { kind: "record", text: "extension without keys" };

export const cefEvents = defineFormat<ObjectEntry>({
  id: "cef",
  title: TITLE,
  version: "1",
  accepts: "object",
  samples: [
    '{"cef":{"version":"0","vendor":"security","product":"threatmanager","deviceVersion":"1.0","signatureId":"100","name":"worm stopped","severity":"10"},"src":"192.0.2.1","dst":"192.0.2.2"}',
  ],
  recognise,
  describe: (records) =>
    records.some(({ body }) => body.kind === "object" && isBinalyze(body.value)) ? BINALYZE : TITLE,
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read(entry, context, sink) {
    readObject(entry, meaningOf(entry), context, sink);
    writeLabelled(entry.value, sink);
  },
  explain: (_records, entry, context) => explainObject(entry, meaningOf(entry), context, "CEF message"),
});

function meaningOf(entry: ObjectEntry): Meaning {
  return (mapping, writer, context) => {
    const time = mapping.time(TIMES, (text) => timeOf(text, entry.record));
    if (time !== undefined) writer.time(time.found, time.time);
    if (time !== undefined && isYearless(jsonText(time.found.value))) writer.flag("yearInferred");
    writeDevice(mapping);
    mapping.run(RULES);
    const severity = mapping.find(["cef.severity"]);
    if ("cef" in entry.value) {
      mapping.write("level", levelOf(severity === undefined ? "" : jsonText(severity.value)), severity, SEVERITY);
    }
    const labels = writeCustom(mapping);
    writer.complete(["category"]);
    mapping.write("datasource", context.memberName, undefined, FILE_NAME);
    if (writer.wants("data")) writeData(mapping, labels);
  };
}

/** Milliseconds since 1970, or a date as CEF writes it; a year that is not written is that of the syslog header. */
function timeOf(text: string, { wrap }: CarriedRecord): ParsedTime | undefined {
  const own = parseIso(text) ?? parseEpoch(text);
  if (own !== undefined) return own;
  const found = timeAt(text, 0);
  if (found?.yearless === undefined) return found?.parsed;
  const header = wrap?.time?.parsed?.at;
  return header === undefined ? undefined : withYear(found.yearless, civilOf(header).year);
}
function isYearless(text: string): boolean {
  return timeAt(text, 0)?.yearless !== undefined;
}

function writeDevice(mapping: Mapping): void {
  const parts = ["cef.vendor", "cef.product"].flatMap((path) => {
    const found = mapping.find([path]);
    return found === undefined ? [] : [jsonText(found.value)];
  });
  if (parts.length > 0) mapping.write("datasource", parts.join(" "), undefined, DEVICE);
  if (isBinalyze(mapping.object)) {
    mapping.write("family", "binalyze-air", undefined, VENDOR);
    mapping.write("domain", "binalyze-air", undefined, VENDOR);
  }
  mapping.write("family", "cef");
}

function isBinalyze(object: JsonObject): boolean {
  const header = object["cef"];
  const vendor = isJsonObject(header) ? header["vendor"] : undefined;
  return typeof vendor === "string" && /binalyze/i.test(vendor);
}

const CUSTOMS: readonly CanonicalName[] = Array.from({ length: 19 }, (_, i) => `custom${i + 1}` as CanonicalName);

/** Device fields in their order; the names of the keys that label them. */
function writeCustom(mapping: Mapping): readonly string[] {
  const keys = Object.keys(mapping.object).filter((key) => CUSTOM_KEY.test(key));
  for (const [i, key] of keys.entries()) {
    const to = CUSTOMS[i];
    const found = mapping.find([key]);
    if (to === undefined || found === undefined) continue;
    const label = labelOf(mapping.object, key);
    const origin: MeaningOrigin = {
      kind: "record",
      text: label === undefined ? `\`${key}\`` : `${label} (\`${key}\`)`,
    };
    const isTenant = isBinalyze(mapping.object) && label !== undefined && /^organi[sz]ation/i.test(label);
    if (isTenant) mapping.write("tenant", jsonText(found.value), found, origin);
    mapping.write(to, jsonText(found.value), found, origin);
  }
  return keys.map((key) => `${key}Label`);
}

function labelOf(object: JsonObject, key: string): string | undefined {
  const label = object[`${key}Label`];
  return typeof label === "string" && label !== "" ? label : undefined;
}

/** A labelled field can be asked for by its label too. */
function writeLabelled(object: JsonObject, sink: EntrySink): void {
  for (const key in object) {
    const label = CUSTOM_KEY.test(key) ? labelOf(object, key) : undefined;
    const value = object[key];
    if (label !== undefined && value !== undefined) sink.original(label, jsonText(value));
  }
}

function writeData(mapping: Mapping, labels: readonly string[]): void {
  const text = mapping.find(["cef.text"]);
  const used = labels.filter((label) => mapping.find([label.slice(0, -"Label".length)]) !== undefined);
  const rest = mapping.rest(["cef", ...used]);
  if (text !== undefined && rest === undefined) mapping.write("data", jsonText(text.value), text, TEXT);
  else if (text !== undefined) mapping.write("data", `${jsonText(text.value)}\n${rest ?? ""}`, text, TEXT);
  else if (rest !== undefined) mapping.write("data", rest, undefined, REST);
}

function recognise(records: readonly CarriedRecord[]): Recognition {
  const fitting = records.filter(
    ({ body }) => body.kind === "object" && isJsonObject(body.value["cef"]) && isHeader(body.value["cef"]),
  );
  const share = records.length === 0 ? 0 : fitting.length / records.length;
  return { confidence: 0.97 * share, reasons: [`${fitting.length} of ${records.length} records are CEF messages`] };
}
function isHeader(header: JsonObject): boolean {
  return ["vendor", "product", "signatureId", "severity"].every((name) => name in header);
}
