/**
 * Executes field tables: which original field of an object gives which canonical field, by what rule. The meaning of a
 * JSON or CSV format is such a table; code is left only for what a table cannot say.
 */
import {
  type JsonObject,
  type JsonValue,
  emptyObject,
  isJsonArray,
  isJsonObject,
  jsonText,
  printJson,
} from "../base/json.ts";
import { parseTime, type ParsedTime } from "../base/time.ts";
import type { CanonicalName, MeaningOrigin } from "../contract.ts";

export interface FieldTable {
  /** Paths of the event time, tried in order; the first that reads as a time is taken. */
  readonly time: readonly string[];
  /** In order; of several rules for one field the first that yields a value wins. */
  readonly rules: readonly FieldRule[];
}

export interface FieldRule {
  readonly to: CanonicalName;
  /**
   * Dotted paths, tried in order; the first that holds something wins. Names compare exactly first, then without case
   * and separators ("Performed By" = performedBy). Items of an array are joined by a comma.
   */
  readonly from?: readonly string[];
  /** Instead of `from`: the same for every record. */
  readonly constant?: string;
  /** Only where one of these paths holds something. */
  readonly when?: readonly string[];
  /** Value table, keys in lower case; what it does not hold goes the way of `otherwise`. */
  readonly words?: Readonly<Record<string, string>>;
  /** keep: the value as it stands (default). drop: nothing. A field: the value goes there instead. */
  readonly otherwise?: "keep" | "drop" | CanonicalName;
  /** Objects count too, as JSON text; else they are passed over. */
  readonly objects?: boolean;
  /** words: a code as words ("user-login-failed" -> "user login failed"). verb: the first verb of VERBS among them. */
  readonly as?: "words" | "verb";
}

/** A value in the record and where it was found. */
export interface Found {
  /** As written in the record, whatever synonym it was found by. */
  readonly path: string;
  readonly value: JsonValue;
}

/** Takes one field of the entry; `found` is undefined for constants and derived values. */
export type Emit = (to: CanonicalName, value: string, found: Found | undefined, origin: MeaningOrigin) => void;

/** One object under a table: looks fields up and remembers which were used. */
export class Mapping {
  readonly object: JsonObject;
  readonly #emit: Emit;
  readonly #done = new Map<CanonicalName, string>();
  readonly #used = new Set<string>();
  #folded: Map<string, string> | undefined;
  #hasTime = false;

  constructor(object: JsonObject, emit: Emit) {
    this.object = object;
    this.#emit = emit;
  }

  /** Writes a field unless an earlier rule did. The original counts as used, so not as data, unless the value was computed. */
  write(to: CanonicalName, value: string, found?: Found, origin?: MeaningOrigin): boolean {
    if (this.#done.has(to)) return false;
    this.#done.set(to, value);
    if (found !== undefined && origin?.kind !== "computed") this.#used.add(found.path);
    this.#emit(to, value, found, origin ?? (found === undefined ? CONSTANT : originOf(found.path)));
    return true;
  }

  has(to: CanonicalName): boolean {
    return this.#done.has(to);
  }
  /** The value that a rule wrote. */
  written(to: CanonicalName): string | undefined {
    return this.#done.get(to);
  }
  /** `time` found one that can be read. */
  get hasTime(): boolean {
    return this.#hasTime;
  }

  /** The first of the paths that holds something: not absent, null, an empty text or, unless asked for, an object. */
  find(paths: readonly string[], objects = false): Found | undefined {
    for (const path of paths) {
      const found = this.#at(path);
      if (found !== undefined && (objects || !isJsonObject(found.value))) return found;
    }
    return undefined;
  }

  run(rules: readonly FieldRule[]): void {
    for (const rule of rules) this.#apply(rule);
  }

  /** The first path that reads as a time; else the first that should be one and is not, with `time` undefined. */
  time(paths: readonly string[]): { readonly found: Found; readonly time: ParsedTime | undefined } | undefined {
    let unread: Found | undefined;
    for (const path of paths) {
      const found = this.#at(path);
      if (found === undefined || isJsonObject(found.value) || isJsonArray(found.value)) continue;
      const time = parseTime(jsonText(found.value));
      if (time !== undefined) {
        this.#used.add(found.path);
        this.#hasTime = time.at !== undefined;
        return { found, time };
      }
      unread ??= found;
    }
    return unread === undefined ? undefined : { found: unread, time: undefined };
  }

  /** JSON text of every top-level field that no rule used whole; undefined when none is left. */
  rest(): string | undefined {
    const rest = emptyObject();
    let isEmpty = true;
    for (const name in this.object) {
      if (this.#used.has(name)) continue;
      rest[name] = this.object[name] as JsonValue;
      isEmpty = false;
    }
    return isEmpty ? undefined : printJson(rest);
  }

  #apply(rule: FieldRule): void {
    if (this.#done.has(rule.to) || (rule.when !== undefined && this.find(rule.when) === undefined)) return;
    if (rule.constant !== undefined) this.write(rule.to, rule.constant);
    const found = rule.from === undefined ? undefined : this.find(rule.from, rule.objects);
    if (found === undefined) return;
    const text = isJsonArray(found.value) ? found.value.map(jsonText).join(",") : jsonText(found.value);
    if (rule.as === "words") this.write(rule.to, inWords(text), found, AS_WORDS);
    else if (rule.as === "verb") this.#writeVerb(rule.to, text, found);
    else if (rule.words === undefined) this.write(rule.to, text, found);
    else this.#writeWord(rule, rule.words, text, found);
  }

  #writeVerb(to: CanonicalName, code: string, found: Found): void {
    const verb = verbOf(code);
    if (verb === undefined) this.write(to, code, found);
    else this.write(to, verb, found, VERB_TABLE);
  }

  #writeWord(rule: FieldRule, words: Readonly<Record<string, string>>, text: string, found: Found): void {
    const key = text.toLowerCase();
    const word = Object.hasOwn(words, key) ? words[key] : undefined;
    if (word !== undefined) this.write(rule.to, word, found, word === text ? undefined : VALUE_TABLE);
    else if (rule.otherwise === undefined || rule.otherwise === "keep") this.write(rule.to, text, found);
    else if (rule.otherwise !== "drop") this.write(rule.otherwise, text, found);
  }

