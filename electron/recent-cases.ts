import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { app } from "electron";
import * as v from "valibot";
import type { RecentCase } from "./bridge.ts";
import type { Grants } from "./grants.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

const longest = 12;
const listSchema = v.array(v.object({ path: v.string(), opened: v.number() }));
type Listed = v.InferOutput<typeof listSchema>;

const fileName = (): string => join(app.getPath("userData"), "recent.json");

async function read(): Promise<Listed> {
  const parsed = v.safeParse(listSchema, await readJsonFile(fileName()));
  return parsed.success ? parsed.output : [];
}

/** Puts a case at the head of the list. */
export async function rememberCase(path: string): Promise<void> {
  const others = (await read()).filter((listed) => listed.path !== path);
  await writeJsonFile(fileName(), [{ path, opened: Date.now() }, ...others].slice(0, longest));
}

/** The cases opened lately that are still there, newest first. */
export async function recentCases(grants: Grants): Promise<readonly RecentCase[]> {
  const present = (await read()).filter(({ path }) => existsSync(path));
  return present.map(({ path, opened }) => ({
    name: basename(path),
    folder: dirname(path),
    opened,
    grant: grants.add(path, "case").grant,
  }));
}
