/** Words of codes, outcomes and levels: what many logs write, in the words of the canonical model. */
import { lookup } from "../base/lookup.ts";
import { detached } from "../base/detached.ts";

/** "user-login-failed", "userLoginFailed" and "USER_LOGIN_FAILED" all give "user login failed". */
export function inWords(code: string): string {
  let words = known.get(code);
  if (words === undefined) {
    words = spaced(code);
    if (known.size >= MOST_KNOWN) known.clear();
    if (code.length <= LONGEST_KNOWN) known.set(detached(code), words);
  }
  return words;
}

/** Codes repeat for every entry: the few there are were split before. */
const known = new Map<string, string>();
const knownVerbs = new Map<string, string | undefined>();
const MOST_KNOWN = 1_000;
const LONGEST_KNOWN = 200;

function spaced(code: string): string {
  return code
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[-_.:/\s]+/g, " ")
    .trim()
    .toLowerCase();
}

/** The verb of a code such as "policy-updated"; the last word that is one, because codes put what was done last. */
export function verbOf(code: string): string | undefined {
  if (knownVerbs.has(code)) return knownVerbs.get(code);
  const words = inWords(code).split(" ");
  const last = words.findLast((word) => Object.hasOwn(VERBS, word));
  const verb = last === undefined ? undefined : VERBS[last];
  if (knownVerbs.size >= MOST_KNOWN) knownVerbs.clear();
  if (code.length <= LONGEST_KNOWN) knownVerbs.set(detached(code), verb);
  return verb;
}

/** Words of event codes to one verb each. Exhibit's own: no vendor publishes its list. */
const VERBS: Readonly<Record<string, string>> = lookup({
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
});

/** Spellings of outcomes; only these two values exist in the canonical model. */
export const OUTCOME_WORDS: Readonly<Record<string, string>> = lookup({
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
});

/** Spellings of levels: syslog names, logging libraries, long and short. */
export const LEVEL_WORDS: Readonly<Record<string, string>> = lookup({
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
});
