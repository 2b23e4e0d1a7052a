/** The text of a field: hex and UTF-8 decoded, or as written. */
import { utf8Text } from "../../base/bytes.ts";
import { hexBytes, hexText, isHex, isPrintable } from "./decode.ts";
import type { Field } from "./fields.ts";
import { keystrokes } from "./keystrokes.ts";
import type { ValueClass } from "./names.ts";

/** Several keys of one rule set are joined by this byte before encoding. */
const KEY_SEPARATOR = "\x01";

/** As written, without quotes; one char a byte, because offsets must stay byte offsets. */
export function rawValue(text: string, field: Field): string {
  return text.slice(field.start, field.end);
}

/** The value as a person reads it; several keys are joined by a blank. `ascii`: the whole text is known to be ASCII. */
export function valueText(text: string, field: Field, ascii = false): string {
  const raw = text.slice(field.start, field.end);
  switch (field.field.kind) {
    case "escaped":
      if (field.quoted && ascii) return raw;
      return field.quoted ? utf8Text(raw) : (hexText(raw) ?? utf8Text(raw));
    case "key":
      return keyList(raw, field.quoted).join(" ");
    case "account":
      return field.quoted ? utf8Text(raw) : account(raw);
    case "proctitle":
      return field.quoted ? utf8Text(raw) : (hexText(raw) ?? utf8Text(raw)).replaceAll("\0", " ").trimEnd();
    case "keystrokes":
      return keystrokes(!field.quoted && isHex(raw) ? hexBytes(raw) : raw);
    default:
      return ascii ? raw : utf8Text(raw);
  }
}

/** Whether `valueText` gives an ASCII value back as it stands. */
export function isAsWritten({ field, quoted }: Field): boolean {
  if (field.kind === "key" || field.kind === "keystrokes") return false;
  return quoted || !MAY_BE_HEX.has(field.kind);
}
const MAY_BE_HEX: ReadonlySet<ValueClass> = new Set(["escaped", "account", "proctitle"]);

/** True when the text was decoded from hex. */
export function isDecoded(text: string, field: Field): boolean {
  if (field.quoted) return false;
  const raw = rawValue(text, field);
  switch (field.field.kind) {
    case "escaped":
    case "key":
    case "proctitle":
    case "keystrokes":
      return isHex(raw);
    case "account":
      return isHex(raw) && isPrintable(hexBytes(raw));
    default:
      return false;
  }
}

export function keyList(raw: string, quoted: boolean): readonly string[] {
  const text = quoted ? utf8Text(raw) : (hexText(raw) ?? utf8Text(raw));
  return text.includes(KEY_SEPARATOR) ? text.split(KEY_SEPARATOR).filter((key) => key !== "") : [text];
}

/** Old sshd writes accounts bare: `acct=1001` is an account called 1001, not two control bytes. */
function account(raw: string): string {
  if (!isHex(raw)) return utf8Text(raw);
  const bytes = hexBytes(raw);
  return utf8Text(isPrintable(bytes) ? bytes : raw);
}

/** Values that say that there is none. */
export function isAbsent(value: string): boolean {
  return (
    value === "" ||
    value === "?" ||
    value === "(null)" ||
    value === "(none)" ||
    value === "unset" ||
    value === "(unknown)"
  );
}
