/** The command line as data: commands, their options, and what a later issue brings. */
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

const COMMANDS = [
  "inspect",
  "import",
  "again",
  "query",
  "count",
  "facet",
  "histogram",
  "show",
  "rejects",
  "export",
  "verify",
  "info",
  "identify",
  "time",
] as const;
export type CommandName = (typeof COMMANDS)[number];

interface Option {
  readonly type: "string" | "boolean";
  /** Recognised, and answered with "not yet". */
  readonly later?: true;
}
interface Command {
  /** Positional arguments, least and most. */
  readonly positionals: readonly [number, number];
  readonly options: Readonly<Record<string, Option>>;
}

const text: Option = { type: "string" };
const flag: Option = { type: "boolean" };
const later: Option = { type: "string", later: true };
const MANY = Number.POSITIVE_INFINITY;

/** What a person may say of how a log is read. */
const READING = {
  format: text,
  carrier: text,
  zone: text,
  year: text,
  "time-field": text,
  "time-column": text,
  "date-order": text,
  encoding: text,
  delimiter: text,
  mapping: text,
} as const;

const TABLE: Readonly<Record<CommandName, Command>> = {
  import: {
    positionals: [2, MANY],
    options: {
      ...READING,
      "password-file": text,
      "identity-ledger": text,
      "identity-policy": text,
      "beyond-limits": flag,
      json: flag,
    },
  },
  inspect: {
    positionals: [1, MANY],
    options: { ...READING, "password-file": text, rows: text, json: flag },
  },
  again: { positionals: [2, 2], options: { ...READING, "password-file": text, json: flag } },
  query: {
    positionals: [1, 2],
    options: { fields: text, limit: text, sort: text, zone: text, as: text, secrets: text },
  },
  count: { positionals: [1, 2], options: { zone: text, json: flag } },
  facet: { positionals: [2, 3], options: { limit: text, zone: text, json: flag } },
  histogram: { positionals: [1, 2], options: { buckets: text, zone: text, json: flag } },
  show: { positionals: [2, 2], options: { raw: flag, reveal: flag, zone: text, json: flag } },
  rejects: { positionals: [1, 1], options: { json: flag } },
  export: {
    positionals: [1, 2],
    options: {
      to: text,
      as: text,
      fields: text,
      sort: text,
      zone: text,
      secrets: text,
      profile: later,
      "recorded-time": flag,
    },
  },
  verify: { positionals: [1, 1], options: { sources: flag, json: flag } },
  info: { positionals: [1, 1], options: { json: flag } },
  identify: {
    positionals: [1, MANY],
    options: { policy: text, remove: text, undo: flag, redo: flag, list: text, limit: text, json: flag },
  },
  time: {
    positionals: [1, 1],
    options: {
      member: text,
      host: text,
      datasource: text,
      zone: text,
      year: text,
      clock: text,
      undo: flag,
      redo: flag,
      json: flag,
    },
  },
};

