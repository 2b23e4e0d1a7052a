/** The columns of l2tcsv (Plaso documentation, "Output and formatting", l2tcsv). */
import type { FieldTable } from "../field-table.ts";

export const COLUMNS = [
  "date",
  "time",
  "timezone",
  "MACB",
  "source",
  "sourcetype",
  "type",
  "user",
  "host",
  "short",
  "desc",
  "version",
  "filename",
  "inode",
  "notes",
  "format",
  "extra",
] as const;

export const TABLE: FieldTable = {
  time: ["date"],
  rules: [
    { to: "actor", from: ["user"] },
    { to: "to", from: ["host"] },
    { to: "category", from: ["source"] },
    { to: "code", from: ["sourcetype", "source"] },
    { to: "event", from: ["type"] },
    { to: "label", from: ["desc", "short"] },
    { to: "target", from: ["filename"] },
    { to: "custom1", from: ["MACB"] },
    { to: "custom2", from: ["inode"] },
    { to: "custom3", from: ["notes"] },
    { to: "custom4", from: ["format"] },
    { to: "custom5", from: ["extra"] },
  ],
};
