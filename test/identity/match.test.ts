import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IdentityPolicy, LedgerKind, MatchRule } from "../../workers/contract.ts";
import { IdentityLedger } from "../../workers/identity/ledger.ts";
import { Matcher, ruleProblems } from "../../workers/identity/match.ts";
import { DEFAULT_POLICY, parsePolicy, printPolicy } from "../../workers/identity/policy.ts";
import { readTable } from "../../workers/identity/table.ts";
import { faultFrom } from "../query/ask.ts";

type Rows = readonly (readonly string[])[];

function ledger(tables: Partial<Record<LedgerKind, Rows>>): IdentityLedger {
  const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  return new IdentityLedger(
    Object.entries(tables).map(([kind, rows]) => {
      const text = rows.map((row) => row.map(quoted).join(";")).join("\n");
      return readTable(kind as LedgerKind, `${kind}.csv`, new TextEncoder().encode(text));
    }),
  );
}

function rule(changes: Partial<MatchRule> = {}): MatchRule {
  return {
    entity: "actor",
    match: "account",
    param1: "login",
    param2: "repository",
    display: "{display_name}",
    isOff: false,
    ...changes,
  };
}
const policy = (...rules: readonly MatchRule[]): IdentityPolicy => ({ name: "test", rules });

const ACCOUNTS: Rows = [
  ["login", "repository", "native_id", "identity", "display_name", "status"],
  ["eva", "ACME", "S-1", "P1", "Eva M.", "active"],
  ["eva.admin", "ACME", "S-2", "P1", "", "disabled"],
  ["tom", "ACME", "S-3", "", "Tom", ""],
  ["Tom", "acme", "S-4", "", "Tom (old)", ""],
  ["ghost", "ACME", "S-5", "P9", "", ""],
];
const IDENTITIES: Rows = [
  ["hrcode", "givenname", "surname", "mail"],
  ["P1", "Eva", "Mendel", "eva@example.test"],
  ["P2", "", "", "nobody@example.test"],
];
const both = (): IdentityLedger => ledger({ account: ACCOUNTS, identity: IDENTITIES });

describe("matching", () => {
  test("compares trimmed and without case, and nothing else is folded", () => {
    const matcher = new Matcher(both(), policy(rule()));
    for (const [login, repository] of [
      ["eva", "ACME"],
      ["EVA", "acme"],
      [" Eva\t", " Acme "],
    ] as const) {
      expect(matcher.match("actor", login, repository)?.shown).toBe("Eva M.");
    }
    for (const [login, repository] of [
      ["évà", "ACME"],
      ["e va", "ACME"],
      ["eva", ""],
      ["eva", "ACME2"],
      ["eva.", "ACME"],
    ] as const) {
      expect(matcher.match("actor", login, repository)).toBeUndefined();
    }
  });

  test("several candidates are all listed, and none is chosen", () => {
    const found = new Matcher(both(), policy(rule())).match("actor", "TOM", "ACME");
    expect(found).toMatchObject({ rule: 1, shown: "", person: "", status: "" });
    expect(found?.candidates).toEqual([
      "login: tom · repository: ACME · native_id: S-3 · display_name: Tom",
      "login: Tom · repository: acme · native_id: S-4 · display_name: Tom (old)",
    ]);
  });

  test("the first rule that finds anything ends the search, an ambiguous one too", () => {
    const byLogin = rule({ param2: null });
    const byId = rule({ param1: "native_id" });
    expect(new Matcher(both(), policy(byId, byLogin)).match("actor", "tom", "ACME")).toMatchObject({ rule: 2 });
    const twice = new Matcher(both(), policy(byLogin, rule({ param1: "login" })));
    expect(twice.match("actor", "tom", "ACME")).toMatchObject({ rule: 1, person: "" });
  });

  test("a rule that is off is not tried, and the others keep their places", () => {
    const matcher = new Matcher(both(), policy(rule({ isOff: true }), rule()));
    expect(matcher.match("actor", "eva", "ACME")?.rule).toBe(2);
    const off = new Matcher(both(), policy(rule({ isOff: true })));
    expect([off.entities, off.match("actor", "eva", "ACME")]).toEqual([[], undefined]);
  });

  test("rules are for their entity alone", () => {
    const matcher = new Matcher(both(), policy(rule({ entity: "account" })));
    expect(matcher.match("actor", "eva", "ACME")).toBeUndefined();
    expect(matcher.match("account", "eva", "ACME")?.kind).toBe("account");
  });

  test("a person is one, whatever account acts", () => {
    const matcher = new Matcher(both(), policy(rule()));
    expect(matcher.match("actor", "eva", "ACME")?.person).toBe("Eva Mendel (P1)");
    expect(matcher.match("actor", "eva.admin", "ACME")).toMatchObject({
      person: "Eva Mendel (P1)",
      status: "disabled",
    });
    expect(matcher.match("actor", "ghost", "ACME")?.person).toBe("P9");
    const alone = new Matcher(ledger({ account: ACCOUNTS.slice(0, 4) }), policy(rule()));
    expect(alone.match("actor", "tom", "ACME")?.person).toBe("Tom (tom, ACME)");
    expect(alone.match("actor", "eva", "ACME")?.person).toBe("P1");
  });

  test("of two people with one code none is chosen", () => {
    const twins = ledger({ account: ACCOUNTS, identity: [...IDENTITIES, ["p1", "Ewa", "Other", ""]] });
    const found = new Matcher(twins, policy(rule({ display: "{identity.givenname}" }))).match("actor", "eva", "ACME");
    expect(found).toMatchObject({ shown: "", person: "P1" });
  });

  test("columns of the person behind an account are there for rules and display", () => {
    const byMail = rule({
      param1: "identity.mail",
      param2: null,
      display: "{identity.givenname} {identity.surname} ({login})",
    });
    const matcher = new Matcher(ledger({ account: ACCOUNTS.slice(0, 2), identity: IDENTITIES }), policy(byMail));
    expect(matcher.match("actor", "Eva@Example.Test", "")?.shown).toBe("Eva Mendel (eva)");
  });

  test("a repository may be called by its name, unless that name is a code or means two", () => {
    const repositories: Rows = [
      ["code", "name"],
      ["ACME", "Head office"],
      ["B", "Branch"],
      ["C", "branch"],
      ["D", "ACME"],
    ];
    const matcher = new Matcher(ledger({ account: ACCOUNTS, repository: repositories }), policy(rule()));
    expect(matcher.match("actor", "eva", "head OFFICE")?.shown).toBe("Eva M.");
    expect(matcher.match("actor", "eva", "Branch")).toBeUndefined();
    expect(matcher.match("actor", "eva", "acme")?.shown).toBe("Eva M.");
  });

  test("without a name nothing is looked up, and a row without the value is never found", () => {
    const matcher = new Matcher(both(), policy(rule({ param1: "display_name", param2: null })));
    expect(matcher.match("actor", " ", "ACME")).toBeUndefined();
    expect(matcher.match("actor", "", "")).toBeUndefined();
  });

  test("a rule that can find nothing says why", () => {
    const rules = [rule({ param1: "phone" }), rule({ param2: "identity.badge" }), rule(), rule({ match: "group" })];
    expect(ruleProblems(both(), policy(...rules))).toEqual([
      { rule: 1, text: "the account table has no column phone" },
      { rule: 2, text: "the account table has no column identity.badge" },
    ]);
  });
});

