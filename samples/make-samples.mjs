/**
 * Writes the sample evidence: one invented intrusion over two days, told by two kinds of log. Seeded, so the files come
 * out the same on every run: `node samples/make-samples.mjs`. Hosts are example names, addresses are reserved for
 * documentation (RFC 5737, RFC 2606); nobody and nothing here exists.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { TextReader, Uint8ArrayWriter, ZipWriter, configure } from "@zip.js/zip.js";
import { airDocuments } from "./story/air.mjs";
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
