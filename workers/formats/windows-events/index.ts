/**
 * Windows events, from their XML. Source of names: Microsoft, "Event Schema"
 * (schemas.microsoft.com/win/2004/08/events/event), and the tables beside.
 */
import { emptyObject, isJsonArray, isJsonObject, type JsonObject, jsonText, type JsonValue } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { defineMapped } from "../mapped.ts";
import type { Found, Mapping } from "../mapper.ts";
import { knownEvent } from "./known-events.ts";
import { ID, RULES_OF_OTHERS, RULES_OF_OWN, TABLE } from "./table.ts";

const KEYWORDS: MeaningOrigin = { kind: "computed", text: "audit bits of the keywords" };
const EVENTS: MeaningOrigin = { kind: "table", text: "table of known events" };
const NUMBERED: MeaningOrigin = { kind: "computed", text: "computer, channel and number of the event in its log" };

export const windowsEvents = defineMapped({
  id: "windows-events",
  title: "Windows events, XML",
  samples: [
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4624</EventID><Level>0</Level><Keywords>0x8020000000000000</Keywords><TimeCreated SystemTime='2025-01-10T12:00:00.2500000Z'/><EventRecordID>1</EventRecordID><Channel>Security</Channel><Computer>dc01.example.test</Computer></System><EventData><Data Name='TargetUserName'>eva</Data><Data Name='IpAddress'>192.0.2.10</Data></EventData></Event>",
  ],
  table: TABLE,
  recordTitle: "Windows event",
  has: "a System with EventID and TimeCreated",
  fits: ({ System: system }) => isJsonObject(system) && "EventID" in system && "TimeCreated" in system,
  write,
  clean: cleanedObject,
});

const RECORD = ["System.EventRecordID"] as const;
const BITS = ["System.Keywords"] as const;
const PROVIDER_NAME = ["System.Provider.Name"] as const;

function write(mapping: Mapping): void {
  writeReference(mapping);
  writeOutcome(mapping);
  const id = mapping.find(ID);
  const event = knownEvent(textOf(mapping.find(PROVIDER_NAME)), textOf(id));
  if (event !== undefined) {
    mapping.write("event", event.name, id, EVENTS);
    if (event.action !== undefined) mapping.write("action", event.action, id, EVENTS);
    if (event.outcome !== undefined) mapping.write("outcome", event.outcome, id, EVENTS);
  }
  mapping.run(event?.isOwn === true ? RULES_OF_OWN : RULES_OF_OTHERS);
  if (event?.target !== undefined && mapping.has("target")) mapping.write("target.type", event.target, id, EVENTS);
}

/** Numbers are given by channel and computer: exports and collectors put several of them into one file. */
function writeReference(mapping: Mapping): void {
  const number = mapping.find(RECORD);
  if (number === undefined) return;
  const places = [["System.Computer"], ["System.Channel"]].map((path) => textOf(mapping.find(path)));
  mapping.write("ref", [...places, jsonText(number.value)].filter((part) => part !== "").join("/"), number, NUMBERED);
}

/** WINEVENT_KEYWORD_AUDIT_FAILURE and _SUCCESS (winmeta.xml of the Windows SDK). */
const FAILURE = 0x10_0000_0000_0000n;
const SUCCESS = 0x20_0000_0000_0000n;

function writeOutcome(mapping: Mapping): void {
  const found = mapping.find(BITS);
  const text = textOf(found).trim();
  if (!/^0x[\da-f]{1,16}$/i.test(text)) return;
  const bits = BigInt(text);
  if ((bits & FAILURE) !== 0n) mapping.write("outcome", "fail", found, KEYWORDS);
  else if ((bits & SUCCESS) !== 0n) mapping.write("outcome", "success", found, KEYWORDS);
}

function textOf(found: Found | undefined): string {
  return found === undefined ? "" : jsonText(found.value);
}

/** A dash stands for a value that an event does not have. */
function cleanedObject(object: JsonObject): JsonObject {
  const cleaned = emptyObject();
  for (const name of Object.keys(object)) cleaned[name] = cleanedValue(object[name] as JsonValue);
  return cleaned;
}

function cleanedValue(value: JsonValue): JsonValue {
  if (value === "-") return "";
  if (isJsonArray(value)) return value.map(cleanedValue);
  return isJsonObject(value) ? cleanedObject(value) : value;
}
