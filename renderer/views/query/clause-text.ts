/** A chip in words, and as text of the query language when a person edits it. */
import type { Clause } from "../../../workers/contract.ts";
import { quotedField } from "../../app/query-text.ts";

/** "actor is any of dba-02, svc-backup": what a chip says, in parts. */
export interface ClauseWords {
  readonly not: boolean;
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

const MOST_SHOWN = 4;

export function clauseWords(clause: Clause, short = false): ClauseWords {
  const { field, not, values } = clause;
  if (values.length === 0) return { not, field, operator: "is", value: "missing" };
  if (values.length === 1)
    return { not, field, operator: "is", value: values[0] === "" ? "empty" : (values[0] as string) };
  const value = short || values.length > MOST_SHOWN ? `${values.length} values` : values.join(", ");
  return { not, field, operator: "is any of", value };
}

export function clauseSentence(clause: Clause): string {
  const { not, field, operator, value } = clauseWords(clause);
  return `${not ? "NOT " : ""}${field} ${operator} ${value}${clause.enabled ? "" : ", switched off"}`;
}

/** The same restriction as text: exact values, joined by OR. */
export function clauseQuery({ field, not, values }: Clause): string {
  const name = quotedField(field);
  const negate = not ? "NOT " : "";
  if (values.length === 0) return `${negate}missing:${name}`;
  const parts = values.map((value) => `${name}=${quotedValue(value)}`);
  return parts.length === 1 ? `${negate}${parts[0]}` : `${negate}(${parts.join(" OR ")})`;
}

/** A double-quoted literal; control characters by their escapes. */
export function quotedValue(value: string): string {
  const escaped = value.replace(/["\\\u0000-\u001f\u007f]/g, (char) => {
    if (char === '"' || char === "\\") return `\\${char}`;
    if (char === "\n") return "\\n";
    if (char === "\t") return "\\t";
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return `"${escaped}"`;
}
