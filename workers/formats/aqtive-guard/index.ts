/**
 * AQtive Guard, formerly Cryptosense Analyzer: one flat JSON object a record, in log files, bundles and the journal. Lines
 * of its journal that are no such object (the service manager's own) are entries with what their header says.
 */
import { isJsonObject, type JsonObject, jsonText } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { type CarriedRecord, defineFormat, type Recognition } from "../format.ts";
import type { Mapping } from "../mapper.ts";
import { assembleObjects, explainObject, type Meaning, type ObjectEntry, readObject } from "../object-entry.ts";
import { HEADER } from "../wrap.ts";
import { labelOf } from "./label.ts";
import { AUDIT, ELEMENT, REST, TABLE, TANIUM, WEB } from "./table.ts";

const TITLE = "AQtive Guard log";
const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const FROM_STATUS: MeaningOrigin = { kind: "computed", text: "a status of 400 or more is a failure" };
const FROM_ERROR: MeaningOrigin = { kind: "computed", text: "no answer came" };
const SENTENCE: MeaningOrigin = { kind: "computed", text: "sentence from action, target and result" };
const ELEMENT_NAME: MeaningOrigin = { kind: "record", text: "`element` and `element_id`" };
const LEFT: MeaningOrigin = { kind: "record", text: "all without a field of its own" };

export const aqtiveGuard = defineFormat<ObjectEntry>({
  id: "aqtive-guard",
  title: TITLE,
  version: "1",
  accepts: "object",
  secrets: ["raw.api_key", "custom7"],
  samples: [
    '{"id":"12fbc888-2749-4024-a004-7f337d343fbe","created_at":"2025-03-03T18:00:20.549000Z","hostname":"aqg-01","level":"info","log_type":"audit","pid":1000,"user_id":43,"user_name":"eva","action":"login_attempt","access_granted":true,"client_ip":"192.0.2.77"}',
    '{"id":"6266b7ec-ec3a-400c-bb64-50a228b0fdd8","created_at":"2025-03-03T18:00:34","hostname":"aqg-01","level":"INFO","log_type":"application","pid":1001,"message":"background job 1"}',
  ],
  recognise,
  describe: () => TITLE,
  recordsIn: () => 1,
  assemble: (_context, output) => assembleObjects(output),
  read: (entry, context, sink) => readObject(entry, meaning, context, sink),
  explain: (_records, entry, context) => explainObject(entry, meaning, context, titleOf(entry)),
});

const meaning: Meaning = (mapping, writer, context) => {
  const time = mapping.time(TABLE.time);
  // The vendor documents UTC: a time without an offset is not assumed to be in any zone.
  if (time !== undefined)
    writer.time(time.found, time.time === undefined ? undefined : { ...time.time, zoneless: false });
  mapping.run(TABLE.rules);
  writeKind(mapping);
  mapping.run(REST);
  const label = labelOf(mapping);
  if (label !== undefined) mapping.write("label", label, undefined, SENTENCE);
  writer.complete(["category"]);
  // Without a hostname of its own, a record was written on the machine that its header names.
  const host = mapping.find(["target"]) === undefined ? mapping.written("to") : undefined;
  if (host !== undefined) mapping.write("datasource", host, undefined, HEADER);
  mapping.write("datasource", context.memberName, undefined, FILE_NAME);
  if (!mapping.has("ref")) writer.flag("mandatoryMissing");
  if (writer.wants("data")) writeData(mapping);
};

const LOG_TYPE = ["log_type"] as const;

function writeKind(mapping: Mapping): void {
  switch (textAt(mapping, LOG_TYPE)?.toLowerCase()) {
    case "audit":
      mapping.run(AUDIT);
      writeElement(mapping);
      mapping.run(ELEMENT);
      break;
    case "web":
      mapping.run(WEB);
      writeStatus(mapping);
      break;
    case "tanium":
      if (mapping.find(["error"]) !== undefined) mapping.write("outcome", "fail", mapping.find(["error"]), FROM_ERROR);
      mapping.run(TANIUM);
      writeStatus(mapping);
      break;
    default:
      break;
  }
}

function writeElement(mapping: Mapping): void {
  const element = mapping.find(["element"]);
  const id = mapping.find(["element_id"]);
  const name = [element, id].flatMap((found) => (found === undefined ? [] : [jsonText(found.value)])).join(" ");
  if (name !== "") mapping.write("target", name, id ?? element, ELEMENT_NAME);
}

function writeStatus(mapping: Mapping): void {
  const status = mapping.find(["status_code"]);
  const code = status === undefined ? Number.NaN : Number(jsonText(status.value));
  if (Number.isFinite(code)) mapping.write("outcome", code >= 400 ? "fail" : "success", status, FROM_STATUS);
}

/** The stack trace as it stands; with fields that are not documented, as text of JSON, after it. */
function writeData(mapping: Mapping): void {
  const stack = mapping.find(["stacktrace"]);
  const trace = stack === undefined ? undefined : jsonText(stack.value);
  const rest = mapping.rest(["stacktrace"]);
  if (trace === undefined) {
    if (rest !== undefined) mapping.write("data", rest, undefined, LEFT);
  } else if (rest === undefined) mapping.write("data", trace, stack);
  else mapping.write("data", `${trace}\n${rest}`, stack, LEFT);
}

function textAt(mapping: Mapping, paths: readonly string[]): string | undefined {
  const found = mapping.find(paths);
  return found === undefined ? undefined : jsonText(found.value);
}

function titleOf({ value }: ObjectEntry): string {
  const type = value["log_type"];
  return typeof type === "string" ? `${type} record` : "Line of the journal";
}

const TYPES = new Set(["audit", "web", "application", "analysis", "tanium"]);

function recognise(records: readonly CarriedRecord[]): Recognition {
  const fitting = records.filter(({ body }) => body.kind === "object" && isJsonObject(body.value) && fits(body.value));
  const share = records.length === 0 ? 0 : fitting.length / records.length;
  const types = new Set(fitting.map(({ body }) => (body.kind === "object" ? typeOf(body.value) : "")));
  const kinds = share === 0 ? "" : ` (${[...types].join(", ")})`;
  return {
    confidence: share < 0.5 ? 0.98 * share : 0.9 + 0.08 * share,
    reasons: [`${fitting.length} of ${records.length} records have log_type, created_at and hostname${kinds}`],
  };
}

function fits(object: JsonObject): boolean {
  return "created_at" in object && "hostname" in object && TYPES.has(typeOf(object));
}
function typeOf(object: JsonObject): string {
  const type = object["log_type"];
  return typeof type === "string" ? type.toLowerCase() : "";
}
