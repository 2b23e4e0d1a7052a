/** The audit record that a row of `Linux.Auditd` was made of, written anew as the kernel writes it. */
import { EXTRA_FIELDS, schemaField } from "../../../base/linux-auditd.ts";
import { byScope, type PathPart, type PathRecord } from "../events/form.ts";
import { latin1, type Leaf, type Leaves } from "../events/leaves.ts";
import { recordType } from "../record-types.ts";
import { type EventHead, stampSeconds, type WrittenRecord, writeRecord } from "../rewritten.ts";
import { isTrailerName } from "../trailer.ts";
import type { RowTime } from "./time.ts";
import { rowBytes } from "./values.ts";

/** Fields that are no part of the record's text. */
const OUTSIDE = new Set(["type", "timestamp", "eventId", EXTRA_FIELDS]);
const EXTRA = `${EXTRA_FIELDS}.`;

export function recordOf(leaves: Leaves, time: RowTime): WrittenRecord<string> {
  return writeRecord(headOf(leaves, time), rewrite(leaves));
}

/** The host's own name for itself, where the row has kept it among the further fields. */
export function nodeOf(leaves: Leaves): Leaf | undefined {
  const leaf = leaves.find(`${EXTRA}node`, "node");
  return leaf === undefined || leaf.text === "" ? undefined : leaf;
}

/** Without a serial, or with no better time than that of its arrival, nothing tells which event the row belongs to. */
function headOf(leaves: Leaves, time: RowTime): EventHead {
  const serial = leaves.find("eventId")?.text ?? "";
  const isArrival = time.flags.includes("arrivalTime") && time.leaf?.path !== "timestamp";
  const isKnown = time.at !== undefined && !isArrival && /^\d{1,20}$/.test(serial);
  return {
    node: latin1(nodeOf(leaves)?.text ?? ""),
    time: time.at,
    precision: time.precision,
    timeText: time.text,
    key: isKnown && time.at !== undefined ? `${stampSeconds(time.at)}:${serial.replace(/^0+(?=\d)/, "")}` : undefined,
  };
}

function rewrite(leaves: Leaves): PathRecord {
  const type = leaves.find("type")?.text ?? "";
  const { name, user } = recordType(type);
  const columns: PathPart[] = [];
  const extra: PathPart[] = [];
  const trailer: PathPart[] = [];
  let lead: string | undefined;
  for (const leaf of leaves.all) {
    if (leaf.value === null) continue;
    const own = leaf.plain;
    if (schemaField(own) !== undefined && !OUTSIDE.has(own)) columns.push(partOf(name, own, leaf));
    else if (own.startsWith(EXTRA)) {
      const further = own.slice(EXTRA.length);
      if (further === "node") continue;
      if (further === "lead") lead ??= leadOf(leaf);
      else if (isInterpretation(further, leaves)) trailer.push(interpreted(further, leaf));
      else if (/^[\w-]+(?:\[\d+\])?$/.test(further)) extra.push(partOf(name, further, leaf));
    }
  }
  const { header, nested } = byScope(user, columns);
  return {
    type: latin1(type),
    header: user ? header : [...header, ...extra],
    nested: user ? [...nested, ...extra] : nested,
    trailer,
    ...(lead === undefined ? {} : user ? { nestedLead: lead } : { lead }),
  };
}

function partOf(type: string, name: string, leaf: Leaf): PathPart {
  const value = rowBytes(type, name, leaf.text);
  return { name, value, from: leaf.path };
}

/** Words in front of an access decision's fields, as Exhibit's own rows keep them. */
function leadOf({ text }: Leaf): string | undefined {
  return /^avc: +(?:denied|granted) /.test(text) ? `${latin1(text)} ` : undefined;
}

/** Upper-case names interpret the lower-case field of the row: what an ENRICHED record has behind its separator. */
function isInterpretation(name: string, leaves: Leaves): boolean {
  return isTrailerName(name) && leaves.find(name.toLowerCase(), `${EXTRA}${name.toLowerCase()}`) !== undefined;
}

function interpreted(name: string, leaf: Leaf): PathPart {
  const text = latin1(leaf.text);
  const isBraced = text.startsWith("{") && text.endsWith("}");
  return { name, value: isBraced ? text : `"${text.replaceAll('"', "'")}"`, from: leaf.path, bare: true };
}
