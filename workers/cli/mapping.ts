/** `--mapping DIR`: the two definition files of a folder, checked before anything is imported. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fault, FaultError } from "../base/fault.ts";
import type { MappingReading } from "../contract.ts";
import { readDefinitions } from "../formats/radiantone/definitions.ts";
import type { DefinitionName, Finding } from "../formats/radiantone/finding.ts";
import type { Output } from "./context.ts";
import { inert } from "./print.ts";

/** Tells every finding; throws the fault `format.unfit` where one of them refuses the definitions. */
export async function mappingFrom(folder: string, output: Output): Promise<MappingReading> {
  const mapping = {
    properties: await textOf(folder, "eventproperties.csv"),
    attributes: await textOf(folder, "eventmapping.csv"),
  };
  const { findings } = readDefinitions(mapping);
  for (const finding of findings) output.say(lineOf(finding));
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (errors === 0) return mapping;
  throw new FaultError(
    fault(
      "format.unfit",
      `The definitions in ${folder} are broken (${errors} errors); nothing was imported.`,
      "Mend what is named above by line and column, and import again.",
    ),
  );
}

function lineOf({ file, line, column, severity, text }: Finding): string {
  return `${severity === "error" ? "!" : "?"} ${file}:${line}:${column}: ${inert(text)}\n`;
}

async function textOf(folder: string, name: DefinitionName): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(join(folder, name)));
  } catch (error) {
    const isText = !(error instanceof TypeError);
    throw new FaultError(
      fault(
        "format.unfit",
        isText
          ? `${name} cannot be read from ${folder}; nothing was imported.`
          : `${name} is no UTF-8; nothing was imported.`,
        isText ? "Name a folder that holds eventproperties.csv and eventmapping.csv." : "Save it as UTF-8.",
      ),
    );
  }
}
