/**
 * Writes the sample evidence: one invented intrusion over two days, told by three kinds of log. Seeded, so the files come
 * out the same on every run: `node samples/make-samples.mjs`. Hosts are example names, addresses are reserved for
 * documentation (RFC 5737, RFC 2606); nobody and nothing here exists.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { TextReader, Uint8ArrayWriter, ZipWriter, configure } from "@zip.js/zip.js";
import tar from "tar-stream";
import { airDocuments } from "./story/air.mjs";
import { aqtiveLogs } from "./story/aqtive.mjs";
import { auditLog } from "./story/auditd.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
configure({ useWebWorkers: false });

writeFileSync(at("auditd/audit.log"), auditLog(), "latin1");

const lines = (documents) => `${documents.map((document) => JSON.stringify(document)).join("\n")}\n`;
const documents = airDocuments();
const handover = documents.filter((document) => document.organizationId === 2);
writeFileSync(
  at("binalyze-air/air-auditlogs-dump.json"),
  lines(documents.filter((document) => document.organizationId !== 2)),
);

const fixed = { lastModDate: new Date(2026, 2, 18, 18, 0, 0), extendedTimestamp: false };
const zip = new ZipWriter(new Uint8ArrayWriter(), fixed);
await zip.add("export/air-auditlogs-branch-office.json", new TextReader(lines(handover)), fixed);
await zip.add(
  "export/README.txt",
  new TextReader("Audit logs of the branch office, handed over on 18 March 2026.\n"),
  fixed,
);
writeFileSync(at("binalyze-air/branch-office.zip"), await zip.close());

/** A support bundle: the day before is rotated and compressed by itself. */
const bundle = tar.pack();
const mtime = new Date(Date.UTC(2026, 2, 18, 20));
for (const [name, records] of Object.entries(aqtiveLogs())) {
  const text = Buffer.from(lines(records));
  const isRotated = /\d$/.test(name);
  bundle.entry({ name: isRotated ? `${name}.gz` : name, mtime }, isRotated ? gzipSync(text) : text);
}
bundle.finalize();
const parts = [];
for await (const part of bundle) parts.push(part);
mkdirSync(at("aqtive-guard"), { recursive: true });
writeFileSync(at("aqtive-guard/cs-logs-bundle.tar.gz"), gzipSync(Buffer.concat(parts)));
