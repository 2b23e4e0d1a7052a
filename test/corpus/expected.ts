/** What the indexes of the shared corpus say of each file. */
import { readFileSync } from "node:fs";
import type { MappingReading } from "../../workers/contract.ts";
import { sharedPath } from "../support/shared.ts";

export interface Expected {
  readonly path: string;
  readonly format: string;
  readonly records?: number;
  /** null: the index leaves it open. */
  readonly entries: number | null;
  readonly rejects: number;
  readonly undated?: number | null;
  readonly ignored: number;
  readonly duplicates?: number;
  readonly duplicateIds?: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly password?: string;
  /** Archives inside are parted by "!". */
  readonly members?: readonly { readonly path: string; readonly entries: number; readonly rejects: number }[];
}

export const SYSTEMS = [
  "auditd",
  "binalyze-air",
  "aqtive-guard",
  "siren",
  "radiantone",
  "panther",
  "containers",
] as const;

/** All folders whose index counts entries and rejects. */
export const COUNTED = [...SYSTEMS, "containers/real", "panther/real"] as const;

/** undefined, said aloud, where a clone has no shared corpus. */
export function expectedOf(folder: string): readonly Expected[] | undefined {
  const index = sharedPath("corpus", folder, "expected.json");
  if (index === undefined) return undefined;
  return (JSON.parse(readFileSync(index, "utf8")) as { readonly files: readonly Expected[] }).files;
}

export function corpusFile(folder: string, path: string): string {
  const found = sharedPath("corpus", folder, path);
  if (found === undefined) throw new Error(`the corpus has no ${folder}/${path}`);
  return found;
}

/** The definitions that source-fileaccess.csv is read through. */
export function radiantoneMapping(): MappingReading | undefined {
  const files = ["eventproperties.csv", "eventmapping.csv"].map((name) =>
    sharedPath("corpus", "radiantone", "mapping", name),
  );
  const [properties, attributes] = files.map((file) => (file === undefined ? undefined : readFileSync(file, "utf8")));
  return properties === undefined || attributes === undefined ? undefined : { properties, attributes };
}
