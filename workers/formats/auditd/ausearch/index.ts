/** What `ausearch -i` prints: records for people, whose events are put together as those of the raw log are. */
import type { MemberQuestion, Reading } from "../../../contract.ts";
import { type AnyFormat, type CarriedRecord, defineFormat, type Recognition } from "../../format.ts";
import { assembleEvents, type AuditEvent } from "../assembly.ts";
import type { AuditRecord } from "../record.ts";
import { recordType } from "../record-types.ts";
import { auditRowsOfInterpreted, explainInterpreted, readInterpreted } from "./event.ts";
import { orderOf, readHead } from "./line.ts";
import { aboutField } from "../about.ts";

const TITLE = "ausearch -i, interpreted Linux audit records";

export const ausearchInterpreted: AnyFormat = defineFormat<AuditEvent>({
  id: "ausearch-interpreted",
  title: TITLE,
  version: "1",
  accepts: "text",
  secrets: ["raw.data"],
  about: aboutField,
  samples: [
    "type=USER_AUTH msg=audit(12/27/16 02:17:23.046:408) : pid=1298 uid=root auid=unset ses=unset msg='op=PAM:authentication acct=eva exe=/usr/sbin/sshd hostname=? addr=203.0.113.7 terminal=ssh res=success' ",
    "node=web-1 type=CWD msg=audit(27.12.2016 02:20:31.371:479) :  cwd=/user/eva ",
    "type=PATH msg=audit(12/27/2016 02:20:31.371:479) : item=0 name=/sbin/auditctl inode=17367907 dev=08:01 mode=file,750 ouid=root ogid=root rdev=00:00 objtype=NORMAL ",
  ],
  recognise,
  describe: () => TITLE,
  recordsIn: () => 1,
  questions,
  assemble: (_context, output) =>
    assembleEvents(
      {
        entry: (records, event, duplicates) => output.entry(records, event, duplicates),
        ignore: (record) => output.ignore(record),
        reject: (record, code, detail) =>
          isFrame(textOf(record)) ? output.ignore(record) : output.reject(record, code, detail),
      },
      undefined,
      readLine,
    ),
  read: readInterpreted,
  auditRows: auditRowsOfInterpreted,
  explain: explainInterpreted,
});

/** Its key is the stamp as it is written: the zone and the order of the date are not known here. */
function readLine(carried: CarriedRecord, node = ""): readonly AuditRecord[] {
  const text = textOf(carried);
  const head = readHead(text);
  if (head === undefined) return [];
  const { bodyAt, stampAt, timeText, serial, type } = head;
  const stamp = {
    at: stampAt,
    end: bodyAt,
    time: undefined,
    precision: 3,
    timeText,
    key: `${timeText}:${serial.replace(/^0+(?=\d)/, "")}`,
  };
  const own = head.node === "" ? node : head.node;
  const end = text.trimEnd().length;
  return [
    {
      carried,
      text,
      start: 0,
      bodyStart: bodyAt,
      end: Math.max(bodyAt, end),
      type: recordType(type),
      typeWord: type,
      node: own,
      stamp,
    },
  ];
}

function textOf({ body }: CarriedRecord): string {
  return body.kind === "text" ? body.text : "";
}

/** What ausearch prints beside records. */
function isFrame(text: string): boolean {
  return /^(?:----|time->.*|<no matches>|#.*|)\s*$/.test(text.length > 200 ? text.slice(0, 200) : text);
}

function recognise(records: readonly CarriedRecord[]): Recognition {
  const lines = records.map(textOf).filter((text) => !isFrame(text));
  const heads = lines.filter((text) => readHead(text) !== undefined).length;
  if (heads === 0) return { confidence: 0, reasons: ["no line begins like one of ausearch -i"] };
  return {
    confidence: heads / lines.length,
    reasons: [`${heads} of ${lines.length} lines begin like those of ausearch -i`],
  };
}

/** Dates with slashes or hyphens may have the day or the month first; where one of them shows it, nobody is asked. */
function questions(records: readonly CarriedRecord[], reading: Reading): readonly MemberQuestion[] {
  if (reading.dateOrder !== undefined) return [];
  const dates = records.flatMap((record) => readHead(textOf(record))?.timeText ?? []);
  const open = [...new Set(dates.filter((text) => orderOf(text) === undefined))];
  return open.length === 0 ? [] : [{ kind: "date-order", samples: open.slice(0, 5) }];
}
