/** The sentence of a record that has no message: what was done, to what, with what result. */
import { jsonText } from "../../base/json.ts";
import type { Mapping } from "../mapper.ts";
import { inWords } from "../words.ts";

const LONGEST = 200;

/** undefined: the record names nothing that was done. */
export function labelOf(mapping: Mapping): string | undefined {
  const action = mapping.written("action");
  if (action === undefined) return undefined;
  const path = textAt(mapping, "path");
  const isAudit = mapping.find(["action"]) !== undefined;
  // A request is told by its path alone.
  if (!isAudit && action === "request" && path !== undefined) return cut(path);
  const target = isAudit ? mapping.written("target") : path;
  const what = [isAudit ? inWords(action) : action, target].filter((part) => part !== undefined).join(" ");
  const result = isAudit ? grantOf(mapping) : textAt(mapping, "status_code");
  return cut(result === undefined ? what : `${what}: ${result}`);
}

function grantOf(mapping: Mapping): string | undefined {
  const outcome = mapping.written("outcome");
  if (outcome === undefined) return undefined;
  const reason = textAt(mapping, "access_denied_reason");
  if (outcome === "success") return "granted";
  return reason === undefined ? "denied" : `denied, ${reason}`;
}

function textAt(mapping: Mapping, path: string): string | undefined {
  const found = mapping.find([path]);
  return found === undefined ? undefined : jsonText(found.value);
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
