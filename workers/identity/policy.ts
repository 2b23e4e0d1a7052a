/** The policy file: which rules are tried for whom, in which order. JSON, as the format page of RadiantOne has it. */
import * as v from "valibot";
import { raise } from "../base/fault.ts";
import {
  type IdentityPolicy,
  LEDGER_KINDS,
  type LedgerKind,
  type MatchRule,
  RULED_ENTITIES,
  type RuledEntity,
} from "../contract.ts";
import { LEDGER_COLUMNS } from "./kinds.ts";

const MOST_RULES = 1_000;
const text = v.pipe(v.string(), v.maxLength(1_024));
const file = v.strictObject({
  policy: text,
  rules: v.pipe(
    v.array(
      v.strictObject({
        entity: v.picklist(RULED_ENTITIES),
        rule: v.strictObject({
          match: v.picklist(LEDGER_KINDS),
          param1: v.pipe(text, v.minLength(1)),
          param2: v.nullable(v.pipe(text, v.minLength(1))),
        }),
        display: text,
        // Not of the vendor: a rule that is kept and not tried.
        off: v.exactOptional(v.boolean()),
      }),
    ),
    v.maxLength(MOST_RULES),
  ),
});

/** Faults: format.unfit, naming what is wrong and where. */
export function parsePolicy(json: string, name: string): IdentityPolicy {
  const parsed = v.safeParse(file, parsedJson(json, name), { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = v.getDotPath(issue) ?? "the whole";
    return refuse(name, `${where}: ${issue.message.slice(0, 300)}`);
  }
  const { policy, rules } = parsed.output;
  return {
    name: policy,
    rules: rules.map(({ entity, rule, display, off }) => ({ entity, ...rule, display, isOff: off === true })),
  };
}

export function printPolicy({ name, rules }: IdentityPolicy): string {
  const written = rules.map(({ entity, match, param1, param2, display, isOff }) => ({
    entity,
    rule: { match, param1, param2 },
    display,
    ...(isOff ? { off: true } : {}),
  }));
  return `${JSON.stringify({ policy: name, rules: written }, undefined, 2)}\n`;
}

function parsedJson(json: string, name: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, "")) as unknown;
  } catch (error) {
    return refuse(name, error instanceof Error ? error.message : "it is no JSON");
  }
}

function refuse(name: string, what: string): never {
  return raise(
    "format.unfit",
    `${name} is no matching policy: ${what}.`,
    'It is JSON: {"policy": NAME, "rules": [{"entity", "rule": {"match", "param1", "param2"}, "display"}]}.',
    { source: name },
  );
}

const rule = (
  entity: RuledEntity,
  match: LedgerKind,
  param1: string,
  param2: string | null,
  display: string,
): MatchRule => ({
  entity,
  match,
  param1,
  param2,
  display,
  isOff: false,
});

/** Required columns, one or two, are what a target of that kind is called by. */
function ownRule(kind: LedgerKind): MatchRule {
  const [first = "", second] = LEDGER_COLUMNS[kind].filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const label = kind === "identity" ? "{givenname} {surname}" : `{${labelOf(kind)}}`;
  return rule(kind, kind, first, second ?? null, label);
}

function labelOf(kind: LedgerKind): string {
  return LEDGER_COLUMNS[kind].some(({ name }) => name === "display_name") ? "display_name" : "name";
}

/** Of a case without a policy of its own: actors by login, then by technical id; each type of target by its own columns. */
export const DEFAULT_POLICY: IdentityPolicy = {
  name: "default",
  rules: [
    rule("actor", "account", "login", "repository", "{display_name}"),
    rule("actor", "account", "native_id", "repository", "{display_name}"),
    ...LEDGER_KINDS.map(ownRule),
  ],
};
