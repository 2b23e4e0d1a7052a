/**
 * The text behind the value of a row. Rows have lost the quotes in which the kernel writes a text as it stands, so
 * whether a value is hex has to be told from the value itself. Where that is not sure it stays as it is recorded.
 */
import { decodeUtf8 } from "../../../base/bytes.ts";
import { hexBytes, isHex, isPrintable } from "../decode.ts";
import { latin1 } from "../events/leaves.ts";
import { fieldName, type ValueClass } from "../names.ts";

const ENCODED: ReadonlySet<ValueClass> = new Set(["escaped", "account", "key", "proctitle", "keystrokes"]);
/** A text of these alone is written in quotes, never as hex (kernel/audit.c, audit_string_contains_control). */
const PLAIN = /^[\x21\x23-\x7e]*$/;
/** Command lines hold blanks or NULs between their words, so they nearly always are hex, and are no numbers. */
const COMMAND_LINES = new Set(["cmd", "proctitle"]);
/** Shorter ones may be words or numbers of hex digits. */
const SURELY_LONG = 12;

/**
 * The value with its hex decoded, one char a byte. Decoded is only what the writer had to encode: a file that is really
 * named `cafe`, `63616665` or `2025` stays so, as its name would have been written in quotes.
 */
export function rowBytes(type: string, name: string, text: string): string {
  const bytes = latin1(text);
  if (!isEncoded(type, name) || !isHex(bytes)) return bytes;
  const decoded = hexBytes(bytes);
  return wasEncoded(type, name, bytes, decoded) ? decoded : bytes;
}

function isEncoded(type: string, name: string): boolean {
  if (type === "EXECVE" && /^a\d+(?:\[\d+\])?$/.test(name)) return true;
  return ENCODED.has(fieldName(name).kind);
}

function wasEncoded(type: string, name: string, hex: string, decoded: string): boolean {
  const { kind } = fieldName(name);
  // What the kernel itself saw typed is hex whatever it is (drivers/tty/tty_audit.c, audit_log_n_hex).
  if (type === "TTY" && kind === "keystrokes") return true;
  if (PLAIN.test(decoded)) return false;
  if (kind === "keystrokes") return true;
  if (!decodeUtf8(decoded).valid) return false;
  if (COMMAND_LINES.has(name)) return true;
  const separated = kind === "key" ? decoded.replaceAll("\x01", "") : decoded;
  const isText = isPrintable(separated);
  // Keys that are joined by a byte no key has are hex for sure.
  if (kind === "account" || separated !== decoded) return isText;
  // Numbers, and words of both cases, are what people and programs write; the kernel writes capitals, relays small letters.
  if (!/[A-Fa-f]/.test(hex) || (/[A-F]/.test(hex) && /[a-f]/.test(hex))) return false;
  return hex.length >= SURELY_LONG || (isText && decoded.trim() === decoded);
}
