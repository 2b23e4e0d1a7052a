/** JSON that stands as text in the cell of a table or in a string. */
import { parseJson } from "../base/json-parse.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts";

/** The object that a text is; undefined for anything else. */
export function objectInText(value: JsonValue | undefined): JsonObject | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  // The parser reads one char a byte.
  const parsed = parseJson(Buffer.from(value).toString("latin1"));
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}
