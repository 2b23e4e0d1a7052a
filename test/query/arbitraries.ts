/** Random cases and random trees whose conditions have something to find in them. */
import fc from "fast-check";
import type { EpochMicros } from "../../workers/contract.ts";
import { type QueryNode, and, compare, has, not, or, range, timeBound, word } from "../../workers/query/tree.ts";
import { type FakeOptions, type FakeRow, fakeColumns } from "../support/fake-columns.ts";
import type { ReferenceCase } from "./reference.ts";

const VALUES = [
  "sshd",
  "SSHD",
  "open file",
  "Open  File",
  "/etc/passwd",
  "/etc/ssh/sshd_config",
  "10",
  "9",
  "1.0",
  "01",
  "-3",
  "",
  "é",
  "É",
  "ssh-agent",
  "a b",
  "naïve café",
  "😀x",
  "\uffee",
  "foo_bar",
  "->",
  "it's",
  'say "hi"',
  "C:\\dir\\",
  "x,y",
];
const TEXTS = [
  ...VALUES,
  "file",
  "etc passwd",
  "SSH",
  "agent",
  "nothing",
  "ssh sshd",
  "file open",
  "caf",
  "1",
  "0",
  "'",
  "etc",
];
const PATTERNS = [
  "ssh*",
  "*sshd",
  "s?hd",
  "*ETC*",
  "*",
  "?",
  "??",
  "/etc/*",
  "*pass?d",
  "o*n*",
  "*é",
  "?x",
  "*f*b*",
  "*\\*",
  "ssh*ag*nt",
];
export const FIELDS = [
  "actor",
  "action",
  "target",
  "label",
  "data",
  "ref",
  "count",
  "raw.key",
  "raw.rare",
  "raw.actor",
  "raw.Odd, Name",
] as const;
const EVIDENCE = ["source", "member", "format", "carrier", "flag"] as const;
const EVIDENCE_TEXTS = ["AU", "SE", "audit.log", "secure", "var log", "zoneAssumed", "duplicate", "*log*", "auditd"];
const START = 1_714_557_600_000_000;

const time = fc.option(
  fc.oneof(
    fc.integer({ min: 0, max: 5 }).map((s) => START + s * 1_000_000),
    fc.integer({ min: -3_000_000, max: 8_000_000_000 }).map((us) => START + us),
  ),
  { nil: undefined },
);
const value = fc.constantFrom(...VALUES);
const values = fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) });
/** Fields that a format writes once. */
const single = new Set(["actor", "action"]);

const row: fc.Arbitrary<FakeRow> = fc
  .record({
    time,
    member: fc.integer({ min: 0, max: 2 }),
    flags: fc.constantFrom(0, 0, 1, 16, 17),
    precision: fc.integer({ min: 0, max: 9 }),
    fields: fc.dictionary(fc.constantFrom(...FIELDS), values, { maxKeys: 6, noNullPrototype: true }),
    raw: fc.option(
      fc.array(fc.constantFrom(...TEXTS), { maxLength: 4 }).map((parts) => parts.join(" ")),
      { nil: undefined },
    ),
    split: fc.boolean(),
  })
  .map(({ fields, raw, ...rest }) => {
    const kept = Object.entries(fields).flatMap(([name, some]): [string, string | string[]][] => {
      const few = typeof some === "string" ? [some] : some;
      if (few.length === 0) return [];
      return [[name, single.has(name) || few.length === 1 ? (few[0] as string) : few]];
    });
    return { ...rest, fields: Object.fromEntries(kept), ...(raw === undefined ? {} : { raw }) };
  });

const OPTIONS: FakeOptions = {
  members: [
    { path: "var/log/audit/audit.log", source: 0 },
    { path: "var/log/secure", source: 1, format: "syslog" },
    { path: "audit.log.1", source: 1 },
  ],
  sources: [
    { name: "audit.log", code: "AU" },
    { name: "bundle.zip", code: "SE" },
  ],
  originals: ["key", "actor", "Odd, Name"],
  overflow: ["rare"],
};

export const someCase: fc.Arbitrary<ReferenceCase> = fc
  .record({
    rows: fc.array(row, { maxLength: 25 }),
    removed: fc.constantFrom(
      [],
      [],
      [{ first: 2, end: 5 }],
      [
        { first: 4, end: 6 },
        { first: 0, end: 1 },
      ],
    ),
    entriesPerBlock: fc.integer({ min: 1, max: 5 }),
    stored: fc.constantFrom<FakeOptions>(
      {},
      { overflow: [], originals: ["key", "actor", "Odd, Name", "rare"] },
      { hashed: ["action", "label"], overflow: [], originals: ["key", "actor", "Odd, Name", "rare"] },
    ),
  })
  .map(({ rows, removed, entriesPerBlock, stored }) => {
    const fitting = removed.filter(({ end }) => end <= rows.length);
    return { rows, columns: fakeColumns(rows, { ...OPTIONS, ...stored, removed: fitting, entriesPerBlock }) };
  });

const text = fc.constantFrom(...TEXTS);
const field = fc.constantFrom(...FIELDS);
const at = fc.integer({ min: -2, max: 7 }).map((s) => (START + s * 1_000_000) as EpochMicros);
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  text.filter((some) => some !== "").map((some) => word(some)),
  fc
    .constantFrom(...PATTERNS)
    .filter((some) => !/^[*?]+$/.test(some))
    .map((some) => word(some, true)),
  fc
    .tuple(field, fc.constantFrom(":", "=", "<", "<=", ">", ">="), text)
    .map(([name, op, some]) => compare(name, op, some)),
  fc
    .tuple(
      field,
      fc.constantFrom(...PATTERNS).filter((some) => some !== "*"),
    )
    .map(([name, some]) => compare(name, ":", some, true)),
  fc.tuple(field, text, text).map(([name, from, to]) => range(name, from, to)),
  fc.constantFrom(...FIELDS, ...EVIDENCE, "time", "id", "custom7").map(has),
  fc.tuple(fc.constantFrom(">=", "<"), at).map(([op, when]) => timeBound(op, when)),
  fc.tuple(fc.constantFrom("=", "<", "<=", ">", ">="), fc.nat(30)).map(([op, id]) => compare("id", op, String(id))),
  fc.tuple(fc.nat(20), fc.nat(30)).map(([from, to]) => range("id", String(from), String(to))),
  fc
    .tuple(
      fc.constantFrom("source", "member", "format", "carrier"),
      fc.constantFrom(":", "="),
      fc.constantFrom(...EVIDENCE_TEXTS),
    )
    .map(([name, op, some]) => compare(name, some.includes("*") ? ":" : op, some, some.includes("*"))),
  fc
    .tuple(fc.constantFrom(":", "="), fc.constantFrom("zoneAssumed", "duplicate"))
    .map(([op, some]) => compare("flag", op, some)),
);

export const someTree: fc.Arbitrary<QueryNode> = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("node"), { minLength: 2, maxLength: 3 }).map(and),
    fc.array(tie("node"), { minLength: 2, maxLength: 3 }).map(or),
    tie("node").map(not),
  ),
})).node;
