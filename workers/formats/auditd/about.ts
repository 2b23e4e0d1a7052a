/** What the public `Linux.Auditd` schema says of a field, for every form of the same records: they share its names. */
import { EXTRA_FIELDS, schemaField } from "../../base/linux-auditd.ts";
import { lookup } from "../../base/lookup.ts";
import type { FieldAbout } from "../../contract.ts";

/** Panther's own fields (Panther documentation, "Panther standard fields"). */
const STANDARD: Readonly<Record<string, readonly [type: string, description: string]>> = lookup({
  p_log_type: ["string", "Name of the log that the row is of."],
  p_row_id: ["string", "Identifies the row; Panther gives each row its own."],
  p_event_time: ["timestamp", "Time of the event in UTC; that of reading where the log has none."],
  p_parse_time: ["timestamp", "When Panther read the record, in UTC: an arrival time."],
  p_schema_version: ["bigint", "Version of the schema that the row was written by."],
  p_source_id: ["string", "Identifies the source that the record came through."],
  p_source_label: ["string", "Name that people gave the source."],
  p_source_file: ["json", "The object that the record was read from."],
  p_any_ip_addresses: ["list of strings", "Addresses in the row."],
  p_any_domain_names: ["list of strings", "Host and domain names in the row."],
  p_any_actor_ids: ["list of strings", "Ids of those who acted."],
  p_any_usernames: ["list of strings", "Account names in the row."],
  p_any_emails: ["list of strings", "Mail addresses in the row."],
  p_any_trace_ids: ["list of strings", "Ids that join the row to others."],
  p_enrichment: ["json", "What Panther looked up for values of the row."],
  p_alert_id: ["string", "The alert that the row is an event of."],
  p_rule_id: ["string", "The rule that the row fits."],
});

const GATHERED: Readonly<Record<string, string>> = lookup({
  "indicator.ip": "Addresses by which the row can be found in other logs: addr, hostname and p_any_ip_addresses.",
  "indicator.hostname": "Hosts by which the row can be found in other logs: hostname, addr and p_any_domain_names.",
  "indicator.actor_id": "Who acted: uid and p_any_actor_ids.",
});

export function aboutField(name: string): FieldAbout | undefined {
  const [front = ""] = name.split(".", 1);
  const gathered = GATHERED[name];
  if (gathered !== undefined)
    return { type: "list of strings", description: gathered, indicators: [name.slice("indicator.".length)] };
  const standard = STANDARD[front];
  if (standard !== undefined) return { type: standard[0], description: standard[1], indicators: [] };
  const field = schemaField(front === EXTRA_FIELDS ? front : name);
  if (field === undefined) return undefined;
  const { type, description, indicators, indicatorHonoured } = field;
  return { type, description, indicators: indicatorHonoured === false ? [] : indicators };
}
