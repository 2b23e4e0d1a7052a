/** Columns of the two definition files of a log collection, as the vendor names them (case sensitive). */
import { CANONICAL_FIELDS } from "../../base/canonical-fields.ts";

/** After these the properties are numbered from 1. */
export const PROPERTY_COLUMNS = ["eventid", "message", "category", "subcategory"] as const;

/** 49 columns: eventid, description, 28 standard and 19 custom fields; one is not named after its field. */
export const MAPPING_COLUMNS: readonly string[] = [
  "eventid",
  "description",
  ...CANONICAL_FIELDS.filter(({ name }) => name !== "level").map(({ name, long }) =>
    name === "label" ? "log_whatdisplayname" : `log_${long}`,
  ),
];
