/**
 * interACT, the remote shell of AIR: the audit log can hold the single command and who ran it. The names of these
 * properties are not published, so an entry is recognised by its code or by a key that holds a command.
 */
import { jsonText } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import type { Found, Mapping } from "../mapper.ts";
import { ENDPOINT } from "./table.ts";

const CODE = ["type", "action"] as const;
const ACTOR = ["performedBy", "userName", "username", "userId"] as const;
const DESCRIPTION = ["description", "message"] as const;
const SHELL = /interact|shell|command/i;
const COMMAND = ["command", "commandLine", "cmd"].flatMap((name) => [name, `details.${name}`, `data.${name}`]);
/** A label is for lists: longer commands are cut there and stay whole in the data. */
const LONGEST_LABEL = 200;

const LABEL: MeaningOrigin = { kind: "computed", text: "sentence from actor, command and endpoint" };
const INTERACT: MeaningOrigin = { kind: "inferred", text: "a command of an interACT session" };

/** Writes label, action and target type of a command; does nothing for other records. */
export function writeInteract(mapping: Mapping): void {
  const command = mapping.find(COMMAND);
  const code = mapping.find(CODE);
  if (command === undefined && (code === undefined || !SHELL.test(jsonText(code.value)))) return;
  const actor = mapping.find(ACTOR);
  const endpoint = mapping.find(ENDPOINT);
  mapping.write("action", "execute", undefined, INTERACT);
  mapping.write("target.type", "asset", undefined, INTERACT);
  if (command === undefined && mapping.find(DESCRIPTION) !== undefined) return;
  mapping.write("label", sentence(actor, command, endpoint), command, LABEL);
}

function sentence(actor: Found | undefined, command: Found | undefined, endpoint: Found | undefined): string {
  const who = actor === undefined ? "" : `${escaped(jsonText(actor.value))} `;
  const where = endpoint === undefined ? "" : ` on ${escaped(jsonText(endpoint.value))}`;
  if (command === undefined) return cut(`${who}ran a command${where}`, LONGEST_LABEL);
  const text = escaped(jsonText(command.value));
  const room = LONGEST_LABEL - who.length - where.length - 'ran ""'.length;
  return cut(`${who}ran "${cut(text, Math.max(room, 20))}"${where}`, LONGEST_LABEL);
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = length - 1;
  const isInPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return `${text.slice(0, isInPair ? end - 1 : end)}…`;
}

/** Characters that break a line or turn its direction as escapes, so that a command cannot forge what it is shown in. */
function escaped(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) => {
    const known = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
    const code = character.charCodeAt(0);
    const hex = code.toString(16).toUpperCase();
    return known ?? (code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`);
  });
}
