/** Fields of Timesketch events: its own three, and those that Plaso gives the events that it exports for it. */
import type { FieldTable } from "../field-table.ts";

export const TABLE: FieldTable = {
  time: ["datetime", "timestamp"],
  rules: [
    { to: "actor", from: ["user", "username", "user_name", "account", "uid", "user_sid"] },
    { to: "to", from: ["host", "hostname", "computer_name", "computer"] },
    { to: "from", from: ["source_ip", "src_ip", "ip_address", "remote_address", "ip"] },
    { to: "ref", from: ["uuid", "event_id"] },
    { to: "code", from: ["event_identifier", "event_type", "data_type", "timestamp_desc"] },
    { to: "event", from: ["timestamp_desc"] },
    { to: "category", from: ["data_type"] },
    { to: "label", from: ["message"] },
    { to: "target", from: ["filename", "path", "url", "key_path"] },
    { to: "custom1", from: ["timestamp_desc"] },
    { to: "custom2", from: ["parser"] },
    { to: "custom3", from: ["display_name"] },
    { to: "custom4", from: ["tag"] },
    { to: "custom5", from: ["source_name", "source"] },
  ],
};
