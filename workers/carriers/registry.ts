import { ausearchText } from "./ausearch-text.ts";
import type { Carrier } from "./carrier.ts";
import { cef } from "./cef.ts";
import { csv } from "./csv.ts";
import { definitionFile } from "./definition-file.ts";
import { elasticsearchBulk } from "./elastic-bulk.ts";
import { elasticsearchAnswers, elasticsearchLines } from "./elastic-hits.ts";
import { fluentBit } from "./fluent-bit.ts";
import { journalExport } from "./journal-export.ts";
import { journalJson } from "./journal-json.ts";
import { jsonDocuments, mongoexportDocuments } from "./json-documents.ts";
import { jsonLines } from "./json-lines.ts";
import { leef } from "./leef.ts";
import { lines } from "./lines.ts";
import { mongoexport } from "./mongoexport.ts";
import { syslog } from "./syslog.ts";
import { windowsXml } from "./windows-xml.ts";

/** Every carrier; of two that fit a member alike, the first is taken. */
export const carriers: readonly Carrier[] = [
  definitionFile,
  mongoexport,
  mongoexportDocuments,
  elasticsearchLines,
  elasticsearchBulk,
  elasticsearchAnswers,
  fluentBit,
  journalJson,
  journalExport,
  jsonLines,
  jsonDocuments,
  csv,
  windowsXml,
  ausearchText,
  cef,
  leef,
  syslog,
  lines,
];

export function carrierById(id: string): Carrier | undefined {
  return carriers.find((carrier) => carrier.id === id);
}
