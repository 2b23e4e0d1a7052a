import { describe, expect, test } from "vitest";
import { parseJson } from "../../workers/base/json-parse.ts";
import { isJsonObject, type JsonObject } from "../../workers/base/json.ts";
import type { FieldRule } from "../../workers/formats/field-table.ts";
import { Mapping } from "../../workers/formats/mapper.ts";
import { inWords, verbOf } from "../../workers/formats/words.ts";

function objectOf(json: string): JsonObject {
  const parsed = parseJson(json);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error("no object");
  return parsed.value;
}
/** What rules write for an object: field, value and the path it was found at. */
function run(json: string, rules: readonly FieldRule[]) {
  const written: Record<string, readonly [string, string | undefined]> = {};
  const mapping = new Mapping(objectOf(json), (to, value, found) => void (written[to] = [value, found?.path]));
  mapping.run(rules);
  return { written, mapping };
}

describe("rules", () => {
  test("take the first synonym that holds something", () => {
    const rules: FieldRule[] = [{ to: "actor", from: ["a", "b", "c"] }];
    expect(run('{"c":"3","b":"2"}', rules).written).toEqual({ actor: ["2", "b"] });
    expect(run('{"a":"","b":null,"c":0}', rules).written).toEqual({ actor: ["0", "c"] });
    expect(run('{"a":[],"b":{"x":1},"c":false}', rules).written).toEqual({ actor: ["false", "c"] });
    expect(run('{"d":1}', rules).written).toEqual({});
  });
  test("find names exactly, then nested, then without case and separators", () => {
    const rules: FieldRule[] = [{ to: "actor", from: ["user.name"] }];
    expect(run('{"user":{"name":"nested"},"user.name":"flat"}', rules).written).toEqual({
      actor: ["flat", "user.name"],
    });
    expect(run('{"user":{"name":"nested"}}', rules).written).toEqual({ actor: ["nested", "user.name"] });
    expect(run('{"User Name":"header"}', rules).written).toEqual({ actor: ["header", "User Name"] });
    expect(run('{"USER_NAME":"header"}', rules).written).toEqual({ actor: ["header", "USER_NAME"] });
  });
  test("of two for one field the first that yields wins", () => {
    const rules: FieldRule[] = [
      { to: "action", from: ["action"], when: ["type"] },
      { to: "action", from: ["type", "action"], as: "verb" },
    ];
    expect(run('{"type":"user-created","action":"made"}', rules).written).toEqual({ action: ["made", "action"] });
    expect(run('{"action":"user-created"}', rules).written).toEqual({ action: ["create", "action"] });
    expect(run('{"type":null,"action":"odd"}', rules).written).toEqual({ action: ["odd", "action"] });
  });
  test("look values up in a table; what it lacks is kept, dropped or goes elsewhere", () => {
    const words = { yes: "success" };
    const rule = (otherwise?: FieldRule["otherwise"]): FieldRule[] => [
      { to: "outcome", from: ["r"], words, ...(otherwise === undefined ? {} : { otherwise }) },
    ];
    expect(run('{"r":"YES"}', rule()).written).toEqual({ outcome: ["success", "r"] });
    expect(run('{"r":"No"}', rule()).written).toEqual({ outcome: ["No", "r"] });
    expect(run('{"r":"No"}', rule("drop")).written).toEqual({});
    expect(run('{"r":"No"}', rule("custom6")).written).toEqual({ custom6: ["No", "r"] });
    expect(run('{"r":"constructor"}', rule("drop")).written).toEqual({});
  });
  test("join lists, and take objects only where asked", () => {
    expect(run('{"a":[1,"b",2.50]}', [{ to: "tenant", from: ["a"] }]).written).toEqual({ tenant: ["1,b,2.50", "a"] });
    const objects: FieldRule[] = [{ to: "old", from: ["a"], objects: true }];
    // A list that may be any value must stay told apart from a text with commas.
    expect(run('{"a":["x,y",1]}', objects).written).toEqual({ old: ['["x,y",1]', "a"] });
    expect(run('{"a":{"b":1}}', objects).written).toEqual({ old: ['{"b":1}', "a"] });
  });
  test("constants may depend on a field that holds something", () => {
    const rules: FieldRule[] = [{ to: "target.type", constant: "asset", when: ["host"] }];
    expect(run('{"host":"x"}', rules).written).toEqual({ "target.type": ["asset", undefined] });
    expect(run('{"host":""}', rules).written).toEqual({});
  });
});

test("one shape serves objects with other values", () => {
  const rules: FieldRule[] = [{ to: "actor", from: ["a", "b"] }];
  expect(run('{"a":"1","b":"2"}', rules).written).toEqual({ actor: ["1", "a"] });
  expect(run('{"a":"","b":"2"}', rules).written).toEqual({ actor: ["2", "b"] });
});

test("the rest is all that no rule used whole", () => {
  const { mapping } = run('{"a":1,"code":"x-y","data":{"old":1,"more":2},"n":1.0}', [
    { to: "actor", from: ["a"] },
    { to: "event", from: ["code"], as: "words" },
    { to: "old", from: ["data.old"] },
  ]);
  expect(mapping.rest()).toBe('{"code":"x-y","data":{"old":1,"more":2},"n":1.0}');
  expect(run('{"a":1}', [{ to: "actor", from: ["a"] }]).mapping.rest()).toBeUndefined();
});

test("items of an array are joined, or values of their own", () => {
  const written: [string, string][] = [];
  const mapping = new Mapping(objectOf('{"a":["x","","y"],"b":["x","y"],"c":"z"}'), (to, value) => {
    written.push([to, value]);
  });
  mapping.run([
    { to: "from", from: ["a"], as: "list" },
    { to: "to", from: ["b"] },
    { to: "actor", from: ["c"], as: "list" },
  ]);
  expect(written).toEqual([
    ["from", "x"],
    ["from", "y"],
    ["to", "x,y"],
    ["actor", "z"],
  ]);
  expect(mapping.rest()).toBeUndefined();
});

describe("times", () => {
  const time = (json: string) => {
    const found = run(json, []).mapping.time(["t", "u"]);
    return [found?.found.path, found?.time?.at];
  };
  test("the first that reads as one", () => {
    expect(time('{"t":"n/a","u":1736510400}')).toEqual(["u", 1_736_510_400_000_000]);
    expect(time('{"t":{"x":1},"u":"2025-01-10T12:00:00Z"}')).toEqual(["u", 1_736_510_400_000_000]);
  });
  test("else the first that should be one", () => {
    expect(time('{"t":"n/a","u":"soon"}')).toEqual(["t", undefined]);
    expect(time('{"v":1}')).toEqual([undefined, undefined]);
  });
});

test.each([
  ["user-login-failed", "user login failed", "login"],
  ["userLoginFailed", "user login failed", "login"],
  ["USER_LOGIN_FAILED", "user login failed", "login"],
  ["off-network-task-created", "off network task created", "create"],
  ["iam:DeleteUser", "iam delete user", "delete"],
  ["heartbeat", "heartbeat", undefined],
  ["constructor", "constructor", undefined],
])("the code %s is %j, its verb %j", (code, words, verb) => {
  expect(inWords(code)).toBe(words);
  expect(verbOf(code)).toBe(verb);
});
