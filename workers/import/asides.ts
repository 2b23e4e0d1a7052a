/** Files that lie beside logs and are none: account names, passwords, how an index was set up. Told by their content. */
import { latin1Of, utf8Text } from "../base/bytes.ts";
import { definitionName } from "../base/definition-header.ts";
import { parseJson } from "../base/json-parse.ts";
import { isJsonObject, type JsonValue } from "../base/json.ts";
import { closedHead } from "../carriers/json-form.ts";
import { readSettings } from "../formats/siren-investigate/settings.ts";
import { definitionErrors } from "../formats/radiantone/definition.ts";

export interface Aside {
  readonly kind: "passwd" | "group" | "passwords" | "index-metadata" | "definition" | "settings";
  readonly title: string;
  readonly reasons: readonly string[];
}

/** name:password:uid:gid:comment:home:shell */
const PASSWD_LINE = /^[^:\s][^:]*:[^:]*:\d{1,10}:\d{1,10}:[^:]*:[^:]*:[^:]*$/;
/** name:password:gid:members */
const GROUP_LINE = /^[^:\s][^:]*:[^:]*:\d{1,10}:[^:\s]*$/;
/** `+::::::` and the like send the reader to a directory service; they name nobody. */
const DIRECTORY_LINE = /^[+-]/;

/** What a file that is no log is; undefined for anything else. Pure. */
export function asideOf(head: Uint8Array, whole: boolean): Aside | undefined {
  if (isPasswordFile(head)) {
    return { kind: "passwords", title: "Password file", reasons: ["has the columns File Name and Zip Password"] };
  }
  if (isIndexMetadata(head, whole)) {
    return {
      kind: "index-metadata",
      title: METADATA_TITLE,
      reasons: ["holds indices with mappings, settings or aliases"],
    };
  }
  const settings = settingsOf(head, whole);
  if (settings !== undefined) return settings;
  const definition = definitionOf(head, whole);
  if (definition !== undefined) return definition;
  const lines = identityLines(latin1Of(head), whole);
  if (lines.length === 0) return undefined;
  if (lines.every((line) => PASSWD_LINE.test(line)) && lines.some((line) => numberOf(line) === 0)) {
    const reasons = [`${lines.length} of ${lines.length} lines are name:password:uid:gid:comment:home:shell`];
    return { kind: "passwd", title: "Account names (passwd)", reasons };
  }
  if (lines.every((line) => GROUP_LINE.test(line)) && lines.some((line) => numberOf(line) === 0)) {
    const reasons = [`${lines.length} of ${lines.length} lines are name:password:gid:members`];
    return { kind: "group", title: "Account names (group)", reasons };
  }
  return undefined;
}

/** The lines that name somebody; the last one of a head may be cut. */
export function identityLines(text: string, whole: boolean): string[] {
  const lines = text.split("\n");
  if (!whole) lines.pop();
  const bare = lines.map((line) => line.replace(/\r$/, ""));
  return bare.filter((line) => line !== "" && !line.startsWith("#") && !DIRECTORY_LINE.test(line));
}

function numberOf(line: string): number {
  return Number(line.split(":")[2]);
}

/** A CSV whose header has these columns holds passwords of archives, in whatever order, quoted or not, UTF-16 or not. */
function isPasswordFile(head: Uint8Array): boolean {
  const start = latin1Of(head, 0, 4096).replaceAll("\0", "");
  const header = /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*([^\r\n]*)/.exec(start)?.[1] ?? "";
  const columns = header.split(/[,;\t|]/).map((column) =>
    column
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .trim()
      .toLowerCase(),
  );
  return columns.includes("file name") && columns.includes("zip password");
}

const METADATA_TITLE = "Mapping or settings of an Elasticsearch index";
const METADATA_START =
  /^(?:\u00ef\u00bb\u00bf)?\s*\{\s*"[^"\\]+"\s*:\s*\{\s*"(?:mappings|settings|aliases|order|index_patterns)"/;
const METADATA_NAMES = new Set(["mappings", "settings", "aliases"]);
/** What a template has beside them. */
const TEMPLATE_NAMES = new Set(["order", "index_patterns", "version", "template", "defaults", "warmers"]);

/**
 * Dumps of mapping, settings, aliases or templates: `{"<index>":{"mappings":{…}}}`, one a line or pretty printed, as the
 * Elasticsearch API answers and elasticdump writes them.
 */
function isIndexMetadata(head: Uint8Array, whole: boolean): boolean {
  const start = latin1Of(head);
  if (!METADATA_START.test(start)) return false;
  const closed = whole ? undefined : closedHead(head);
  const text = (closed === undefined ? start : latin1Of(closed)).replace(/^\u00ef\u00bb\u00bf/, "");
  const one = parseJson(text);
  if (one.ok) return isMetadata(one.value);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const sure = whole ? lines : lines.slice(0, -1);
  return sure.length > 0 && sure.every((line) => isMetadataLine(line));
}

function isMetadataLine(line: string): boolean {
  const parsed = parseJson(line);
  return parsed.ok && isMetadata(parsed.value);
}

function isMetadata(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const indices = Object.values(value);
  return indices.length > 0 && indices.every(isIndexDescription);
}

function isIndexDescription(index: JsonValue): boolean {
  if (!isJsonObject(index)) return false;
  const names = Object.keys(index);
  return (
    names.some((name) => METADATA_NAMES.has(name)) &&
    names.every((name) => METADATA_NAMES.has(name) || TEMPLATE_NAMES.has(name))
  );
}

const SETTINGS_KEY = /^(?:siren_audit|investigate_core)[.:]/m;
/** A log may speak of a key; a settings file is nothing but keys, items and comments. */
const SETTINGS_LINE = /^(?:\s*$|\s*#|\s*-(?:\s|$)|\s*['"]?[\w.-]+['"]?\s*:(?:\s|$)|---|\s+\S|[\]}])/;

function settingsOf(head: Uint8Array, whole: boolean): Aside | undefined {
  const text = utf8Text(head);
  if (!SETTINGS_KEY.test(text)) return undefined;
  const lines = text.split(/\r?\n/);
  if (!(whole ? lines : lines.slice(0, -1)).every((line) => SETTINGS_LINE.test(line))) return undefined;
  const title = "Settings of Siren Investigate";
  if (!whole) return { kind: "settings", title, reasons: ["has keys of investigate.yml"] };
  const read = readSettings(text);
  const reasons = read.kind === "read" ? read.settings.says : [`serves as no hint: ${read.reason}`];
  return { kind: "settings", title, reasons };
}

const DEFINITIONS = {
  "eventproperties.csv": "RadiantOne event properties",
  "eventmapping.csv": "RadiantOne attribute mapping",
} as const;

/** Configuration of a log collection, which has no entries. A broken one is read, to be refused with what is wrong in it. */
function definitionOf(head: Uint8Array, whole: boolean): Aside | undefined {
  const text = utf8Text(head);
  const name = definitionName(text);
  if (name === undefined) return undefined;
  // Where the head cuts the file, its first line is all that is sure.
  const sure = whole ? text : (/^[^\r\n]*/.exec(text)?.[0] ?? "");
  if (definitionErrors(sure).length > 0) return undefined;
  return {
    kind: "definition",
    title: `${DEFINITIONS[name]} (definition)`,
    reasons: [`starts with the columns of ${name}`],
  };
}
