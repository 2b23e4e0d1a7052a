/**
 * `journalctl -o export`: blocks of fields parted by an empty line. A field is `NAME=value`, or, where the value is no
 * plain text, `NAME`, LF, its length as 64 bits little-endian, the value, LF. Read as bytes: a value may hold anything.
 * https://systemd.io/JOURNAL_EXPORT_FORMATS/
 */
import { latin1Of, utf8Text } from "../base/bytes.ts";
import type { CarriedRecord, Recognition } from "../formats/format.ts";
import type { Carrier } from "./carrier.ts";
import { type ExportBlock, ExportCutter } from "./journal-export-cutter.ts";
import { joinPieces, type JournalEntry, journalRecord, TIMESTAMP } from "./journal.ts";
import { type Message, SILENT, type Unit } from "./message.ts";

export const journalExport: Carrier = {
  id: "journal-export",
  title: "systemd journal, export form",
  version: "1",
  yields: "either",
  keepsBytes: true,
  recognise,
  split: (output) =>
    new ExportCutter(output, (block) => output.record(journalRecord(entryOf(block, false), unitOf(block)))),
  reread(bytes, offset, line) {
    const block = soleBlock(bytes);
    if (block === undefined) return undefined;
    const unit: Unit = { offset, length: bytes.length, line, text: block.text, bytes };
    return journalRecord(entryOf(block, true), unit);
  },
  join: (pieces) => joinPieces(pieces, messageTextOf),
};

function unitOf({ offset, length, line, text }: ExportBlock): Unit {
  return { offset, length, line, text };
}

function soleBlock(bytes: Uint8Array): ExportBlock | undefined {
  const blocks: ExportBlock[] = [];
  const cutter = new ExportCutter(SILENT, (block) => blocks.push(block));
  cutter.push(bytes);
  cutter.finish();
  return blocks.length === 1 ? blocks[0] : undefined;
}

function entryOf({ text, fields }: ExportBlock, wantsPlaces: boolean): JournalEntry {
  const named: (readonly [string, string])[] = [];
  let message: Message | undefined;
  for (const { name, start, end } of fields) {
    const value = text.slice(start, end);
    if (name !== "MESSAGE" || message !== undefined) named.push([name, utf8Text(value)]);
    else message = wantsPlaces ? { text: value, placeOf: (char) => start + char } : { text: value };
  }
  return { fields: named, message, isCut: false };
}

function messageTextOf({ body }: CarriedRecord): string | undefined {
  if (body.kind === "text") return body.text;
  const block = soleBlock(body.bytes ?? Buffer.from(body.text ?? "", "latin1"));
  const message = block === undefined ? undefined : entryOf(block, false).message;
  return typeof message === "object" ? message.text : undefined;
}

function recognise(head: Uint8Array, whole: boolean): Recognition {
  // A name in capitals and "=" begins every such block; reading on is worth it only then.
  if (!/^\s*_?_?[A-Z][A-Z0-9_]*[=\n]/.test(latin1Of(head, 0, 300)))
    return { confidence: 0, reasons: ["no journal field"] };
  let entries = 0;
  let others = 0;
  const cutter = new ExportCutter({ ...SILENT, reject: () => others++ }, ({ fields }) => {
    if (fields.some(({ name }) => name === TIMESTAMP)) entries++;
    else others++;
  });
  cutter.push(head);
  if (whole || entries === 0) cutter.finish();
  const all = entries + others;
  const reasons = [`${entries} of ${all} blocks of fields have ${TIMESTAMP}`];
  return { confidence: entries * 2 < all || all === 0 ? 0 : 0.9 + (entries / all) * 0.1, reasons };
}
