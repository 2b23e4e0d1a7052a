/** Rows of a table among objects: every value is a text, and an empty one says nothing. */
import { isJsonObject, type JsonObject } from "../base/json.ts";
import type { CarriedRecord } from "./format.ts";

/** The row of a table has its names in the header, so its text is no JSON. */
export function isRow({ body }: CarriedRecord): boolean {
  return body.kind === "object" && (body.text === undefined ? body.spans !== undefined : !/^\s*\{/.test(body.text));
}

/** Names of the empty cells: a table cannot say whether they are empty or absent, so they are left out of the data. */
export function emptyCells(object: JsonObject): readonly string[] {
  const names = Object.keys(object);
  const isTable = names.every((name) => typeof object[name] === "string" || isJsonObject(object[name]));
  return isTable ? names.filter((name) => object[name] === "") : [];
}
