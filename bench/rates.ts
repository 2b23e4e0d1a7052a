/**
 * Rates of each container, and of each carrier with its format, in expanded bytes, beside what a library or a plain loop
 * does with the same bytes in the same run.
 */
import { execFileSync } from "node:child_process";
import { createCipheriv, createHash, createHmac } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import zlib from "node:zlib";
import { path7za } from "7zip-bin";
import { DEFAULT_LIMITS, type ByteSource } from "../workers/containers/container.ts";
import { containerOf } from "../workers/containers/registry.ts";
import type { ImportSink } from "../workers/base/batch.ts";
import { importSource } from "../workers/import/pipeline.ts";
import { makeTar } from "../test/containers/make-tar.ts";
import { generateAuditd } from "./generate.ts";
import { forms, type Form } from "./forms.ts";
import { limitHash, limitZip } from "./limits.ts";
import { best } from "./measure.ts";
import type { Line } from "./report.ts";

const MIB = 2 ** 20;
const PASSWORD = "bench";
const LINES = 80_000;

interface Packed {
  readonly name: string;
  /** What 7-Zip or Node makes of the log. */
  pack(log: string, to: string): void;
  /** The library, or the same work without a container around it. */
  limit(file: string, log: Buffer): unknown;
  readonly limitName: string;
  readonly target: number;
}

function sevenZip(...args: readonly string[]): void {
  execFileSync(path7za, [...args], { stdio: "ignore" });
}

function test7z(file: string): void {
  sevenZip("t", "-mmt=1", `-p${PASSWORD}`, file);
}

function inflated(log: Buffer): Buffer {
  return zlib.inflateRawSync(deflatedOf(log));
}

let deflated: Buffer | undefined;
function deflatedOf(log: Buffer): Buffer {
  return (deflated ??= zlib.deflateRawSync(log));
}

function packWith7z(type: string, ...more: readonly string[]): Packed["pack"] {
  return (log, to) => sevenZip("a", `-t${type}`, "-mx=3", "-mmt=1", ...more, to, log);
}

const CONTAINERS: readonly Packed[] = [
  {
    name: "gzip",
    pack: (log, to) => writeFileSync(to, zlib.gzipSync(readFileSync(log))),
    limit: (file) => zlib.gunzipSync(readFileSync(file)),
    limitName: "zlib",
    target: 2,
  },
  {
    name: "zstd",
    pack: (log, to) => writeFileSync(to, zlib.zstdCompressSync(readFileSync(log))),
    limit: (file) => zlib.zstdDecompressSync(readFileSync(file)),
    limitName: "libzstd",
    target: 16,
  },
  { name: "bzip2", pack: packWith7z("bzip2"), limit: test7z, limitName: "7-Zip", target: 4 },
  { name: "xz", pack: packWith7z("xz"), limit: test7z, limitName: "7-Zip", target: 6 },
  { name: "7z", pack: packWith7z("7z"), limit: test7z, limitName: "7-Zip", target: 6 },
  {
    name: "tar",
    pack: (log, to) => writeFileSync(to, makeTar([{ name: "audit.log", data: readFileSync(log) }])),
    limit: (file) => createHash("sha256").update(readFileSync(file)).digest(),
    limitName: "SHA-256",
    target: 2,
  },
  { name: "zip", pack: packWith7z("zip"), limit: (_file, log) => inflated(log), limitName: "zlib", target: 3 },
  {
    name: "zip.aes256",
    pack: packWith7z("zip", "-mem=AES256", `-p${PASSWORD}`),
    limit(_file, log) {
      const packed = deflatedOf(log);
      createCipheriv("aes-256-ctr", Buffer.alloc(32), Buffer.alloc(16)).update(packed);
      createHmac("sha1", "key").update(packed).digest();
      return inflated(log);
    },
    limitName: "AES+HMAC+zlib",
    target: 4,
  },
  {
    name: "zip.zipcrypto",
    pack: packWith7z("zip", "-mem=ZipCrypto", `-p${PASSWORD}`),
    limit: test7z,
    limitName: "7-Zip",
    target: 4,
  },
];

