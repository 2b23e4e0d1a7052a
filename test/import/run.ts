import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { MemberEnd } from "../../workers/base/batch.ts";
import { cutterOf } from "../../workers/carriers/encoded.ts";
import type { FormatChoice } from "../../workers/contract.ts";
import { chooseFormat } from "../../workers/import/choose.ts";
import { ColumnBuilder } from "../../workers/import/column-builder.ts";
import { HEAD_BYTES, NO_HINTS } from "../../workers/import/detect.ts";
import { LogImport } from "../../workers/import/log-import.ts";
import { readContext } from "../../workers/import/read-context.ts";
import { type ImportSourceRequest, importSource } from "../../workers/import/pipeline.ts";
import { Collector, type CollectedMember } from "./collect.ts";

/** Runs `work` with the path of a file that holds `bytes`, in a folder of its own. */
export async function withFile<T>(
  name: string,
  bytes: Uint8Array | string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "exhibit-import-"));
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Imports a file the whole way and checks every message. */
export async function importPath(path: string, request: Partial<ImportSourceRequest> = {}): Promise<Collector> {
  const collector = new Collector();
  const end = await importSource(
    { path, choices: {}, skip: [], ...request },
    collector,
    new AbortController().signal,
    () => undefined,
  );
  if (collector.end !== end) throw new Error("the result is not what was sent");
  return collector;
}

export function importBytes(
  name: string,
  bytes: Uint8Array | string,
  request: Partial<ImportSourceRequest> = {},
): Promise<Collector> {
  return withFile(name, bytes, (path) => importPath(path, { name: basename(path), ...request }));
}

/** Imports one member from memory in chunks of a size, or undefined when no format reads it. */
export function importChunks(bytes: Uint8Array, chunkSize: number, choice?: FormatChoice): CollectedMember | undefined {
  const chosen = chooseFormat(bytes.subarray(0, HEAD_BYTES), bytes.length < HEAD_BYTES, choice, NO_HINTS);
  if (chosen.kind === "unchosen") return undefined;
  const collector = new Collector();
  const { carrier, format, title, reasons, overridden, reading } = chosen;
  const parser = `${format.id}@${format.version}`;
  collector.begin(0, 0, {
    path: "member",
    ordinal: 0,
    carrier: carrier.id,
    format: format.id,
    formatTitle: title,
    parser,
    reasons,
    overridden,
    zone: undefined,
    reading,
  });
  const work = new LogImport(format, new ColumnBuilder());
  work.begin(0, cutterOf(carrier, reading), readContext("member", undefined, reading));
  for (let at = 0; at < bytes.length; at += chunkSize)
    work.push(bytes.subarray(at, at + chunkSize)).forEach((each) => collector.take(each));
  work.endMember().forEach((each) => collector.take(each));
  work.finish().forEach((each) => collector.take(each));
  const { isWhole, note: _note, ...counts } = work.counts(0);
  if (!isWhole) throw new Error("bytes are not accounted for");
  const end: MemberEnd = {
    state: "ready",
    bytes: bytes.length,
    sha256: undefined,
    problem: undefined,
    flags: 0,
    ...counts,
  };
  collector.take({ kind: "member-end", number: 0, end });
  return collector.member;
}
