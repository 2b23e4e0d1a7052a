/**
 * Documents of Elasticsearch that were read out of an index: one hit a line as elasticdump writes them, and answers of the
 * search API (`hits.hits`), one, several back to back, or in an array, as a scroll leaves them.
 */
import type { Recognition } from "../formats/format.ts";
import type { Carrier } from "./carrier.ts";
import { documentOf, hitOutput } from "./elastic-hit.ts";
import { jsonDocuments } from "./json-documents.ts";
import { jsonLines } from "./json-lines.ts";
import { SILENT } from "./message.ts";

export const elasticsearchLines = hitsIn(jsonLines, "elasticsearch-lines", "Elasticsearch documents, one a line");
export const elasticsearchAnswers = hitsIn(
  jsonDocuments,
  "elasticsearch-answers",
  "Elasticsearch search answers, or documents over several lines",
);

/** Cut as `plain` does; the records are the documents within. */
function hitsIn(plain: Carrier, id: string, title: string): Carrier {
  return {
    id,
    title,
    version: "1",
    yields: "object",
    recognise: (head, whole) => recogniseHits(plain, head, whole),
    split: (output, reading) => plain.split(hitOutput(output), reading),
    reread(...unit) {
      const record = plain.reread(...unit);
      return record === undefined ? undefined : documentOf(record);
    },
  };
}

function recogniseHits(plain: Carrier, head: Uint8Array, whole: boolean): Recognition {
  const carried = plain.recognise(head, whole);
  if (carried.confidence === 0) return carried;
  let hits = 0;
  let others = 0;
  const counting = { ...SILENT, record: ({ wrap }: { readonly wrap?: object }) => (wrap ? hits++ : others++) };
  const splitter = plain.split(hitOutput(counting), {});
  splitter.push(head);
  if (whole) splitter.finish();
  if (hits <= others) return { confidence: 0, reasons: ["few or no objects have _index or _id and a document"] };
  return {
    confidence: carried.confidence,
    reasons: [...carried.reasons, `${hits} documents of Elasticsearch with _index or _id`],
  };
}
