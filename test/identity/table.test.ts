import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultOf } from "../../workers/base/fault.ts";
import { kindNamed, kindOfFile } from "../../workers/identity/kinds.ts";
import { type LedgerTable, readTable } from "../../workers/identity/table.ts";
import { faultFrom } from "../query/ask.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const accounts = (text: string): LedgerTable => readTable("account", "accounts.csv", utf8(text));

describe("a table of an identity ledger", () => {
  test.each([
    ["semicolons", "login;repository;status\neva;ACME;active\n"],
    ["commas", "login,repository,status\neva,ACME,active\n"],
    ["a mark, CRLF and no line end at the end", "\ufefflogin;repository;status\r\neva;ACME;active"],
    ["quotes", '"login";"repository";"status"\n"eva";"ACME";"active"\n'],
    ["blanks around values", "login ; repository;status\n eva; ACME ;active \n"],
    ["other names of the columns", "sAMAccountName;Domain;STATE\neva;ACME;active\n"],
    ["names with blanks, _ and -", "Account-Name;realm;sta te\neva;ACME;active\n"],
    ["empty cells beyond the header", "login;repository;status\neva;ACME;active;;\n"],
  ])("is read with %s", (_, text) => {
    const { columns, rows, rejects } = accounts(text);
    expect({ columns, rows, rejects }).toEqual({
      columns: ["login", "repository", "status"],
      rows: [["eva", "ACME", "active"]],
      rejects: [],
    });
  });

  test("keeps surplus columns under their own names, each once", () => {
    const { columns } = accounts("login;repository;Phone;phone;login;\neva;A;1;2;3;4\n");
    expect(columns).toEqual(["login", "repository", "phone", "phone#2", "login#2", "column 6"]);
  });

  test("values with separators, quotes and line ends within stay whole", () => {
    const { rows } = accounts('login;repository\n"a;""b""\nc";ACME\n');
    expect(rows).toEqual([['a;"b"\nc', "ACME"]]);
  });

  test("rows that cannot be used are told by number, and no other", () => {
    const { rows, rejects } = accounts("login;repository\neva;ACME\n;ACME\ntom;\ntoo;many;cells\nshort\n\nzoë;ACME\n");
    expect(rows.map(([login]) => login)).toEqual(["eva", "zoë"]);
    expect(rejects).toEqual([
      { row: 3, reason: "has no login" },
      { row: 4, reason: "has no repository" },
      { row: 5, reason: "has 3 cells under 2 columns" },
      { row: 6, reason: "has 1 cells under 2 columns" },
    ]);
  });

  test("a row that is no UTF-8 is a reject", () => {
    const bytes = Buffer.concat([utf8("login;repository\n"), Buffer.from([0xff, 0xfe]), utf8(";ACME\neva;ACME\n")]);
    const { rows, rejects } = readTable("account", "accounts.csv", bytes);
    expect(rows).toEqual([["eva", "ACME"]]);
    expect(rejects).toEqual([{ row: 2, reason: "is not UTF-8" }]);
  });

  test.each([
    ["login;status\neva;on\n", "no column repository (or domain, directory, source, realm)"],
    ["", "no header line"],
  ])("without what it needs it is refused, and says what: %j", (text, what) => {
    const { code, message } = faultFrom(() => accounts(text));
    expect(code).toBe("format.unfit");
    expect(message).toContain(what);
  });

  test("of any bytes is a table or refused by a fault", () => {
    const text = fc.array(
      fc.constantFrom("login", "repository", ";", ",", '"', "\n", "\r\n", "eva", "\ufeff", " ", "\u0000"),
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      text.map((parts) => utf8(parts.join(""))),
      text.map((parts) => utf8(`login;repository\n${parts.join("")}`)),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        try {
          const { columns, rows } = readTable("account", "accounts.csv", some);
          expect(new Set(columns).size).toBe(columns.length);
          for (const row of rows) expect(row).toHaveLength(columns.length);
        } catch (error) {
          expect(faultOf(error)?.code).toBe("format.unfit");
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["accounts.csv", "account"],
    ["ACCOUNTS.CSV", "account"],
    ["deep/Accounts_AD.csv", "account"],
    ["organizations.csv", "organisation"],
    ["organisations-2025.csv", "organisation"],
    ["assets.csv", "asset"],
    ["perimeters.csv", "perimeter"],
    ["accountsnew.csv", undefined],
    ["accounts.txt", undefined],
    ["policy.json", undefined],
  ])("%s tells its kind by its name: %s", (name, kind) => expect(kindOfFile(name)).toBe(kind));

  test("a kind is named in the singular or the plural", () => {
    expect(["accounts", "Account", "organizations", "asset", "constructor"].map(kindNamed)).toEqual([
      "account",
      "account",
      "organisation",
      "asset",
      undefined,
    ]);
  });
});