function sourceOf(file: string): ByteSource {
  const bytes = readFileSync(file);
  return {
    name: "bench",
    size: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += MIB) yield bytes.subarray(at, at + MIB);
    },
    readAt: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/** Bytes that come out of the first member. */
async function expand(file: string): Promise<number> {
  const source = sourceOf(file);
  const { signal } = new AbortController();
  const container = containerOf(await source.readAt(0, 65_536));
  let bytes = 0;
  for await (const member of container.members(source, { limits: DEFAULT_LIMITS, signal, passwords: [PASSWORD] })) {
    if (member.problem !== undefined) throw new Error(member.problem.message);
    for await (const chunk of member.open(signal)) bytes += chunk.length;
  }
  return bytes;
}

type Say = (text: string) => void;

/** Throws where fewer or more bytes come out than went in. */
export async function benchContainers(folder: string, runs: number, say: Say): Promise<readonly Line[]> {
  const log = join(folder, "rates.log");
  await generateAuditd(log, LINES);
  const bytes = readFileSync(log);
  const lines: Line[] = [];
  for (const { name, pack, limit, limitName, target } of CONTAINERS) {
    const file = join(folder, `rates.${name}`);
    pack(log, file);
    const out = await expand(file);
    if (out !== bytes.length) throw new Error(`wrong answer: ${name} gives ${out} of ${bytes.length} bytes`);
    const clock = limitName === "7-Zip" ? "wall" : "cpu";
    const limited = await best(runs, clock, () => void limit(file, bytes));
    const measured = await best(runs, clock, () => expand(file));
    lines.push(
      rateLine({ name: `container.${name}`, bytes: bytes.length, measured, limited, limitName, target, runs }),
    );
    say(`container.${name}: ${(measured / limited).toFixed(2)}`);
  }
  return lines;
}

const NOWHERE: ImportSink = { accept: () => Promise.resolve() };

/** Records of each form through container, carrier, format and columns, without a case file. */
export async function benchForms(folder: string, runs: number, say: Say): Promise<readonly Line[]> {
  const lines: Line[] = [];
  mkdirSync(join(folder, "forms"), { recursive: true });
  for (const form of forms) {
    const file = join(folder, "forms", form.choice);
    const entries = form.write(file);
    const measured = await best(runs, "cpu", () => importForm(file, form, entries));
    const limited = await best(runs, "cpu", () => {
      limitHash(file);
      limitZip(file);
      form.limit(file);
    });
    const { limitName, target } = form;
    lines.push(
      rateLine({ name: `form.${form.name}`, bytes: statSync(file).size, measured, limited, limitName, target, runs }),
    );
    say(`form.${form.name}: ${(measured / limited).toFixed(2)}`);
  }
  return lines;
}

/** Through all of an import but the case file. Throws where it reads as something else, misses or rejects records. */
export async function importForm(file: string, form: Pick<Form, "choice">, entries: number): Promise<void> {
  let [choice, found, rejected] = ["", 0, 0];
  const sink: ImportSink = {
    accept(message) {
      if (message.kind === "member") choice = `${message.member.carrier}+${message.member.format}`;
      if (message.kind === "member-end") [found, rejected] = [message.end.entries, message.end.rejects];
      return NOWHERE.accept(message);
    },
  };
  const request = { path: file, name: "log", choices: { log: form.choice }, skip: [] };
  await importSource(request, sink, new AbortController().signal, () => undefined);
  if (choice !== form.choice || found !== entries || rejected > 0) {
    throw new Error(
      `wrong answer: ${choice} reads ${found} of ${entries} entries of ${form.choice}, ${rejected} rejects`,
    );
  }
}

interface Rate {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds of the best run. */
  readonly measured: number;
  readonly limited: number;
  readonly limitName: string;
  readonly target: number;
  readonly runs: number;
}

export function rateLine({ name, bytes, measured, limited, limitName, target, runs }: Rate): Line {
  const rate = (ms: number): string => `${(bytes / MIB / (ms / 1000)).toFixed(1)} MiB/s`;
  const note = `${rate(measured)}, limit ${rate(limited)}`;
  return { case: name, measured, limit: limited, limitName, target, wallMs: measured, p95Ms: measured, runs, note };
}
