/**
 * Plaso (log2timeline): a timeline in the CSV form l2tcsv. Source: Plaso documentation, "Output and formatting",
 * l2tcsv, and plaso/output/l2t_csv.py: 17 columns, `-` for what an event does not have, the date month first.
 */
import { emptyObject, type JsonObject, jsonText } from "../../base/json.ts";
import { type ParsedTime, parseIso } from "../../base/time.ts";
import { instantOfWall, isZone } from "../../base/zone.ts";
import { defineMapped } from "../mapped.ts";
import type { Mapping } from "../mapper.ts";
import type { RecordTime } from "../time-column.ts";
import { COLUMNS, TABLE } from "./table.ts";

export const l2tcsv = defineMapped({
  id: "l2tcsv",
  title: "Plaso timeline, l2tcsv",
  samples: [
    "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n01/10/2025,12:00:00,UTC,M...,LOG,Syslog,Content Modification Time,eva,h1,short,long text,2,OS:/var/log/x,1,-,text/syslog,a: b",
  ],
  table: TABLE,
  recordTitle: "Plaso event",
  has: "the 17 columns of l2tcsv",
  fits: (object) => COLUMNS.every((name) => name in object),
  time: timeOf,
  clean,
});

const DATE = ["date"] as const;
const CLOCK = ["time"] as const;
const ZONE = ["timezone"] as const;
const NO_DATE = /^00\/00\/0000$/;
const WRITTEN = /^(\d\d)\/(\d\d)\/(\d{4})$/;

/** `00/00/0000 --:--:--` says that the event has no time. */
function timeOf(mapping: Mapping): RecordTime | undefined {
  const date = mapping.find(DATE);
  if (date === undefined || NO_DATE.test(jsonText(date.value).trim())) return undefined;
  const clock = mapping.find(CLOCK);
  const zone = mapping.find(ZONE);
  const texts = [date, clock, zone].map((found) => (found === undefined ? "" : jsonText(found.value).trim()));
  const [day = "", hours = "", name = ""] = texts;
  const time = parseDate(day, hours, name);
  const origin = { kind: "record", text: "fields date, time and timezone" } as const;
  if (time?.at !== undefined) {
    mapping.use(...[date, clock, zone].flatMap((found) => found?.path ?? []));
    mapping.noteTime();
  }
  return { found: { path: date.path, value: texts.join(" ").trim(), origin }, time };
}

/** A zone that is not known leaves the time to the zone that is assumed for the member. */
function parseDate(date: string, clock: string, zone: string): ParsedTime | undefined {
  const [, month, day, year] = WRITTEN.exec(date) ?? [];
  const wall = /^\d\d:\d\d:\d\d/.test(clock) ? parseIso(`${year}-${month}-${day}T${clock}`) : undefined;
  if (wall?.at === undefined || !wall.zoneless || !isZone(zone)) return wall;
  return { ...wall, at: instantOfWall(zone, wall.at).at, zoneless: false };
}

/** A dash says what an empty cell says. */
function clean(row: JsonObject): JsonObject {
  const cleaned = emptyObject();
  for (const name in row) cleaned[name] = row[name] === "-" ? "" : (row[name] ?? "");
  return cleaned;
}