  #at(path: string): Found | undefined {
    const value = this.object[path];
    if (value !== undefined) return holds(value) ? { path, value } : undefined;
    return this.#nested(path) ?? this.#byFoldedName(path);
  }

  #nested(path: string): Found | undefined {
    const dot = path.indexOf(".");
    if (dot === -1) return undefined;
    let value: JsonValue | undefined = this.object;
    for (const name of path.split(".")) value = isJsonObject(value) ? value[name] : undefined;
    return value !== undefined && holds(value) ? { path, value } : undefined;
  }

  #byFoldedName(path: string): Found | undefined {
    this.#folded ??= foldedNames(this.object);
    const name = this.#folded.get(fold(path));
    const value = name === undefined ? undefined : this.object[name];
    return name !== undefined && value !== undefined && holds(value) ? { path: name, value } : undefined;
  }
}

function holds(value: JsonValue): boolean {
  return value !== null && value !== "" && !(isJsonArray(value) && value.length === 0);
}

function foldedNames(object: JsonObject): Map<string, string> {
  const names = new Map<string, string>();
  for (const name in object) {
    const folded = fold(name);
    if (!names.has(folded)) names.set(folded, name);
  }
  return names;
}

const MOST_KEPT = 10_000;
const folds = new Map<string, string>();

function fold(name: string): string {
  return kept(folds, name, () => name.toLowerCase().replaceAll(/[\s_\-.]/g, ""));
}

const origins = new Map<string, MeaningOrigin>();

/** "as recorded in `path`". */
export function originOf(path: string): MeaningOrigin {
  return kept(origins, path, () => ({ kind: "record", text: `field ${path}` }));
}

function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
  let value = cache.get(key);
  if (value === undefined) {
    value = make();
    if (cache.size >= MOST_KEPT) cache.clear();
    cache.set(key, value);
  }
  return value;
}

export const CONSTANT: MeaningOrigin = { kind: "table", text: "the same for every record of this format" };
const AS_WORDS: MeaningOrigin = { kind: "computed", text: "the code in words" };
const VERB_TABLE: MeaningOrigin = { kind: "table", text: "verb table" };
const VALUE_TABLE: MeaningOrigin = { kind: "table", text: "value table" };

/** "user-login-failed", "userLoginFailed" and "USER_LOGIN_FAILED" all give "user login failed". */
export function inWords(code: string): string {
  return code
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[-_.:/\s]+/g, " ")
    .trim()
    .toLowerCase();
}

/** The verb of a code such as "policy-updated"; the last word that is one, because codes put what was done last. */
export function verbOf(code: string): string | undefined {
  const words = inWords(code).split(" ");
  const last = words.findLast((word) => Object.hasOwn(VERBS, word));
  return last === undefined ? undefined : VERBS[last];
}

/** Words of event codes to one verb each. Exhibit's own: no vendor publishes its list. */
const VERBS: Readonly<Record<string, string>> = {
  add: "add",
  added: "add",
  assign: "assign",
  assigned: "assign",
  cancel: "cancel",
  cancelled: "cancel",
  canceled: "cancel",
  change: "modify",
  changed: "modify",
  create: "create",
  created: "create",
  delete: "delete",
  deleted: "delete",
  disable: "disable",
  disabled: "disable",
  download: "read",
  downloaded: "read",
  edit: "modify",
  edited: "modify",
  enable: "enable",
  enabled: "enable",
  execute: "execute",
  executed: "execute",
  export: "export",
  exported: "export",
  generate: "create",
  generated: "create",
  import: "import",
  imported: "import",
  login: "login",
  logon: "login",
  signin: "login",
  logout: "logout",
  logoff: "logout",
  modify: "modify",
  modified: "modify",
  move: "rename",
  moved: "rename",
  read: "read",
  remove: "delete",
  removed: "delete",
  rename: "rename",
  renamed: "rename",
  revoke: "revoke",
  revoked: "revoke",
  run: "execute",
  start: "start",
  started: "start",
  stop: "stop",
  stopped: "stop",
  update: "modify",
  updated: "modify",
  upload: "write",
  uploaded: "write",
  view: "read",
  viewed: "read",
  write: "write",
  written: "write",
};

/** Spellings of outcomes; only these two values exist in the canonical model. */
export const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  true: "success",
  success: "success",
  successful: "success",
  succeeded: "success",
  ok: "success",
  allow: "success",
  allowed: "success",
  pass: "success",
  passed: "success",
  false: "fail",
  fail: "fail",
  failed: "fail",
  failure: "fail",
  error: "fail",
  deny: "fail",
  denied: "fail",
  blocked: "fail",
};

/** Spellings of levels: syslog names, logging libraries, long and short. */
export const LEVEL_WORDS: Readonly<Record<string, string>> = {
  trace: "debug",
  debug: "debug",
  info: "info",
  information: "info",
  informational: "info",
  notice: "info",
  warn: "warning",
  warning: "warning",
  err: "error",
  error: "error",
  crit: "critical",
  critical: "critical",
  fatal: "critical",
  alert: "critical",
  emerg: "critical",
  emergency: "critical",
  panic: "critical",
};
