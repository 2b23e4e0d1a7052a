import { isCancellation } from "../base/abort.ts";
import { fault, FaultError, faultOf } from "../base/fault.ts";
import { type ByteSource, type Container, DEFAULT_LIMITS } from "../containers/container.ts";
import { cutterOf } from "../carriers/encoded.ts";
import {
  CANONICAL,
  type FormatChoice,
  type Preview,
  type PreviewRow,
  type Reading,
  type ReadingAnswer,
} from "../contract.ts";
import type { AnyOutput, CarriedRecord } from "../formats/format.ts";
import { detectAs, resolveChoice } from "./detect.ts";
import { type ExpandContext, expandSource, type Leaf, sourceContainer } from "./expand.ts";
import { type IdentityFile, namesFor } from "./identity.ts";
import { ObjectSink } from "./object-sink.ts";
import { assembleJoined } from "./piece-joiner.ts";
import { openSource } from "./read.ts";
import { readContext } from "./read-context.ts";
import { identityFile } from "./survey.ts";

const MAX_ROWS = 10;
/** A log that shows no ten entries within this is previewed with what it showed. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_RAW_BYTES = 4096;
/** A larger archive is not gone through for the account names that it may hold. */
const MAX_NAMED = 8 * 1024 * 1024;

export interface PreviewRequest {
  readonly path: string;
  /** What the source will be called. */
  readonly name?: string;
  readonly member: string;
  readonly choice: FormatChoice;
  readonly answer: ReadingAnswer;
  readonly passwords: readonly string[];
}

/** The first entries of a member as they will appear under a choice. Faults: those of the file, the member, the choice. */
export async function preview(request: PreviewRequest, signal: AbortSignal): Promise<Preview> {
  const file = await openSource(request.path, request.name);
  const context = { limits: DEFAULT_LIMITS, signal, passwords: request.passwords };
  try {
    const container = await sourceContainer(file);
    const hasNames =
      container.id !== "plain" && file.size <= MAX_NAMED && resolveChoice(request.choice).format.takesNames;
    const names = hasNames ? await namesIn(container, file, context) : [];
    for await (const leaf of expandSource(container, file, context)) {
      if (leaf.path === request.member) return await previewLeaf(leaf, request, file.mtime, names);
    }
  } finally {
    await file.close();
  }
  throw new FaultError(
    fault("request.invalid", `${file.name} has no member ${request.member}.`, "Choose the file again."),
  );
}

/** The account names in the archive, for which all of it is gone through. */
async function namesIn(
  container: Container,
  file: ByteSource,
  context: ExpandContext,
): Promise<readonly IdentityFile[]> {
  const names: IdentityFile[] = [];
  try {
    for await (const leaf of expandSource(container, file, context)) {
      const found = await identityFile(leaf);
      if (found !== undefined) names.push(found);
    }
  } catch (error) {
    // What is wrong with the archive is told by its inspection; names from before that hold at import as well.
    if (faultOf(error) === undefined || isCancellation(error)) throw error;
  }
  return names;
}

interface Shown {
  readonly fields: ObjectSink;
  readonly records: readonly CarriedRecord[];
}

async function previewLeaf(
  leaf: Leaf,
  request: PreviewRequest,
  mtime: number,
  identities: readonly IdentityFile[],
): Promise<Preview> {
  if (leaf.content.kind === "refused") throw new FaultError(leaf.content.problem);
  const { carrier, format } = resolveChoice(request.choice);
  const { zone, ...asked } = request.answer;
  const { head, isWhole } = leaf.content;
  const modified = leaf.modified ?? Math.round(mtime * 1000);
  const { reading } = detectAs(request.choice, head, isWhole, { asked, modified });
  const found = detectAs(request.choice, head, isWhole, { asked: encodingOf(request.answer), modified });
  const names = namesFor(leaf.path, identities);
  const named = names === undefined ? {} : { names };
  const context = readContext(leaf.path, zone, { ...reading, ...named });
  const shown: Shown[] = [];
  let rejects = 0;
  const output: AnyOutput = {
    entry(records, _duplicates, write) {
      if (shown.length < MAX_ROWS) shown.push({ fields: fieldsOf(records, write), records });
    },
    reject: () => void rejects++,
    ignore: () => undefined,
  };
  const assembler = assembleJoined(carrier, format, context, output);
  const splitter = cutterOf(carrier, reading).split({
    record: (record) => assembler.push(record),
    reject: () => void rejects++,
    ignore: () => undefined,
    blank: () => undefined,
    note: () => undefined,
  });
  const read = await readSome(leaf.content.bytes, splitter, () => shown.length >= MAX_ROWS);
  if (read.isWhole) splitter.finish();
  assembler.finish();
  const { questions } = found;
  return {
    reading: { ...found.reading, ...named },
    questions,
    columns: columnsOf(shown),
    rows: rowsOf(shown, read.bytes),
    rejects,
  };
}

/** What is asked stays asked, whatever was answered; but in another encoding the columns have other names. */
function encodingOf({ encoding }: ReadingAnswer): Reading {
  return encoding === undefined ? {} : { encoding };
}

function fieldsOf(records: readonly CarriedRecord[], write: (sink: ObjectSink) => void): ObjectSink {
  const fields = new ObjectSink();
  write(fields);
  for (const record of records) for (const flag of record.flags) fields.flag(flag);
  return fields;
}

interface Read {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

async function readSome(
  chunks: AsyncIterable<Uint8Array>,
  splitter: { push(chunk: Uint8Array): void },
  isEnough: () => boolean,
): Promise<Read> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += MAX_RAW_BYTES * 16) {
      const slice = chunk.subarray(at, at + MAX_RAW_BYTES * 16);
      parts.push(slice);
      length += slice.length;
      splitter.push(slice);
      if (isEnough() || length >= MAX_BYTES) return { bytes: Buffer.concat(parts), isWhole: false };
    }
  }
  return { bytes: Buffer.concat(parts), isWhole: true };
}

/** Canonical fields that some row has, in their order, then original ones as they were met. */
function columnsOf(shown: readonly Shown[]): string[] {
  const canonical = CANONICAL.filter((name) => shown.some(({ fields }) => fields.canonical.has(name)));
  const originals = new Set(shown.flatMap(({ fields }) => [...fields.originals.keys()]));
  return [...canonical, ...[...originals].map((name) => `raw.${name}`)];
}

function rowsOf(shown: readonly Shown[], bytes: Uint8Array): PreviewRow[] {
  const columns = columnsOf(shown);
  return shown.map(({ fields, records }) => {
    const first = records[0];
    const offset = first?.offset ?? 0;
    return {
      time: fields.when.at ?? Number.NaN,
      precision: fields.when.precision,
      flags: fields.flags,
      cells: columns.map((name) => cellOf(fields, name)),
      raw: rawOf(records, bytes),
      offset,
    };
  });
}

function cellOf(fields: ObjectSink, column: string): string | readonly string[] {
  const isOriginal = column.startsWith("raw.");
  const kept = isOriginal ? fields.originals.get(column.slice("raw.".length)) : fields.canonical.get(column);
  const values = kept?.values ?? [];
  return values.length > 1 ? values : (values[0] ?? "");
}

function rawOf(records: readonly CarriedRecord[], bytes: Uint8Array): Uint8Array {
  const parts = records.map(({ offset, length }) => bytes.subarray(offset, offset + length));
  return new Uint8Array(Buffer.concat(parts).subarray(0, MAX_RAW_BYTES));
}
