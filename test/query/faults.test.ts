import { describe, expect, test } from "vitest";
import { FieldNames } from "../../workers/query/names.ts";
import { parse } from "../../workers/query/parser.ts";
import { faultFrom } from "./ask.ts";

const names = new FieldNames(["auid", "SYSCALL", "User Name", "actor", "tag", "dev", "DEV"]);

/** Query, column of the caret, words of the message, suggestions. */
const SYNTAX: readonly (readonly [string, number, RegExp])[] = [
  ['actor:"root', 6, /never closed/],
  ["'abc", 0, /never closed/],
  ["`odd", 0, /back-quote is never closed/],
  ["(actor:root", 0, /bracket is never closed/],
  ["a (b (c) d", 2, /bracket is never closed/],
  ["actor:root)", 10, /closes nothing/],
  [")", 0, /closes nothing/],
  ["a ()", 2, /nothing between these brackets/],
  ["(", 0, /never closed/],
  ["actor:", 5, /value is missing after ":"/],
  ["actor: )", 7, /value is missing/],
  ["a AND", 2, /AND has nothing to join/],
  ["OR b", 0, /OR has nothing to join/],
  ["a or", 2, /OR has nothing to join/],
  ["(a OR ) b", 3, /OR has nothing to join/],
  ["NOT", 0, /NOT has nothing to exclude/],
  [":root", 0, /field name is missing before ":"/],
  ["<134>1", 0, /field name is missing before "<"/],
  ["`actor` x", 6, /operator is missing/],
  ['""', 0, /no text in these quotes/],
  ["*", 0, /alone would match anything/],
  ["actor:()", 7, /list is empty/],
  ["actor:(a b)", 9, /list takes single values/],
  ["actor:(a,)", 9, /value is missing here/],
  ["actor:(a AND b)", 9, /list takes single values/],
  ["actor:(a", 6, /never closed/],
  ["actor:[a b]", 6, /\[a TO b\]/],
  ["actor:[a TO b", 6, /never closed/],
  ["actor:[TO b]", 6, /two ends/],
  ["actor=ro*", 6, /takes no wildcards/],
  ["count>1*", 6, /takes no wildcards/],
  ["actor:a*..b", 6, /take no wildcards/],
  ["count>1..2", 6, /takes one value/],
  ['"C:\\dir"', 3, /is no escape/],
  ["id:x1", 3, /no entry number/],
  ["time>=yesterday", 6, /is no time/],
  ["time:2024-13", 5, /is no time/],
  ["time:2024-02-30", 5, /is no time/],
  ["time:2024-05-01T25:00", 5, /is no time/],
  ["time<9999-01-01", 5, /lies outside the years/],
  ["flag:duplicated", 5, /No value of flag is called/],
  ["repeat:agian", 7, /No value of repeat is called/],
  ["assumed:zonne", 8, /No value of assumed is called/],
];
const NOT_YET: readonly (readonly [string, number])[] = [
  ["actor~ro+t", 5],
  ["actor=~root", 5],
  ["actor!~root", 5],
  ["/fail(ed)?/i", 0],
  ["a /sshd/", 2],
  ["action:/open.*/", 7],
  ["a | count by actor", 2],
  ["tag:evil", 0],
  ["same:actor", 0],
  ["gap:>5m", 0],
  ["a marked", 2],
  ["NOT noted", 4],
  ["near(12, 5m)", 0],
  ["a session(5)", 2],
  ["time>now-7d", 5],
  ["time>=last-30m", 6],
  ["time:first+1h..last", 5],
];

describe("a fault names its column and says what to do", () => {
  test.each(SYNTAX)("%s", (text, offset, message) => {
    const fault = faultFrom(() => parse(text, names, "UTC"));
    expect(fault).toMatchObject({ code: "query.syntax", offset });
    expect(fault.message).toMatch(message);
    expect(fault.next).toMatch(/\S/);
  });

  test.each(NOT_YET)("%s is not available yet", (text, offset) => {
    const fault = faultFrom(() => parse(text, names, "UTC"));
    expect(fault).toMatchObject({ code: "query.syntax", offset });
    expect(fault.message).toMatch(/not available yet\.$/);
  });

  test("of several the first is told", () => {
    expect(faultFrom(() => parse('actr:x "open', names, "UTC"))).toMatchObject({ code: "query.field", offset: 0 });
    expect(faultFrom(() => parse('a "open', names, "UTC"))).toMatchObject({ code: "query.syntax", offset: 2 });
  });

  test("paths are no regular expressions", () => {
    for (const path of ["/bin/su", "/etc/passwd", "/usr/lib/systemd/", "actor:/bin/su", "/etc/*"]) {
      expect(() => parse(path, names, "UTC")).not.toThrow();
    }
  });
});

describe("unknown fields", () => {
  test.each([
    ["acter:root", 0, "actor"],
    ["a AND otcome=x", 6, "outcome"],
    ["has:targt", 4, "target"],
    ["missing:(actor, lvl)", 16, "level"],
    ["raw.auidd:0", 0, "auid"],
    ["syscal:open", 0, "SYSCALL"],
    ["username:x", 0, "raw.User Name"],
    ["10:00:01", 0, "id"],
  ])("%s", (text, offset, nearest) => {
    const fault = faultFrom(() => parse(text, names, "UTC"));
    expect(fault).toMatchObject({ code: "query.field", offset });
    expect(fault.suggestions).toHaveLength(3);
    if (nearest !== "id") expect(fault.suggestions).toContain(nearest.replace(/^raw\.User Name$/, "User Name"));
    expect(fault.next).toContain(fault.suggestions?.join(", "));
  });

  test("a name that only case tells apart must be exact", () => {
    expect(names.resolve("dev")).toBe("raw.dev");
    expect(names.resolve("DEV")).toBe("raw.DEV");
    expect(names.resolve("Dev")).toBeUndefined();
  });
});

test("an unknown zone is a fault of the request, told only where it is needed", () => {
  expect(faultFrom(() => parse("time:2024", names, "Mars/Olympus"))).toMatchObject({ code: "request.invalid" });
  expect(() => parse("time:2024-05-01T10:00Z actor:x", names, "Mars/Olympus")).not.toThrow();
});

test("very deep and very long queries are refused", () => {
  expect(faultFrom(() => parse(`${"(".repeat(300)}a${")".repeat(300)}`, names, "UTC")).code).toBe("query.syntax");
  expect(faultFrom(() => parse("a ".repeat(40_000), names, "UTC")).code).toBe("request.invalid");
});
