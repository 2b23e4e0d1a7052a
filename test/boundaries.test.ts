import { isBuiltin } from "node:module";
import { describe, expect, test } from "vitest";
import { type Import, importCycles, importsOf, sourceFiles } from "./support/module-graph.ts";

interface Rule {
  /** Folders or files, from the top of the checkout, the folder itself always included. */
  readonly files: readonly string[];
  /** Node's modules, without `node:`; "*" for all. */
  readonly node: readonly string[];
  /** Packages of npm; "*" for all. */
  readonly packages: readonly string[];
}

const contract = "workers/contract.ts";
const base = "workers/base";
const anyData = ["buffer", "crypto", "zlib", "stream", "stream/promises", "util"];
const files = ["fs", "fs/promises", "path", "os", "url", "timers/promises"];

/** Who may import whom. The most specific path holds; what is not listed is refused. */
const rules: Readonly<Record<string, Rule>> = {
  // Types of one area each, which the contract hands on as its own.
  [contract]: { files: ["workers/contract"], node: [], packages: [] },
  "workers/contract": { files: [], node: [], packages: [] },
  [base]: { files: [contract], node: [], packages: [] },
  "workers/base/no-network.ts": { files: [], node: ["net", "dgram"], packages: [] },
  // The one codec of the block format: store and import must read what either has written.
  "workers/base/codec.ts": { files: [contract, base], node: ["zlib"], packages: ["fzstd"] },
  "workers/carriers": { files: [contract, base], node: [], packages: ["valibot"] },
  "workers/formats": { files: [contract, base], node: [], packages: ["valibot", "yaml"] },
  "workers/query": { files: [contract, base], node: [], packages: ["re2js"] },
  "workers/containers": {
    files: [contract, base],
    node: anyData,
    packages: ["@zip.js/zip.js", "fzstd", "xxhash-wasm"],
  },
  "workers/store": {
    files: [contract, base, "workers/query"],
    node: [...anyData, ...files],
    packages: ["better-sqlite3", "fzstd"],
  },
  "workers/import": {
    files: [contract, base, "workers/containers", "workers/carriers", "workers/formats"],
    node: [...anyData, ...files],
    packages: [],
  },
  "workers/identity": { files: [contract, base, "workers/carriers"], node: [], packages: ["valibot"] },
  "workers/export": { files: [contract, base], node: [...anyData, ...files], packages: ["@zip.js/zip.js"] },
  "workers/engine": { files: ["workers"], node: ["*"], packages: ["valibot"] },
  // The version stands in one place, and cases and manifests name it.
  "workers/engine/version.ts": { files: ["package.json"], node: [], packages: [] },
  "workers/engine/rpc": { files: ["workers"], node: ["*"], packages: ["comlink", "valibot"] },
  "workers/cli": { files: ["workers"], node: ["*"], packages: ["valibot"] },
  renderer: { files: [contract], node: [], packages: ["*"] },
  electron: { files: [], node: ["*"], packages: ["electron", "valibot"] },
  "electron/preload.ts": { files: ["electron/bridge.ts", "electron/channels.ts"], node: [], packages: ["electron"] },
};

/** Only types cross here: neither side loads the other. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  renderer: ["electron/bridge.ts"],
  "workers/carriers": ["workers/formats/format.ts"],
};

/** Packages that one place knows, whatever the rules above let in. */
const keepers: Readonly<Record<string, readonly string[]>> = {
  comlink: ["workers/engine/rpc", "renderer/engine/client.ts"],
  "better-sqlite3": ["workers/store"],
  electron: ["electron"],
  yaml: ["workers/formats/siren-investigate/settings.ts"],
};

const network = new Set(["http", "https", "http2", "net", "tls", "dgram", "dns", "dns/promises", "inspector"]);
const guards = ["workers/base/no-network.ts", "electron/no-network.ts"];

const imports = sourceFiles(["electron", "renderer", "workers"]).flatMap(importsOf);

const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);
const packageOf = (specifier: string): string => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
const bare = (specifier: string): string => specifier.replace(/^node:/, "");
const shown = ({ from, specifier }: Import): string => `${from} imports ${specifier}`;

function placeOf(file: string): string {
  const places = Object.keys(rules).filter((place) => isIn(file, place));
  const place = places.toSorted((a, b) => b.length - a.length)[0];
  if (place === undefined) throw new Error(`${file} lies in no folder that has a rule`);
  return place;
}

function isAllowed(one: Import): boolean {
  const place = placeOf(one.from);
  const rule = rules[place];
  if (rule === undefined) return false;
  if (one.file !== undefined) return isFileAllowed(one, one.file, place, rule);
  const [allowed, name] = isBuiltin(one.specifier)
    ? [rule.node, bare(one.specifier)]
    : [rule.packages, packageOf(one.specifier)];
  return allowed.includes("*") || allowed.includes(name);
}

function isFileAllowed(one: Import, file: string, place: string, rule: Rule): boolean {
  const types = one.isTypeOnly ? (Object.entries(typesOf).find(([from]) => isIn(one.from, from))?.[1] ?? []) : [];
  const own = place.endsWith(".ts") ? [] : [place];
  return [...own, ...rule.files, ...types].some((allowed) => isIn(file, allowed));
}

/** `workers/formats/auditd/lines.ts` → `workers/formats/auditd`; undefined for the folder's own files. */
function formatOf(file: string): string | undefined {
  return /^workers\/formats\/[^/]+(?=\/)/.exec(file)?.[0];
}

describe("who imports whom", () => {
  test("finds the imports at all", () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  test("every import is one that the table allows", () => {
    expect(imports.filter((one) => !isAllowed(one)).map(shown)).toEqual([]);
  });

  test("formats do not know each other", () => {
    const strangers = imports.filter(({ from, file }) => {
      const [own, other] = [formatOf(from), formatOf(file ?? "")];
      return own !== undefined && other !== undefined && own !== other;
    });
    expect(strangers.map(shown)).toEqual([]);
  });

  test("a package with one keeper is imported by nobody else", () => {
    const strangers = imports.filter(({ from, specifier, isTypeOnly, file }) => {
      const places = file === undefined ? keepers[packageOf(specifier)] : undefined;
      return places !== undefined && !isTypeOnly && !places.some((place) => isIn(from, place));
    });
    expect(strangers.map(shown)).toEqual([]);
  });

  test("nothing but the guards touches the network's modules", () => {
    const users = imports.filter(({ from, specifier }) => network.has(bare(specifier)) && !guards.includes(from));
    expect(users.map(shown)).toEqual([]);
  });

  test("the guards are the first import of every process and thread", () => {
    const entries = [
      "electron/main.ts",
      ...["main", "import-worker", "query-worker", "export-worker"].map(engineEntry),
    ];
    const late = entries.filter((entry) => !(importsOf(entry)[0]?.file ?? "").endsWith("/no-network.ts"));
    expect(late).toEqual([]);
  });

  test("no files import each other in a circle", () => {
    expect(importCycles(imports).map((cycle) => cycle.join(" → "))).toEqual([]);
  });
});

function engineEntry(name: string): string {
  return `workers/engine/${name}.ts`;
}