/** Names that a hostile log or ledger may hold. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("__proto__", "constructor", "1:a", "a\u0000b", "\u202eeva", "İ", "ß", "{login}", '";', "=cmd|x"),
  fc.constantFrom("eva", "EVA ", "tom"),
);
const usable = hostile.filter((text) => text.trim() !== "" && !/[\r\n]/.test(text) && text.isWellFormed());

describe("whatever the names are", () => {
  const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

  test("a pair is found exactly where both parts are those of a row, and all such rows are candidates", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(usable, usable), { maxLength: 8 }), usable, usable, (rows, login, repository) => {
        const own = ledger({ account: [["login", "repository"], ...rows] });
        const found = new Matcher(own, policy(rule({ display: "" }))).match("actor", login, repository);
        const wanted = rows.filter(([a, b]) => same(a, login) && same(b, repository));
        expect(found?.candidates.length ?? 0).toBe(wanted.length);
      }),
    );
  });

  test("of several rules the first in order that finds anything alone decides", () => {
    const column = fc.constantFrom("login", "native_id", "display_name");
    const rules = fc.array(fc.tuple(column, fc.boolean()), { maxLength: 6 });
    fc.assert(
      fc.property(rules, fc.array(fc.tuple(usable, usable, usable), { maxLength: 6 }), usable, (some, rows, name) => {
        const own = ledger({
          account: [["login", "repository", "native_id", "display_name"], ...rows.map(([a, b, c]) => [a, "R", b, c])],
        });
        const made = some.map(([param1, isOff]) => rule({ param1, isOff }));
        const found = new Matcher(own, policy(...made)).match("actor", name, "R");
        const first = made.findIndex((each) => new Matcher(own, policy(each)).match("actor", name, "R") !== undefined);
        expect(found?.rule).toBe(first < 0 ? undefined : first + 1);
      }),
    );
  });

  test("display methods show columns and never run what a column holds", () => {
    fc.assert(
      fc.property(usable, (name) => {
        const own = ledger({
          account: [
            ["login", "repository", "display_name"],
            ["eva", "R", name],
          ],
        });
        const shown = new Matcher(own, policy(rule({ display: "<{display_name}>" }))).match("actor", "eva", "R")?.shown;
        expect(shown).toBe(`<${name.trim()}>`.replace(/\s+/g, " ").trim());
      }),
    );
  });
});

describe("a policy file", () => {
  test("is written back as it was read, whatever its rules are", () => {
    expect(parsePolicy(printPolicy(DEFAULT_POLICY), "p")).toEqual(DEFAULT_POLICY);
    const made = policy(
      rule({ isOff: true, display: '"{login}" \u202e' }),
      rule({ param2: null, entity: "undetermined" }),
    );
    expect(parsePolicy(`\ufeff${printPolicy(made)}`, "p")).toEqual(made);
  });

  test.each([
    ["{", "policy.json is no matching policy"],
    ['{"policy":"x","rules":[{"entity":"actor"}]}', "rules.0.rule"],
    [
      '{"policy":"x","rules":[{"entity":"robot","rule":{"match":"account","param1":"a","param2":null},"display":""}]}',
      "entity",
    ],
    ['{"policy":"x","rules":[{"entity":"actor","rule":{"match":"account","param1":"a"},"display":""}]}', "param2"],
  ])("that is none is refused by name: %s", (text, what) => {
    const { code, message } = faultFrom(() => parsePolicy(text, "policy.json"));
    expect([code, message.includes(what)]).toEqual(["format.unfit", true]);
  });

  test("without one, actors go by login and then by technical id, targets by what their table is called by", () => {
    const matcher = new Matcher(both(), DEFAULT_POLICY);
    expect(matcher.match("actor", "eva", "ACME")?.rule).toBe(1);
    expect(matcher.match("actor", "s-2", "ACME")?.rule).toBe(2);
    expect(matcher.match("identity", "p1", "whatever")?.shown).toBe("Eva Mendel");
    expect(matcher.entities).not.toContain("undetermined");
  });
});
