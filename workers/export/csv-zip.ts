/** The same CSV inside a ZIP, with its manifest: for mail and evidence lockers that take one file. */
import { openAsBlob } from "node:fs";
import { BlobReader, type Entry, type FileEntry, TextReader, ZipReader, ZipWriter, configure } from "@zip.js/zip.js";
import { requireRows, writeCsv } from "./csv-file.ts";
import { countRecords } from "./count-records.ts";
import type { ByteTarget, ExportFormat, ExportWork, Written } from "./export-writer.ts";
import { HashingTarget } from "./hashing-target.ts";
import { manifestOf, manifestText } from "./manifest.ts";

configure({ useWebWorkers: false });

export const csvZip: ExportFormat = { id: "csv-zip", title: "CSV in a ZIP", extension: "zip", write, check };

/** A date that depends on neither clock nor zone, so that the same rows give the same bytes. */
const FIXED = { lastModDate: new Date(1980, 0, 1), extendedTimestamp: false, useUnicodeFileNames: true } as const;

async function write(work: ExportWork, target: ByteTarget): Promise<Written> {
  const zip = new ZipWriter(new WritableStream<Uint8Array>({ write: (bytes) => target.write(bytes) }), FIXED);
  // Rows are pulled through a stream, so nothing is held but a chunk and no plain copy touches the disk.
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const rows = pipe.writable.getWriter();
  const inner = new HashingTarget({ write: (bytes) => rows.write(bytes) });
  const added = zip.add(`${work.name}.csv`, pipe.readable, { ...FIXED, zip64: true });
  const written = await Promise.all([feed(work, inner, rows), added]).then(([result]) => result);
  const manifest = manifestOf({}, work, written, [inner.digest(`${work.name}.csv`)]);
  await zip.add(`${work.name}.manifest.json`, new TextReader(manifestText(manifest)), FIXED);
  await zip.close();
  return written;
}

async function feed(
  work: ExportWork,
  inner: ByteTarget,
  rows: WritableStreamDefaultWriter<Uint8Array>,
): Promise<Written> {
  try {
    const written = await writeCsv(work, inner);
    await rows.close();
    return written;
  } catch (error) {
    await rows.abort(error);
    throw error;
  }
}

/** Unpacks the CSV again, its checksum verified, and counts its records. */
async function check(file: string, written: Written): Promise<void> {
  const zip = new ZipReader(new BlobReader(await openAsBlob(file)));
  try {
    const entry = (await zip.getEntries()).find(isCsv);
    if (entry === undefined) throw new Error("the ZIP holds no CSV");
    const pipe = new TransformStream<Uint8Array, Uint8Array>();
    const counted = countRecords(pipe.readable);
    await Promise.all([entry.getData(pipe.writable, { checkSignature: true }), counted]);
    requireRows((await counted) - 1, written.rows);
  } finally {
    await zip.close();
  }
}

function isCsv(entry: Entry): entry is FileEntry {
  return !entry.directory && entry.filename.endsWith(".csv");
}
