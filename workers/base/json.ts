/** The values of a JSON text, exactly: no number is rounded, and no name reaches a prototype. `parseJson` makes them. */

/**
 * A number whose own spelling a double would not give back: integers beyond 2^53, long decimals, `1.0`, `1e3`, `-0`.
 * Numbers that `String(value)` spells as the source did stay plain numbers, so the text of every number is exact.
 */
export class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  /** Asked by JSON.stringify, which could not spell it. */
  toJSON(): null {
    metExact = true;
    return null;
  }
}
let metExact = false;

/** Inherits nothing (see `emptyObject`), so that `__proto__` and `constructor` are names like any other. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}
export type JsonValue = string | number | boolean | null | ExactNumber | readonly JsonValue[] | JsonObject;

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/**
 * An empty object for building values. Its prototype is empty, frozen and without one itself, so no name reaches
 * anything; unlike `Object.create(null)` it gets a hidden class, which makes records several times as fast.
 */
export function emptyObject(): Record<string, JsonValue> {
  return new Inert(false);
}
/**
 * `learn` shows the runtime, once and for all, how many names to make room for within an object: without that room every
 * third name moves the values that are already there.
 */
const Inert = function (this: Record<string, JsonValue>, learn: boolean) {
  if (!learn) return;
  this.a = this.b = this.c = this.d = this.e = this.f = this.g = this.h = 0;
  this.i = this.j = this.k = this.l = this.m = this.n = this.o = this.p = 0;
} as unknown as new (
  learn: boolean,
) => Record<string, JsonValue>;
Inert.prototype = Object.freeze(Object.create(null));
for (let times = 0; times < 16; times++) new Inert(true);

/** What a reader sees of a value: a string as it stands, everything else as JSON text. */
export function jsonText(value: JsonValue): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null ? printJson(value) : String(value);
}

/** JSON text without blanks; numbers as the source spelled them. */
export function printJson(value: JsonValue): string {
  if (value instanceof ExactNumber) return value.text;
  metExact = false;
  const text = JSON.stringify(value);
  return metExact ? printExactly(value) : text;
}

function printExactly(value: JsonValue): string {
  if (value instanceof ExactNumber) return value.text;
  if (isJsonArray(value)) return `[${value.map(printExactly).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const parts: string[] = [];
  for (const name in value) parts.push(`${JSON.stringify(name)}:${printExactly(value[name] as JsonValue)}`);
  return `{${parts.join(",")}}`;
}
