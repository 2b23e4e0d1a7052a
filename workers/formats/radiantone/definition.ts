/**
 * A definition file that lies among evidence. It is configuration: a sound one has no entries, and one that is broken is a
 * reject with the first thing that is wrong in it, so that it is not taken for one that could be used.
 */
import { definitionName } from "../../base/definition-header.ts";
import { utf8Text } from "../../base/bytes.ts";
import type { MappingFinding } from "../../contract.ts";
import { type AnyFormat, type CarriedRecord, defineFormat } from "../format.ts";
import { parseDefinition } from "./definition-file.ts";
import { lintDefinition } from "./lint.ts";

const TITLE = "RadiantOne definition file";

/** What makes the file unfit by itself; empty for a sound one, and for what is no definition file. */
export function definitionErrors(text: string): readonly MappingFinding[] {
  const name = definitionName(text);
  if (name === undefined) return [];
  return lintDefinition(name, parseDefinition(text)).filter(({ severity }) => severity === "error");
}

export const radiantoneDefinition: AnyFormat = defineFormat<undefined>({
  id: "radiantone-definition",
  title: TITLE,
  version: "1",
  accepts: "text",
  samples: ["eventid;message;category;subcategory;1;3"],
  recognise(records) {
    const fitting = records.filter((record) => definitionName(textOf(record)) !== undefined).length;
    return fitting === 0
      ? { confidence: 0, reasons: ["its first line is none of a definition file"] }
      : { confidence: 1, reasons: ["configuration of a log collection, no log"] };
  },
  describe: () => TITLE,
  recordsIn: () => 1,
  assemble: (_context, output) => ({
    push(record) {
      const [first, ...more] = definitionErrors(textOf(record));
      if (first === undefined) return output.ignore(record);
      const others = more.length === 0 ? "" : `; ${more.length} more`;
      output.reject(record, "definition.refused", `line ${first.line}, column ${first.column}: ${first.text}${others}`);
    },
    finish() {},
  }),
  read() {},
  explain: () => ({ sentence: "", records: [], interpretations: [] }),
});

function textOf({ body }: CarriedRecord): string {
  return body.kind === "text" ? utf8Text(body.text) : "";
}
