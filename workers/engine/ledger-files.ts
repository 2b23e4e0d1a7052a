/** The files of an identity ledger and of its policy, from disk. Each is looked at before anything is changed. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { IdentityPolicy, LedgerTableChoice } from "../contract.ts";
import { FaultError, raise } from "../base/fault.ts";
import { kindOfFile } from "../identity/kinds.ts";
import { parsePolicy } from "../identity/policy.ts";
import { readTable } from "../identity/table.ts";
import { type LedgerFile, MOST_BYTES } from "../store/identity-store.ts";
import type { ChosenFile } from "./evidence.ts";
import type { GrantTable } from "./grants.ts";

const MOST_POLICY = 4 * 2 ** 20;

/**
 * `chosen`: what is behind the grants of `tables`, folders opened up; of a folder, the files that are called like a table.
 * Faults: format.unfit for a table that cannot be used, or whose kind nothing tells; source.missing, source.unreadable.
 */
export async function readLedgerFiles(
  grants: GrantTable,
  chosen: readonly ChosenFile[],
  tables: readonly LedgerTableChoice[],
): Promise<readonly Omit<LedgerFile, "id">[]> {
  const files: Omit<LedgerFile, "id">[] = [];
  for (const { grant, name, problem, isFound } of chosen) {
    const kind = tables.find((table) => table.grant === grant)?.kind ?? kindOfFile(name);
    if (kind === undefined && isFound) continue;
    if (problem !== undefined) throw new FaultError(problem);
    if (kind === undefined) return unknownKind(name);
    const bytes = await readWhole(grants.file(grant, "read"), MOST_BYTES);
    readTable(kind, name, bytes);
    files.push({ kind, name, bytes, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  if (files.length > 0) return files;
  return raise(
    "format.unfit",
    "No table of an identity ledger is among the files chosen.",
    "Tables are called accounts.csv, identities.csv, groups.csv and so on; or say what kind each file is.",
  );
}

/** Faults: format.unfit, source.missing, source.unreadable. */
export async function readPolicyFile(file: { readonly path: string; readonly name: string }): Promise<IdentityPolicy> {
  const bytes = await readWhole(file, MOST_POLICY);
  try {
    return parsePolicy(new TextDecoder("utf-8", { fatal: true }).decode(bytes), file.name);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return raise("format.unfit", `${file.name} is no UTF-8 text.`, "Save it as UTF-8.", { source: file.name });
  }
}

function unknownKind(name: string): never {
  return raise(
    "format.unfit",
    `${name} does not say by its name which table of an identity ledger it is.`,
    "Say what kind it is, or call it accounts.csv, identities.csv, groups.csv and so on.",
    { source: name },
  );
}

async function readWhole(
  { path, name }: { readonly path: string; readonly name: string },
  most: number,
): Promise<Uint8Array> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      if (size > most) {
        raise("container.too-large", `${name} has more than ${most / 2 ** 20} MiB.`, "Choose a smaller file.", {
          source: name,
        });
      }
      return new Uint8Array(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof FaultError) throw error;
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return raise(
      isMissing ? "source.missing" : "source.unreadable",
      isMissing ? `${name} is not there.` : `${name} cannot be read.`,
      "Choose a file that can be read.",
      { source: name },
      error,
    );
  }
}
