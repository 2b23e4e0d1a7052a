import { describe, expect, it } from "vitest";
import type { Facet } from "../../workers/contract.ts";
import { facetAct, facetLines } from "../../renderer/views/facets/facet-model.ts";

const outcome: Facet = {
  field: "outcome",
  values: [
    { value: "success", count: 90 },
    { value: "fail", count: 9 },
  ],
  distinct: 3,
  missing: 45,
};
const empty: Facet = { field: "session", values: [], distinct: 0, missing: 0 };
const view = { closed: new Set<string>(), held: undefined };

describe("lines of the facets", () => {
  it("lists values, what is not listed, and entries without the field", () => {
    const lines = facetLines(
      [outcome, empty],
      [{ field: "outcome", not: true, values: ["fail"], enabled: true }],
      view,
    );
    expect(lines.map((line) => line.kind)).toEqual(["field", "value", "value", "more", "missing", "field"]);
    expect(lines[2]).toMatchObject({ value: "fail", count: 9, share: 0.1, chosen: "not" });
    expect(lines[3]).toMatchObject({ hidden: 1 });
    expect(lines[5]).toMatchObject({ field: "session", open: false, distinct: 0 });
  });

  it("keeps the order that was on screen while it is held, new values last", () => {
    const held = new Map([["outcome", ["fail"]]]);
    const lines = facetLines([outcome], [], { closed: new Set(), held });
    expect(lines.flatMap((line) => (line.kind === "value" ? [line.value] : []))).toEqual(["fail", "success"]);
  });

  it("moves by keys, back to the head with the left arrow, and includes values only", () => {
    const lines = facetLines([outcome], [], view);
    expect(facetAct("ArrowDown", 0, lines)).toEqual({ kind: "go", line: 1 });
    expect(facetAct("ArrowLeft", 2, lines)).toEqual({ kind: "go", line: 0 });
    expect(facetAct("x", 1, lines)).toEqual({ kind: "exclude" });
    expect(facetAct("x", 0, lines)).toBeUndefined();
  });
});