export const USAGE = `exhibit: opens audit evidence from the command line

  exhibit inspect   PATH… [READING…] [--rows N] [--password-file FILE] [--json]
  exhibit import    CASE PATH… [READING…] [--password-file FILE] [--identity-ledger DIR] [--identity-policy FILE]
                    [--beyond-limits] [--json]
  exhibit again     CASE MEMBER [READING…] [--password-file FILE] [--json]
  exhibit query     CASE [QUERY] [--fields a,b,…] [--limit N] [--sort FIELD[:desc]] [--zone ZONE] [--as table|jsonl|csv]
                    [--secrets masked|full]
  exhibit count     CASE [QUERY] [--json]
  exhibit facet     CASE FIELD [QUERY] [--limit N] [--json]
  exhibit histogram CASE [QUERY] [--buckets N] [--json]
  exhibit show      CASE ENTRY [--raw] [--reveal] [--json]
  exhibit rejects   CASE [--json]
  exhibit export    CASE [QUERY] --to FILE [--as csv|csv-zip|linux-auditd-jsonl|linux-auditd-csv] [--fields a,b,…]
                    [--sort FIELD[:desc]] [--zone ZONE] [--recorded-time] [--secrets masked|full]
  exhibit verify    CASE [--sources] [--json]
  exhibit info      CASE [--json]
  exhibit identify  CASE [PATH… | KIND=PATH…] [--policy FILE] [--remove NAME] [--undo | --redo]
                    [--list unmatched|ambiguous|no-rule|matched|empty] [--limit N] [--json]
  exhibit time      CASE [--json]
  exhibit time      CASE --member PATH [--zone ZONE] [--year N] [--clock CORRECTION]
  exhibit time      CASE --host NAME | --datasource NAME --clock CORRECTION
  exhibit time      CASE --undo | --redo

READING is what a log does not say itself, or says otherwise than it seems:
  --format ID         its meaning, alone or with its carrier: text-lines, lines+text-lines
  --carrier ID        how its records are wrapped: lines, csv, json-lines, syslog …
  --zone ZONE         of times written without one
  --encoding NAME     utf-8, utf-16le, utf-16be or windows-1252
  --delimiter CHAR    of a table: one character, or comma, semicolon, tab, bar, blank
  --time-column NAME  the field that holds the time of the event; --time-field is the same
  --year N            of the first time written without one
  --date-order ORDER  day-first or month-first
  --mapping DIR       a folder with eventproperties.csv and eventmapping.csv, for a raw source of RadiantOne

inspect tells what files would be taken for, with the reasons, the runner-up and why it lost, and imports nothing; --rows
shows the first entries and rejects as they would be imported. again imports one member of a case once more, by its number
in info --json or its path, and replaces it in one step; when that fails the case stays as it was.
import makes the case when there is none. A folder stands for all files in it, at any depth; links are not followed. A
password file is a table with the columns "File Name" and "Zip Password", or a text with one password a line; such a
table in a folder is used without being named. --beyond-limits reads on past the limits on size and ratio that guard
against archives made to harm.
identify takes the CSV tables of an identity ledger (accounts.csv, identities.csv, groups.csv …, or a folder of them) and a
matching policy into the case, finds who is behind each actor and target, and tells how many were matched; --list names
those that were not. --undo undoes the last change, --redo does it again.
export --as linux-auditd-jsonl or linux-auditd-csv writes Linux audit entries as rows of Panther's Linux.Auditd schema, one
an audit record, each checked against it; FILE.jsonl is written so unless --as says otherwise.
Secrets such as keys are masked; --reveal and --secrets full show them, which the case records.
time changes what is assumed about times, without importing again; what the import recorded stays, and the case records
the change. CORRECTION is what is added, as --clock=-00:03:20 for a fast clock or --clock=+1d02:00:00, or points at which it is known,
as SHOWN=ACTUAL,SHOWN=ACTUAL with times like 2025-01-10T10:00:00Z and lines between; none takes it away. --zone and --year take as-imported as
well. --host is the host that entries name (to), --datasource the source of their log.
Where a command takes a QUERY it also takes --zone, which reads times written without one; UTC unless stated.
Exit status: 0 done, 1 wrong usage, 2 some source could not be imported, verified or exported, 3 case unusable.
`;

/** Wrong usage: printed with status 1. */
export class UsageError extends Error {}

export interface ParsedCommand {
  readonly name: CommandName;
  readonly positionals: readonly string[];
  /** Value of a text option. */
  text(option: string): string | undefined;
  flag(option: string): boolean;
  /** Value of an option that is a whole number, 1 or more. */
  whole(option: string, otherwise: number): number;
}

export function parseCommand(argv: readonly string[]): ParsedCommand {
  const [name, ...rest] = argv;
  if (name === undefined) throw new UsageError(`which command?\n\n${USAGE}`);
  if (!isCommand(name))
    throw new UsageError(`there is no command ${JSON.stringify(name)}; it is one of ${COMMANDS.join(", ")}`);
  const command = TABLE[name];
  const { values, positionals } = parse(rest, command.options);
  for (const [option, { later: isLater }] of Object.entries(command.options)) {
    if (isLater === true && values[option] !== undefined) throw new UsageError(`--${option}: not yet in this version`);
  }
  const [least, most] = command.positionals;
  if (positionals.length < least) throw new UsageError(`${name}: too few arguments\n\n${usageOf(name)}`);
  if (positionals.length > most) {
    throw new UsageError(`${name}: too many arguments; put a query of several words in quotes\n\n${usageOf(name)}`);
  }
  const textOf = (option: string): string | undefined => asText(values[option]);
  return {
    name,
    positionals,
    text: textOf,
    flag: (option) => values[option] === true,
    whole: (option, otherwise) => wholeOf(option, textOf(option), otherwise),
  };
}

function parse(
  args: readonly string[],
  options: Command["options"],
): { values: Record<string, unknown>; positionals: string[] } {
  const config: ParseArgsOptionsConfig = {};
  for (const [name, { type }] of Object.entries(options)) config[name] = { type };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: config,
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals };
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function isCommand(name: string): name is CommandName {
  return COMMANDS.some((known) => known === name);
}

/** Its line of the usage, with those that go on from it. */
function usageOf(name: CommandName): string {
  const lines = USAGE.split("\n");
  const first = lines.findIndex((line) => line.startsWith(`  exhibit ${name}`));
  const more = lines.slice(first + 1).findIndex((line) => !line.startsWith("      "));
  return lines.slice(first, first + 1 + more).join("\n");
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function wholeOf(option: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (/^[1-9]\d{0,15}$/.test(value)) return Number(value);
  throw new UsageError(`--${option} takes a whole number from 1`);
}
