/** `--mapping DIR`: the two definition files of a folder, checked before anything is imported. */
import { fault, FaultError } from "../base/fault.ts";
import type { Fault, MappingFinding, MappingReading, MemberInfo } from "../contract.ts";
import { readMappingFolder } from "../engine/mapping-files.ts";
import { readDefinitions } from "../formats/radiantone/definitions.ts";
import type { Output } from "./context.ts";
import { inert } from "./print.ts";

/** Tells every finding; throws the fault `format.unfit` where one of them refuses the definitions. */
export async function mappingFrom(folder: string, output: Output): Promise<MappingReading> {
  const mapping = await readMappingFolder(folder);
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

function lineOf({ file, line, column, severity, text }: MappingFinding): string {
  return `${severity === "error" ? "!" : "?"} ${file}:${line}:${column}: ${inert(text)}\n`;
}

/** Whether any member was read through the definitions; else what there is to say to the person who gave them. */
export function mappingNotUsed(members: readonly MemberInfo[]): Fault | undefined {
  if (members.some(({ reading }) => reading.mapping?.eventId !== undefined)) return undefined;
  return fault(
    "format.unfit",
    "The definitions fit nothing that was imported: in no file does one column hold their event ids in half of the records or more.",
    "Check that they belong to this log; everything was read as if they had not been given.",
  );
}
