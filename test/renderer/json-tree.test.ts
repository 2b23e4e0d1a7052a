import { describe, expect, test } from "vitest";
import { childrenOf, jsonWithin, leafText, rootOf } from "../../renderer/views/detail/json-tree.ts";
import { STEP, Tree, type TreeRow } from "../../renderer/views/detail/tree-rows.ts";

const names = (text: string): readonly (string | undefined)[] => childrenOf(rootOf(text)).map(({ name }) => name);
const shown = (row: TreeRow): string =>
  row.kind === "node" ? `${row.level} ${row.node.name} ${row.open ?? "-"} ${row.size ?? leafText(row.node)}` : row.kind;

describe("a tree of JSON", () => {
  test("has members and items in their order, numbers and names as they are written", () => {
    const root = rootOf(' { "a" : 9007199254740993 , "b\\u0021":[ 1.0 , "x,]}" , { } ] , "a":null } ');
    const children = childrenOf(root);
    expect(children.map(({ name }) => name)).toEqual(["a", "b!", "a"]);
    expect(new Set(children.map(({ path }) => path)).size).toBe(3);
    expect(children.map((child) => leafText(child))).toEqual(["9007199254740993", '[ 1.0 , "x,]}" , { } ]', "null"]);
    const [, list] = children;
    expect(list && childrenOf(list).map((item) => leafText(item))).toEqual(["1.0", "x,]}", "{ }"]);
  });

  test.each([
    ["{}", []],
    ["[]", []],
    ['{"a\\\\":"\\\\\\"","b":1}', ["a\\", "b"]],
    ['[{"a":[[]]},2]', ["0", "1"]],
  ])("%s", (text, expected) => expect(names(text)).toEqual(expected));

  test("parses a text that holds JSON for show, and leaves the text as it is", () => {
    const [body, other] = childrenOf(rootOf(String.raw`{"body":"{\"query\":{\"size\":50}}","other":"{not json"}`));
    if (body === undefined || other === undefined) throw new Error("nothing was found");
    expect(leafText(body)).toBe('{"query":{"size":50}}');
    expect(childrenOf(body).map(({ name, inText }) => [name, inText])).toEqual([["query", true]]);
    expect(jsonWithin(other)).toBeUndefined();
    expect(childrenOf(other)).toEqual([]);
  });

  test("lays out a hundred of many items, and the next hundred when asked", () => {
    const tree = new Tree(rootOf(`{"hits":[${Array.from({ length: 1001 }, (_, at) => `{"n":${at}}`).join(",")}]}`));
    const [hits] = tree.roots;
    if (hits === undefined) throw new Error("no hits");
    const paths = new Set([hits.path]);
    const once = tree.rows({ paths, steps: new Map() });
    expect(once).toHaveLength(1 + STEP + 1);
    expect(once.at(-1)).toMatchObject({ kind: "more", hidden: 901 });
    expect(tree.rows({ paths, steps: new Map([[hits.path, 11]]) })).toHaveLength(1002);
  });

  test("goes as deep as it is opened, and no deeper", () => {
    const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    const tree = new Tree(rootOf(deep));
    const paths = new Set(["/0", "/0/0"]);
    expect(tree.rows({ paths, steps: new Map() }).map(shown)).toEqual(["1 a true 1", "2 a true 1", "3 a false 1"]);
  });

  test("folds a long text to its beginning, in pieces where it is opened", () => {
    const tree = new Tree(rootOf(JSON.stringify({ text: "x".repeat(500_000), short: "y" })));
    const folded = tree.rows({ paths: new Set(), steps: new Map() });
    expect(folded.map((row) => row.kind === "node" && row.open)).toEqual([false, undefined]);
    const rows = tree.rows({ paths: new Set(["/0"]), steps: new Map() });
    expect(rows.filter(({ kind }) => kind === "text")).toHaveLength(STEP);
    expect(rows.find(({ kind }) => kind === "more")).toMatchObject({ hidden: 150 });
  });
});
