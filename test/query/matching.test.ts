import { describe, expect, test } from "vitest";
import type { CaseColumns } from "../../workers/query/columns.ts";
import { FLAG } from "../../workers/contract.ts";
import { fakeColumns } from "../support/fake-columns.ts";
import { ask } from "./ask.ts";

describe("values", () => {
  const columns = fakeColumns(
    [
      {
        fields: {
          actor: "root",
          action: "opened-file",
          target: "/etc/ssh/sshd_config",
          count: "9",
          label: "Root opened it",
        },
      },
      { fields: { actor: "Root", action: "open file", target: ["/tmp/a", "/tmp/b"], count: "10", data: "x=1 y=2" } },
      { fields: { actor: "root admin", action: "reopened", count: "1e3", label: "", "raw.rare": "once" } },
      {
        fields: { actor: "ROOTKIT", count: "many", "raw.key": ["a", "b"], flags: "" },
        flags: FLAG.duplicate | FLAG.encoding,
      },
    ],
    { overflow: ["rare"], hashed: ["label"] },
  );

  test.each([
    // Whole tokens in sequence, ASCII case apart; what stands between tokens does not matter.
    ["actor:root", [0, 1, 2]],
    ["action:open", [1]],
    ['action:"opened file"', [0]],
    ["action:'OPENED_FILE'", [0]],
    ["target:ssh", [0]],
    ["target:etc/ssh", [0]],
    // Wildcards cover the whole value; quoted they are letters.
    ["actor:root*", [0, 1, 2, 3]],
    ["actor:root?admin", [2]],
    ["actor:*oo*", [0, 1, 2, 3]],
    ["action:*ed", [2]],
    ["action:open*", [0, 1]],
    ['actor:"root*"', [0, 1, 2]],
    ["target:/tmp/?", [1]],
    // The same bytes.
    ["actor=root", [0]],
    ["actor=Root", [1]],
    ["label=''", [2]],
    ["label:''", [2]],
    ["label='Root opened it'", [0]],
    ["label:opened", [0]],
    ["label:*OPENED*", [0]],
    ["data:y", [1]],
    ["data=x=1", []],
    ["raw.rare=once", [2]],
    // Not equal is everything that does not equal, absent fields included.
    ["target!=/tmp/a", [0, 2, 3]],
    ["NOT target:tmp", [0, 2, 3]],
    ["label!=x", [0, 1, 2, 3]],
    // Numbers where both sides are, else code points.
    ["count>9", [1, 2, 3]],
    ["count>=9 count<=10", [0, 1]],
    ["count<1e1", [0]],
    ["count>=n", []],
    ["count>=l", [3]],
    ["count:9..10", [0, 1]],
    ["count:(9, 1000, many)", [0, 3]],
    ["actor<a", [1, 3]],
    // Any value of several counts.
    ["target:a", [1]],
    ["target:b target:a", [1]],
    ["target=(/tmp/b, /x)", [1]],
    ["raw.key:[b TO c]", [3]],
    ["missing:label", [1, 3]],
    ["has:label", [0, 2]],
    ["has:raw.rare", [2]],
    ["has:data", [1]],
    ["missing:data", [0, 2, 3]],
    ["has:custom3", []],
    ["custom3:x", []],
    ["missing:custom3", [0, 1, 2, 3]],
    ["flag:duplicate", [3]],
    ["flag:d*", [3]],
    ["missing:flag", [0, 1, 2]],
    ["id:2", [2]],
    ["id!=2", [0, 1, 3]],
    ["id>=2", [2, 3]],
    ["id:(0, 3)", [0, 3]],
    ["id:1..2", [1, 2]],
    ["id:5..9", []],
    ["id>999999999999", []],
  ])("%s", async (text, expected) => {
    expect(await ask(columns, text)).toEqual(expected);
  });
});

test("whole numbers beyond 2^53 compare exactly", async () => {
  const columns = fakeColumns(
    ["9007199254740992", "9007199254740993", "9007199254740994"].map((count) => ({ fields: { count } })),
  );
  expect(await ask(columns, "count>9007199254740992")).toEqual([1, 2]);
  expect(await ask(columns, "", { sort: { field: "count", descending: true } })).toEqual([2, 1, 0]);
});

