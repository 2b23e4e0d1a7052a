/**
 * JSON lines as mongoexport writes them: Extended JSON, and, where a terminal was redirected into the file, the tool's
 * own progress lines (`<time>\tconnected to: …`, `<time>\texported 36 records`) among the records.
 */
import { latin1Of } from "../base/bytes.ts";
import type { Recognition } from "../formats/format.ts";
import type { Carrier } from "./carrier.ts";
import { decodeExtended } from "./extended-json.ts";
import { recogniseJsonLines } from "./json-lines.ts";
import { rereadObject, takeObject, WRAPPER } from "./json-object.ts";
import { splitLines } from "./lines.ts";
import { TOOL_OUTPUT } from "./tool-output.ts";

export const mongoexport: Carrier = {
  id: "mongoexport",
  title: "mongoexport, JSON lines",
  version: "1",
  yields: "object",
  recognise,
  split: (output) =>
    splitLines(output, (text, offset, length, line) => {
      if (TOOL_OUTPUT.test(text)) output.reject(offset, length, line, "mongoexport.tool-output", "tool output");
      else takeObject(output, text, offset, length, line, decodeExtended);
    }),
  reread: (bytes, offset, line) => rereadObject(bytes, offset, line, decodeExtended),
};

/** JSON lines that hold a type wrapper of Extended JSON; without one they are plain JSON lines. */
function recognise(head: Uint8Array, whole: boolean): Recognition {
  const plain = recogniseJsonLines(head, whole);
  if (plain.confidence === 0) return plain;
  const wrapper = WRAPPER.exec(latin1Of(head));
  if (wrapper === null) return { confidence: 0, reasons: ["no Extended JSON types"] };
  return { confidence: plain.confidence, reasons: [...plain.reasons, `types of Extended JSON (${wrapper[0]}…)`] };
}
