/** Rows of other logs than `Linux.Auditd`: Panther's own fields are known, the rest is found by common names. */
import type { FieldTable } from "../../field-table.ts";
import type { MeaningOrigin } from "../../../contract.ts";
import { COMMON_TABLE } from "../../common-table.ts";
import type { Meaning } from "../../object-entry.ts";
import { pantherTime } from "./time.ts";

const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };
const REST: MeaningOrigin = { kind: "record", text: "all without a field of its own" };
const FROM_OUTCOME: MeaningOrigin = { kind: "computed", text: "derived from the outcome" };

/** Source: Panther documentation, "Panther standard fields". */
const TABLE: FieldTable = {
  time: ["p_event_time", "p_parse_time"],
  rules: [
    { to: "custom1", from: ["p_row_id"] },
    { to: "datasource", from: ["p_source_label"] },
    ...COMMON_TABLE.rules,
    { to: "code", from: ["p_log_type"] },
    { to: "category", from: ["p_log_type"] },
  ],
};
const EVENT_TIME = ["p_event_time"] as const;
const PARSE_TIME = ["p_parse_time"] as const;

export const otherRow: Meaning = (mapping, writer, context) => {
  const time = mapping.time(TABLE.time, pantherTime);
  if (time !== undefined) {
    writer.time(time.found, time.time === undefined ? undefined : { ...time.time, zoneless: false });
    const [event, arrival] = [mapping.find(EVENT_TIME), mapping.find(PARSE_TIME)];
    const isArrival = time.found.path === PARSE_TIME[0] || (event !== undefined && event.value === arrival?.value);
    if (isArrival) writer.flag("arrivalTime");
  }
  mapping.run(TABLE.rules);
  writer.complete();
  mapping.write("datasource", context.memberName, undefined, FILE_NAME);
  mapping.write("family", "panther");
  if (!mapping.has("level")) {
    mapping.write("level", mapping.written("outcome") === "fail" ? "warning" : "info", undefined, FROM_OUTCOME);
    writer.flag("levelDerived");
  }
  const rest = writer.wants("data") ? mapping.rest() : undefined;
  if (rest !== undefined) mapping.write("data", rest, undefined, REST);
};