describe("where an entry was found", () => {
  const columns = fakeColumns([{ member: 0 }, { member: 1 }, { member: 2 }], {
    members: [
      { path: "var/log/audit/audit.log", source: 0 },
      { path: "audit.log", source: 1 },
      { path: "events.json", source: 1, format: "json" },
    ],
    sources: [
      { name: "bundle.zip", code: "BU" },
      { name: "host two.zip", code: "HO" },
    ],
  });
  test.each([
    ["source:BU", [0]],
    ["source:ho", [1, 2]],
    ["src:two", [1, 2]],
    ["source='host two.zip'", [1, 2]],
    ["source=ho", []],
    ["source!=BU", [1, 2]],
    ["member:audit.log", [0, 1]],
    ["member=audit.log", [1]],
    ["member:var/*", [0]],
    ["format:json", [2]],
    ["carrier:lines", [0, 1, 2]],
  ])("%s", async (text, expected) => {
    expect(await ask(columns, text)).toEqual(expected);
  });
});

describe("words anywhere", () => {
  const rows = [
    { raw: "type=SYSCALL exe=/usr/sbin/sshd msg=audit(1:1)", fields: { actor: "root" } },
    // A value that the bytes do not show, in a dictionary.
    { raw: "proctitle=2F62696E2F6C73", fields: { action: "/bin/ls -la" } },
    // Values that no dictionary holds.
    { raw: "x=1", fields: { label: "Opened the door", data: "hidden=treasure" } },
    { raw: "SSHD-agent caf\u00e9 caf\u00c9", fields: { "raw.rare": "deep water" } },
    { raw: "sshd2 -> done", fields: { "raw.key": ["first key", "second"] } },
  ];
  const columns = fakeColumns(rows, { overflow: ["rare"], hashed: ["label"], entriesPerBlock: 1 });
  test.each([
    ["sshd", [0, 3]],
    ["SSHD", [0, 3]],
    ["ssh", []],
    ["ssh*", [0, 3, 4]],
    ["*shd*", [0, 3, 4]],
    ["ssh?2", [4]],
    ["sbin/ss*", [0]],
    ['"sbin sshd"', [0]],
    ["sshd-agent", [3]],
    ["sshd*t", [3]],
    ["root", [0]],
    ["'bin ls'", [1]],
    ["ls", [1]],
    ["door", [2]],
    ["*tREAs*", [2]],
    ["'opened the door'", [2]],
    ["'deep water'", [3]],
    ["caf\u00e9", [3]],
    ["CAF\u00e9", [3]],
    ["caf\u00c9", [3]],
    ["key", [4]],
    ["'first second'", []],
    ['"->"', [4]],
    ["-sshd", [1, 2, 4]],
    ["sshd OR door", [0, 2, 3]],
    ["sshd exe", [0]],
    ["absent", []],
  ])("%s", async (text, expected) => {
    expect(await ask(columns, text)).toEqual(expected);
  });

  const watched = (of: CaseColumns) => {
    const read: number[] = [];
    const bytes = (entry: number): Uint8Array => {
      read.push(entry);
      return of.text.bytes(entry);
    };
    return { read, spied: { ...of, text: { ...of.text, bytes } } };
  };

  test("only blocks whose signature has the word are read, and no entry that is already out", async () => {
    const { read, spied } = watched(fakeColumns(rows, { hashed: ["label"], entriesPerBlock: 1 }));
    expect(await ask(spied, "treasure")).toEqual([2]);
    expect(read).toEqual([2]);
    read.length = 0;
    expect(await ask(spied, "treasure actor:root")).toEqual([]);
    expect(read).toEqual([]);
  });

  test("where a field has lost its column every entry is read: no signature answers for its words", async () => {
    const { read, spied } = watched(columns);
    expect(await ask(spied, "treasure")).toEqual([2]);
    expect(read).toEqual([...rows.keys()]);
  });

  test("the words of one entry may stand in two blocks", async () => {
    const split = fakeColumns([{ raw: "alpha beta", split: true }, { raw: "gamma" }, { raw: "beta" }], {
      entriesPerBlock: 1,
    });
    expect(await ask(split, "'alpha beta'")).toEqual([0]);
    expect(await ask(split, "alpha")).toEqual([0]);
    expect(await ask(split, "beta")).toEqual([0, 2]);
  });
});

test("hashes are checked against the text", async () => {
  const honest = fakeColumns([{ fields: { ref: "a" } }, { fields: { ref: "b" } }]);
  const stored = honest.field("ref");
  if (stored?.kind !== "hash64") throw new Error("ref is a hash");
  // Both entries claim the hash of "a": a collision.
  const colliding = {
    ...honest,
    field: () => ({
      ...stored,
      words: Uint32Array.from([...stored.words.subarray(0, 2), ...stored.words.subarray(0, 2)]),
    }),
  };
  expect(await ask(colliding, "ref=a")).toEqual([0]);
});
