import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

/** One import or re-export of a source file. */
export interface Import {
  /** Path of the importing file from the top of the checkout, with `/`. */
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** The imported file, likewise from the top; undefined for a package or a Node built-in. */
  readonly file: string | undefined;
  readonly isTypeOnly: boolean;
}

const checkout = fileURLToPath(new URL("../../", import.meta.url));

/** Every source file under these folders. */
export function sourceFiles(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name.replaceAll("\\", "/")))
      .filter((name) => /\.tsx?$/.test(name)),
  );
}

/** What a file imports, dynamic imports of a fixed name included. Throws when it does not parse. */
export function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(checkout, file), "utf8");
  const { module, errors } = parseSync(file, text);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const found = (specifier: string, isTypeOnly: boolean): Import => ({
    from: file,
    specifier,
    file: resolveSpecifier(file, specifier),
    isTypeOnly,
  });
  const isTypeOnly = (entries: readonly { isType: boolean }[]): boolean =>
    entries.length > 0 && entries.every((entry) => entry.isType);
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) => found(moduleRequest.value, isTypeOnly(entries))),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest ? [found(moduleRequest.value, isType)] : [])),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const literal = /^["'](.+)["']$/.exec(text.slice(start, end))?.[1];
      return literal === undefined ? [] : [found(literal, false)];
    }),
  ];
}

function resolveSpecifier(from: string, specifier: string): string | undefined {
  if (specifier.startsWith("@/")) return normalize(join("renderer", specifier.slice(2)));
  if (!specifier.startsWith(".")) return undefined;
  const withoutQuery = specifier.split("?")[0] ?? specifier;
  return normalize(join(dirname(from), withoutQuery));
}

/** Groups of files that import each other in a circle, each as the way round. */
export function importCycles(imports: readonly Import[]): readonly (readonly string[])[] {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const state = new Map<string, "open" | "done">();
  const cycles: string[][] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      cycles.push([...way.slice(way.indexOf(file)), file]);
      return;
    }
    state.set(file, "open");
    for (const { file: next } of targets.get(file) ?? []) if (next !== undefined) visit(next, [...way, file]);
    state.set(file, "done");
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
