import { describe, expect, test } from "vitest";
import { FieldNames } from "../../workers/query/names.ts";
import { parse } from "../../workers/query/parser.ts";
import { print } from "../../workers/query/print.ts";

const names = new FieldNames(["auid", "User Name", "actor", "raw.x", "a`b", "key", "http"]);

/** As typed, and as printed. */
const READINGS: readonly (readonly [string, string])[] = [
  ["", ""],
  ["  ", ""],
  ["sshd", "sshd"],
  ["a b", "a AND b"],
  ["a AND b OR c", "a AND b OR c"],
  ["a AND (b OR c)", "a AND (b OR c)"],
  ["(a b) OR (c d)", "a AND b OR c AND d"],
  ["a || b && c", "a OR b AND c"],
  ["not a or b", "NOT a OR b"],
  ["NOT (a or b)", "NOT (a OR b)"],
  ["-a !b", "NOT a AND NOT b"],
  ["-(a b)", "NOT (a AND b)"],
  ["ssh-agent", "ssh-agent"],
  ["android order nothing", "android AND order AND nothing"],
  ['"and"', '"and"'],
  ["don't", `"don't"`],
  ['"two words"', '"two words"'],
  ["'C:\\foo\\'", "'C:\\foo\\'"],
  ["'it''s'", `"it's"`],
  ['"tab\\tx41\\x41"', '"tab\\x09x41A"'],
  ["ssh*", "ssh*"],
  ['"ssh*"', '"ssh*"'],
  ["whologin:root", "actor:root"],
  ["Who.Login=root", "actor=root"],
  ["host:web1", "to:web1"],
  ["auid:1000", "raw.auid:1000"],
  ["raw.actor:x", "raw.actor:x"],
  ["raw.x:1", "raw.raw.x:1"],
  ["`User Name`:x", "`raw.User Name`:x"],
  ["raw.`user name`:x", "`raw.User Name`:x"],
  ["`a``b`=1", "`raw.a``b`=1"],
  ["actor: root", "actor:root"],
  ["actor==root", "actor=root"],
  ["count:>5", "count>5"],
  ["actor!=root", "actor!=root"],
  ["NOT actor=root", "actor!=root"],
  ["actor:*", "has:actor"],
  ["actor=*", "has:actor"],
  ["actor!=*", "missing:actor"],
  ['actor:"*"', 'actor:"*"'],
  ["has:whologin", "has:actor"],
  ["_exists_:actor", "has:actor"],
  ["NOT has:actor", "missing:actor"],
  ["missing:(actor, key)", "NOT (has:actor OR has:raw.key)"],
  ["actor:(a, b OR c)", "actor:(a, b, c)"],
  ["actor:a OR actor:b", "actor:(a, b)"],
  ["actor!=(a, b)", "NOT actor=(a, b)"],
  ["actor:(a*, 'x y')", 'actor:(a*, "x y")'],
  ["x actor:(a, b)", "x AND actor:(a, b)"],
  ["count:1..5", "count:[1 TO 5]"],
  ["count:[1 TO 5]", "count:[1 TO 5]"],
  ["count:1..", "count>=1"],
  ["count:..5", "count<=5"],
  ["count:[* TO 5]", "count<=5"],
  ["actor:'a b'..c", 'actor:["a b" TO c]'],
  ["count:(1..3, 7)", "count:[1 TO 3] OR count:7"],
  ["target:/etc/../x", 'target:"/etc/../x"'],
  ["target:../x", 'target:"../x"'],
  ["action:open,read", 'action:"open,read"'],
  ["target:a:b=c", 'target:"a:b=c"'],
  ["http://x", 'raw.http:"//x"'],
  ["id:007", "id=7"],
  ["id:1..5", "id:[1 TO 5]"],
  ["flag:ZONEASSUMED", "flag:zoneAssumed"],
  ["src:AU", "source:AU"],
  ["time>=@0", "time>=1970-01-01T00:00:00Z"],
  ["time:2024-05-01", "time>=2024-05-01T00:00:00Z AND time<2024-05-02T00:00:00Z"],
  ["NOT time:2024-05-01", "NOT (time>=2024-05-01T00:00:00Z AND time<2024-05-02T00:00:00Z)"],
];

describe("what is read", () => {
  test.each(READINGS)("%s", (text, printed) => {
    const { tree } = parse(text, names, "UTC");
    expect(print(tree)).toBe(printed);
    expect(parse(print(tree), names, "Asia/Tokyo").tree).toEqual(tree);
  });

  test("trees are frozen", () => {
    const { tree } = parse("a AND (b OR c)", names, "UTC");
    expect(Object.isFrozen(tree)).toBe(true);
    expect(
      tree.kind === "and" && Object.isFrozen(tree.parts) && tree.parts.every((part) => Object.isFrozen(part)),
    ).toBe(true);
  });
});
