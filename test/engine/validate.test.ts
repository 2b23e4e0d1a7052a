import { describe, expect, it } from "vitest";
import { faultOf } from "../../workers/base/fault.ts";
import { type MethodName, REQUESTS, validate } from "../../workers/engine/validate.ts";

const query = { clauses: [], text: "", range: {}, zone: "UTC", sort: { field: "time", descending: false } };

function codeOf(method: MethodName, values: readonly unknown[]): string | undefined {
  try {
    validate(method, values);
    return undefined;
  } catch (error) {
    return faultOf(error)?.code;
  }
}

const fine: readonly (readonly [MethodName, readonly unknown[]])[] = [
  ["watchCase", [-1]],
  ["inspect", [["g1", "g2"]]],
  ["open", [query]],
  [
    "open",
    [{ ...query, clauses: [{ field: "actor", not: false, values: ["a"], enabled: true }], range: { from: 1, to: 2 } }],
  ],
  ["rows", [1, 0, 500, ["actor", "raw.exe"]]],
  ["rejects", [0, 10]],
  ["rejects", [0, 10, undefined, undefined]],
  ["rejects", [0, 10, 3, "torn"]],
  ["locate", [1, { entry: 5 }]],
  ["facets", [1, Array.from({ length: 40 }, () => "actor"), 20, ""]],
  [
    "exportPreview",
    [
      {
        query,
        format: "csv",
        columns: "all",
        provenance: true,
        formulaGuard: true,
        lineEnd: "lf",
        secrets: "masked",
      },
    ],
  ],
  ["unlock", ["g", "p"]],
  ["usePasswordFile", ["g", ["a", "b"]]],
  ["importAgain", [1, true]],
  ["reveal", [7]],
  [
    "startImport",
    [
      {
        items: [
          {
            grant: "g",
            choices: {},
            skip: [],
            answers: { "a.log": { year: 2024, timeField: "ts" } },
            beyondLimits: true,
          },
        ],
      },
    ],
  ],
];

const wrong: readonly (readonly [MethodName, readonly unknown[]])[] = [
  ["watchCase", ["-1"]],
  ["watchCase", [1.5]],
  ["inspect", ["g1"]],
  ["inspect", [[""]]],
  ["inspect", [[{ path: "/etc/passwd" }]]],
  ["open", []],
  ["open", [{ ...query, text: "x".repeat(16_385) }]],
  ["open", [{ ...query, range: { from: Number.NaN } }]],
  ["open", [{ ...query, extra: 1 }]],
  ["open", [{ ...query, clauses: [{ field: "a", not: 0, values: [], enabled: true }] }]],
  ["rows", [1, 0, 501, []]],
  ["rows", [1, -1, 5, []]],
  ["rows", [1, 0, Number.POSITIVE_INFINITY, []]],
  ["facets", [1, Array.from({ length: 41 }, () => "actor"), 20, ""]],
  ["histogram", [1, 0, {}]],
  ["bytes", [1, 0, 1_048_577]],
  ["locate", [1, { entry: 5, time: 3 }]],
  ["startImport", [{ items: [] }]],
  ["startImport", [{ items: [{ grant: "g", choices: {}, skip: [], answers: { a: { year: 20245 } } }] }]],
  ["startImport", [{ items: [{ grant: "g", choices: {}, skip: [], password: "x" }] }]],
  ["unlock", ["g", ""]],
  ["unlock", ["g", "x".repeat(1_025)]],
  ["reveal", ["7"]],
  ["importAgain", [1]],
  [
    "exportPreview",
    [
      {
        query,
        format: "csv",
        columns: "all",
        provenance: true,
        formulaGuard: true,
        lineEnd: "lf",
        secrets: "some",
      },
    ],
  ],
  [
    "startExport",
    [{ query, format: "exe", columns: "all", provenance: true, formulaGuard: true, lineEnd: "lf", target: "g" }],
  ],
];

describe("requests", () => {
  it.each(fine)("%s is taken", (method, values) => expect(codeOf(method, values)).toBeUndefined());
  it.each(wrong)("%s is refused when wrong", (method, values) =>
    expect(codeOf(method, values)).toBe("request.invalid"),
  );
  it.each(Object.keys(REQUESTS) as MethodName[])("%s refuses what is no data of its kind", (method) => {
    if (REQUESTS[method].items.length === 0) return;
    expect(codeOf(method, [Symbol("no")])).toBe("request.invalid");
    expect(codeOf(method, [{ constructor: { name: "x" } }])).toBe("request.invalid");
  });
});
