/** What mutations begin with: the project's own fixtures and archives made of them, and the corpus where there is one. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, configure } from "@zip.js/zip.js";
import { containerOf } from "../../workers/containers/registry.ts";
import type { FormatChoice } from "../../workers/contract.ts";
import { formats } from "../../workers/formats/registry.ts";
import { chooseFormat } from "../../workers/import/choose.ts";
import { HEAD_BYTES, NO_HINTS } from "../../workers/import/detect.ts";
import { bzip2Lines, bzip2Long, xzFilter, xzLines, xzLong } from "../containers/compressed.ts";
import { makeTar, pax } from "../containers/make-tar.ts";
import { makeZip } from "../containers/make-zip.ts";
import * as sevenZips from "../containers/sevenzip-made.ts";
import { SAMPLES } from "../import/samples.ts";

export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly container: string;
  /** Of a plain one, how it is read by itself. */
  readonly choice: FormatChoice | undefined;
}
/** Opens every locked archive among the seeds; a wrong one stands before it. */
export const PASSWORDS = ["wrong", "right", "corpus-AES-256", "corpus-zipcrypto", "corpus-7z-header", "Export-2025!"];

const LONGEST = 24_000;

function seed(name: string, bytes: Uint8Array): Seed {
  const container = containerOf(bytes.subarray(0, HEAD_BYTES), bytes).id;
  if (container !== "plain") return { name, bytes, container, choice: undefined };
  const text = bytes.subarray(0, LONGEST);
  const chosen = chooseFormat(text, true, undefined, NO_HINTS);
  const choice = chosen.kind === "chosen" ? `${chosen.carrier.id}+${chosen.format.id}` : undefined;
  return { name, bytes: text, container, choice };
}

function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => `${parentPath}/${name}`).toSorted();
}

function fixtures(): readonly Seed[] {
  const folder = fileURLToPath(new URL("../formats", import.meta.url));
  const files = filesBelow(folder).filter((file) => !/\.ts$|golden/.test(file));
  return files.map((file) => seed(file.slice(folder.length + 1), readFileSync(file)));
}

function samples(): readonly Seed[] {
  return [
    ...SAMPLES.map(([name, text]) => seed(name, Buffer.from(text))),
    ...formats.map(({ id, samples }) => seed(`samples of ${id}`, Buffer.from(`${samples.join("\n")}\n`))),
  ];
}

async function lockedZip(files: readonly Seed[], cipher: object): Promise<Uint8Array> {
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new Uint8ArrayWriter(), { ...cipher, password: "right" });
  for (const { name, bytes } of files)
    await writer.add(name, new Uint8ArrayReader(bytes), { lastModDate: new Date(0) });
  return writer.close();
}

async function archives(logs: readonly Seed[]): Promise<readonly Seed[]> {
  const few = logs.filter((_, at) => at % 5 === 0);
  const parts = few.map(({ name, bytes }) => ({ name, data: bytes }));
  const [first] = logs;
  if (first === undefined) throw new Error("there are no fixtures");
  const half = Math.floor(first.bytes.length / 2);
  const tar = makeTar([
    pax({ path: `${"long/".repeat(30)}audit.log`, mtime: "1735689600.5" }),
    { name: "audit.log.1", data: first.bytes.subarray(0, half) },
    { name: "audit.log", data: first.bytes.subarray(half) },
    { name: "link", type: "2", link: "/etc/passwd" },
    ...parts.slice(0, 3),
  ]);
  const zip = makeZip([...parts, { name: "../../up.log", data: first.bytes }, { name: "inner.tar", data: tar }]);
  return [
    seed("made.gz", gzipSync(first.bytes)),
    seed("made.tar", tar),
    seed("made.tar.gz", gzipSync(tar)),
    seed("made.zip", zip),
    seed("stored.zip", makeZip(parts.map((part) => ({ ...part, stored: true })))),
    seed("nested.zip.gz", gzipSync(zip)),
    seed("made.zst", zstdCompressSync(first.bytes)),
    seed("aes.zip", await lockedZip(few.slice(0, 2), { encryptionStrength: 3 })),
    seed("zipcrypto.zip", await lockedZip(few.slice(0, 2), { zipCrypto: true })),
    ...Object.entries({ bzip2Lines, bzip2Long, xzLines, xzLong, xzFilter }).map(([name, bytes]) => seed(name, bytes)),
    ...Object.entries(sevenZips).map(([name, bytes]) => seed(`${name}.7z`, bytes)),
  ];
}

/** The same in every clone. */
export async function ownSeeds(): Promise<readonly Seed[]> {
  const logs = [...fixtures(), ...samples()];
  return [...logs, ...(await archives(logs))];
}

const LARGEST_ARCHIVE = 300_000;

export function corpusSeeds(folder: string): readonly Seed[] {
  return filesBelow(folder)
    .filter((file) => !/\.(?:md|py|csv2)$|expected\.json$/.test(file))
    .map((file) => ({ file, head: readFileSync(file).subarray(0, LARGEST_ARCHIVE), size: statSync(file).size }))
    .map(({ file, head, size }) => ({ made: seed(file.slice(folder.length + 1), head), size }))
    .filter(({ made, size }) => made.container === "plain" || size <= LARGEST_ARCHIVE)
    .map(({ made }) => made);
}
