/** The two definition files of a log collection on disk: read as they stand, written whole. */
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { raise } from "../base/fault.ts";
import type { DefinitionName, MappingDraft, MappingEdit, MappingTexts, SavedMapping } from "../contract.ts";
import { asFault, refuseEvidence } from "../export/write-file.ts";
import { draftOf, editedTexts } from "../formats/radiantone/edit.ts";

const PROPERTIES: DefinitionName = "eventproperties.csv";
const ATTRIBUTES: DefinitionName = "eventmapping.csv";
/** Definitions have a row a type of event. */
const MAX_BYTES = 4_000_000;

/** Faults: format.unfit where a file is not there, too large, or no UTF-8. */
export async function readMappingFolder(folder: string): Promise<MappingTexts> {
  return { properties: await textOf(folder, PROPERTIES), attributes: await textOf(folder, ATTRIBUTES) };
}

export async function openMapping(folder: string): Promise<MappingDraft> {
  return draftOf(await readMappingFolder(folder));
}

export function editMapping(texts: MappingTexts, edits: readonly MappingEdit[]): MappingDraft {
  return draftOf(editedTexts(texts, edits));
}

/**
 * Writes both files into the folder of `target`; both are whole on disk before either takes its name. What is there under
 * their names is replaced only where `target` has one of them, for then a person was asked. `evidence` is never touched.
 * Faults: target.unwritable, disk.full.
 */
export async function saveMapping(
  target: string,
  texts: MappingTexts,
  evidence: readonly string[],
): Promise<SavedMapping> {
  const folder = dirname(target);
  const files = [
    { name: PROPERTIES, text: texts.properties },
    { name: ATTRIBUTES, text: texts.attributes },
  ];
  const isReplacing = files.some(({ name }) => name === basename(target));
  for (const { name } of files) {
    const path = join(folder, name);
    await refuseEvidence(path, evidence);
    if (!isReplacing && (await isThere(path)))
      raise("target.unwritable", `${name} is already in ${folder}.`, `Save as ${ATTRIBUTES} to replace both files.`);
  }
  const parts = files.map(({ name, text }) => ({ path: join(folder, `${name}.${process.pid}.part`), name, text }));
  try {
    for (const { path, text } of parts) await writeWhole(path, text);
    for (const { path, name } of parts) await rename(path, join(folder, name));
  } catch (error) {
    for (const { path } of parts) await rm(path, { force: true });
    throw asFault(error, target);
  }
  return { folder, files: files.map(({ name }) => name) };
}

async function writeWhole(path: string, text: string): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(text, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

async function textOf(folder: string, name: DefinitionName): Promise<string> {
  const bytes = await readFile(join(folder, name)).catch(() =>
    raise(
      "format.unfit",
      `${name} cannot be read from ${folder}.`,
      `Name a folder that holds ${PROPERTIES} and ${ATTRIBUTES}.`,
    ),
  );
  if (bytes.length > MAX_BYTES)
    raise(
      "format.unfit",
      `${name} has ${bytes.length} bytes, more than the ${MAX_BYTES} of a definition file.`,
      "Check that it is one.",
    );
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return raise("format.unfit", `${name} is no UTF-8.`, "Save it as UTF-8.");
  }
}
