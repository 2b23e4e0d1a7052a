import { isCancellation } from "../base/abort.ts";
import { fault, FaultError, faultOf } from "../base/fault.ts";
import { type ByteSource, type Container, DEFAULT_LIMITS } from "../containers/container.ts";
import { cutterOf } from "../carriers/encoded.ts";
import type { FormatChoice, Preview, Reading, ReadingAnswer } from "../contract.ts";
import { mappingFit } from "../formats/radiantone/fit.ts";
import { fieldsOfTimes } from "../formats/time-column.ts";
import { detectAs, resolveChoice } from "./detect.ts";
import { type ExpandContext, expandSource, type Leaf, sourceContainer } from "./expand.ts";
import { namesFor } from "./identity.ts";
import { assembleJoined } from "./piece-joiner.ts";
import { PreviewRows } from "./preview-rows.ts";
import { openSource } from "./read.ts";
import { readContext } from "./read-context.ts";
import type { BesideFile } from "./settings-file.ts";
import { besideFile } from "./survey.ts";

const MAX_ROWS = 200;
/** A log that shows fewer within this is previewed with what it showed. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Bytes that are read at a time. */
const STRETCH = 65_536;
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

/** The first entries and rejects of a member as they will appear under a choice. Faults: those of the file, the member, the choice. */
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
async function namesIn(container: Container, file: ByteSource, context: ExpandContext): Promise<readonly BesideFile[]> {
  const names: BesideFile[] = [];
  try {
    for await (const leaf of expandSource(container, file, context)) {
      const found = await besideFile(leaf);
      if (found !== undefined) names.push(found);
    }
  } catch (error) {
    // What is wrong with the archive is told by its inspection; names from before that hold at import as well.
    if (faultOf(error) === undefined || isCancellation(error)) throw error;
  }
  return names;
}

async function previewLeaf(
  leaf: Leaf,
  request: PreviewRequest,
  mtime: number,
  identities: readonly BesideFile[],
): Promise<Preview> {
  if (leaf.content.kind === "refused") throw new FaultError(leaf.content.problem);
  const { carrier, format } = resolveChoice(request.choice);
  const { zone, ...asked } = request.answer;
  const { head, isWhole } = leaf.content;
  const modified = leaf.modified ?? Math.round(mtime * 1000);
  const { reading } = detectAs(request.choice, head, isWhole, { asked, modified });
  const found = detectAs(request.choice, head, isWhole, { asked: basisOf(request.answer), modified });
  const names = namesFor(leaf.path, identities);
  const named = names === undefined ? {} : { names };
  const context = readContext(leaf.path, zone, { ...reading, ...named });
  const rows = new PreviewRows(MAX_ROWS);
  const assembler = assembleJoined(carrier, format, context, rows);
  const splitter = cutterOf(carrier, reading).split({
    record(record) {
      rows.see(record);
      assembler.push(record);
    },
    reject: (offset, length, line, code, detail) => rows.rejected({ offset, length, line }, { code, detail }),
    ignore: () => undefined,
    blank: () => undefined,
    note: () => undefined,
  });
  const read = await readSome(leaf.content.bytes, splitter, () => rows.isFull);
  if (read.isWhole) splitter.finish();
  assembler.finish();
  const { questions } = found;
  const { mapping } = request.answer;
  return {
    reading: { ...found.reading, ...named },
    questions,
    ...rows.shown(read.bytes),
    isWhole: read.isWhole && rows.count <= MAX_ROWS,
    timeFields: format.fixedTime ? [] : fieldsOfTimes(rows.sample),
    ...(mapping === undefined ? {} : { mapping: mappingFit(rows.sample, mapping) }),
  };
}

/** What is asked stays asked, whatever was answered; but in another encoding, or split otherwise, the columns have other names. */
function basisOf({ encoding, delimiter }: ReadingAnswer): Reading {
  return { ...(encoding === undefined ? {} : { encoding }), ...(delimiter === undefined ? {} : { delimiter }) };
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
    for (let at = 0; at < chunk.length; at += STRETCH) {
      const slice = chunk.subarray(at, at + STRETCH);
      parts.push(slice);
      length += slice.length;
      const hadEnough = isEnough();
      splitter.push(slice);
      // One stretch more: entries that are open still may be completed in it.
      if (hadEnough || length >= MAX_BYTES) return { bytes: Buffer.concat(parts), isWhole: false };
    }
  }
  return { bytes: Buffer.concat(parts), isWhole: true };
}
