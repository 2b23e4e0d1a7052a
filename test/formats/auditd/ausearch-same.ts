/** When a value of ours and one of `ausearch -i` mean the same, although both spell it in their own way. */
export interface OurField {
  readonly name: string;
  /** As the log has it. */
  readonly recorded: string;
  /** As the entry keeps it: decoded, but not interpreted. */
  readonly value: string;
  /** As the detail view explains it. */
  readonly meaning: string | undefined;
}
type Same = (ours: OurField, tool: string) => boolean;

/** Where it does not interpret a field it leaves the quotes. */
export function isSame(type: string, ours: OurField, toolText: string): boolean {
  const tool = toolText.replace(/^"(.*)"$/s, "$1");
  if ([tool, toolText].includes(octalEscapes(ours.meaning ?? ours.value))) return true;
  return SAME[ours.name]?.(ours, tool) === true || (type.startsWith("S") && isSameArgument(ours, tool));
}

/** It prints control characters as `\012`. */
function octalEscapes(text: string): string {
  return text.replaceAll(/[\x00-\x1f]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`);
}

/** Names: only root can be resolved where the tool ran; it prints numbers signed. */
const account: Same = ({ recorded, meaning }, tool) => {
  const number = Number(recorded) | 0;
  const isBare = meaning === recorded;
  return /^-?\d+$/.test(recorded) && isBare && (tool === `unknown(${number})` || (number === 0 && tool === "root"));
};

/** `EACCES(Permission denied)` beside `EACCES, permission denied`; an address in hex beside its decimal. */
const exit: Same = ({ recorded, meaning }, tool) => {
  const error = /^(E[A-Z0-9]+)\((.*)\)$/.exec(tool);
  if (error !== null) return meaning === `${error[1]}, ${error[2]?.toLowerCase()}`;
  return tool === recorded && meaning === `0x${BigInt(recorded).toString(16)}`;
};

const WORDS: Readonly<Record<string, string>> = { yes: "success", success: "success", no: "failed", failed: "failed" };
const outcome: Same = ({ value, meaning }, tool) => WORDS[meaning ?? value] === WORDS[tool];

/** `file,suid,755` beside `file, rwsr-xr-x`: both as numbers. */
const mode: Same = ({ meaning }, tool) => modeOfOurs(meaning ?? "") === modeOfTool(tool);

const TOOL_TYPES: Readonly<Record<string, number>> = {
  file: 0o10,
  dir: 0o4,
  link: 0o12,
  block: 0o6,
  character: 0o2,
  fifo: 0o1,
  socket: 0o14,
  "000": 0,
};
const TOOL_BITS: Readonly<Record<string, number>> = { suid: 0o4000, sgid: 0o2000, sticky: 0o1000 };
function modeOfTool(text: string): number {
  return text.split(",").reduce((mode, word, i, words) => {
    if (i === words.length - 1) return mode + Number.parseInt(word, 8);
    return mode + (TOOL_BITS[word] ?? (TOOL_TYPES[word] ?? Number.NaN) * 0o10000);
  }, 0);
}

const OUR_TYPES: Readonly<Record<string, number>> = {
  file: 0o10,
  directory: 0o4,
  link: 0o12,
  "block device": 0o6,
  "character device": 0o2,
  fifo: 0o1,
  socket: 0o14,
};
/** `file, rwsr-xr-x`; an argument has the number in front, which must agree. */
function modeOfOurs(text: string): number {
  const [, octal, type = "", letters = ""] = /^(?:0([0-7]+), )?(?:([a-z ]+), )?([-rwxsStT]{9})$/.exec(text) ?? [];
  let bits = type === "" ? 0 : (OUR_TYPES[type] ?? Number.NaN) * 0o10000;
  for (const [i, letter] of letters.split("").entries()) {
    if ("rwxst".includes(letter)) bits |= 1 << (8 - i);
    if ("sStT".includes(letter)) bits |= [0o4000, 0o2000, 0o1000][Math.floor(i / 3)] ?? 0;
  }
  return octal === undefined || Number.parseInt(octal, 8) === bits ? bits : Number.NaN;
}

/** `{ saddr_fam=inet6 laddr=::1 lport=80 }` beside `inet6 [::1]:80`. */
const address: Same = ({ meaning }, tool) => toolAddress(tool) === meaning;
function toolAddress(tool: string): string {
  const netlink = /^\{ (?:saddr_)?fam=netlink nlnk-fam=16 nlnk-pid=(\d+) \}$/.exec(tool);
  if (netlink !== null) return `netlink pid ${netlink[1]} groups 0`;
  const [, family = "", path, host = "", port] =
    /^\{ (?:saddr_)?fam=(\S+) (?:path=(.*)|laddr=(\S+) lport=(\d+)) \}$/.exec(tool) ?? [];
  if (path !== undefined) return `${family} ${path}`;
  return `${family} ${family === "inet6" ? `[${host}]` : host}:${port}`;
}
/** The address of a CSV cell, as our `target` has it. */
export function toolEndpoint(tool: string): string {
  return tool.startsWith("{") ? toolAddress(tool).replace(/^\S+ /, "") : tool;
}

/** The tool leaves these as they are written; we say what the number means. */
const asWritten: Same = ({ recorded }, tool) => tool === recorded;
const as =
  (pairs: Readonly<Record<string, string>>): Same =>
  ({ meaning }, tool) =>
    meaning !== undefined && pairs[tool] === meaning;

const PROMISCUOUS = as({ yes: "promiscuous", no: "off" });
const SAME: Readonly<Record<string, Same>> = {
  ...named("auid uid gid euid suid fsuid egid sgid fsgid ouid ogid oauid old-auid sauid id new_gid", account),
  exit,
  success: outcome,
  res: outcome,
  mode,
  saddr: address,
  prom: PROMISCUOUS,
  old_prom: PROMISCUOUS,
  sig: as({ SIG0: "no signal" }),
  key: ({ meaning }, tool) => tool === meaning?.replaceAll(", ", " key="),
  ...named("audit_enabled enforcing old_enforcing permissive old new sec", asWritten),
  ...named("major dev rdev nametype objtype compat table fan_type fan_info errno", asWritten),
  ...named("subj obj scontext tcontext cap_fver cap_fe fver fe", asWritten),
  "old-ses": ({ meaning }, tool) => meaning === "unset" && tool === "4294967295",
};

function named(names: string, same: Same): Readonly<Record<string, Same>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, same]));
}

/** Of SYSCALL and SOCKETCALL: an argument that the tool leaves as the number, `SOL_IP` beside `ip`, a mode. */
function isSameArgument(ours: OurField, tool: string): boolean {
  if (!/^a[0-3]$/.test(ours.name)) return false;
  if (tool === `0x${ours.recorded}`) return true;
  return ours.meaning === `SOL_${tool.toUpperCase()}` || mode(ours, tool);
}
