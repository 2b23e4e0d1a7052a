/**
 * The target fields of a RadiantOne log collection (documented: 28 standard and 19 custom fields), and the labels that its
 * log viewer shows them under (from a screenshot of its documentation).
 */
import { CANONICAL_FIELDS } from "../../base/canonical-fields.ts";
import { lookup } from "../../base/lookup.ts";
import type { CanonicalName } from "../../contract.ts";
import type { FieldRule } from "../field-table.ts";

/** The vendor knows these two values only and shows them in either case; anything else stays as written. */
export const STATUS: Readonly<Record<string, string>> = lookup({ success: "success", fail: "fail" });

/** The one field that has two names: the mapping calls its column whatdisplayname, the target whatdisplaylabel. */
export const LABEL_NAMES = ["whatdisplaylabel", "whatdisplayname"] as const;

export const DATE = ["date"] as const;

/** Every target field under its own name. */
export const TARGET_RULES: readonly FieldRule[] = CANONICAL_FIELDS.flatMap(({ name, long }): readonly FieldRule[] => {
  if (name === "time" || name === "level") return [];
  if (name === "label") return [{ to: name, from: LABEL_NAMES }];
  return [{ to: name, from: [long], ...(name === "outcome" ? { words: STATUS } : {}) }];
});

/** What the vendor calls mandatory, beside the date. */
export const MANDATORY: readonly CanonicalName[] = [
  "datasource",
  "family",
  "actor",
  "domain",
  "code",
  "event",
  "action",
  "count",
];

/** Labels of the viewer. Those beyond Id, Date, Family, Code, Domain and Login are the titles of the same fields. */
export const VIEWER_RULES: readonly FieldRule[] = [
  { to: "ref", from: ["Id"] },
  { to: "family", from: ["Family"] },
  { to: "code", from: ["Code"] },
  { to: "domain", from: ["Domain"] },
  { to: "actor", from: ["Login"] },
  { to: "label", from: ["Label"] },
];
