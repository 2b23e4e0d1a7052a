/** The counts that the shared corpus names for every kind of log this version reads, through import and store. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { MemberInfo } from "../../workers/contract.ts";
import { printUtc } from "../../workers/base/time.ts";
import { importSource } from "../../workers/import/pipeline.ts";
import { CaseWriter } from "../../workers/store/case-writer.ts";
import { sharedPath } from "../support/shared.ts";

interface Expected {
  readonly path: string;
  readonly format: string;
  readonly records?: number;
  readonly entries: number | null;
  readonly rejects: number;
  readonly duplicates?: number;
  readonly undated?: number;
  readonly min: string | null;
  readonly max: string | null;
}

/** Kinds that this version reads; the others come with later ones. */
const READ = {
  auditd: (file: Expected) => !/journalctl|ausearch -i|json/.test(file.format),
  "binalyze-air": (file: Expected) => file.path.startsWith("mongoexport-") && /lines/i.test(file.format),
};

const folder = mkdtempSync(join(tmpdir(), "exhibit-corpus-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function imported(path: string, name: string): Promise<MemberInfo | undefined> {
  const writer = CaseWriter.create(join(folder, `${name.replaceAll("/", "-")}.exhibit`));
  try {
    await importSource({ path, choices: {}, skip: [] }, writer, new AbortController().signal, () => undefined);
    const member = writer.info().sources[0]?.members[0];
    if (member !== undefined && member.sha256 !== undefined)
      expect(writer.digestFromBlocks(member.id)).toBe(member.sha256);
    return member;
  } finally {
    writer.close();
  }
}

const toMs = (at: MemberInfo["first"]): string | null =>
  at === undefined ? null : printUtc(at).replace(/\d{3}Z$/, "Z");

for (const [system, isRead] of Object.entries(READ)) {
  describe(system, () => {
    const index = sharedPath("corpus", system, "expected.json");
    if (index === undefined) {
      it.skip("needs ../shared");
      return;
    }
    const { files } = JSON.parse(readFileSync(index, "utf8")) as { files: readonly Expected[] };
    it.each(files.filter(isRead).map((file) => [file.path, file] as const))("%s", async (path, file) => {
      const member = await imported(sharedPath("corpus", system, path) ?? "", path);
      const { entries, rejects, min, max } = file;
      expect(member).toMatchObject({ state: "ready", entries, rejects });
      for (const count of ["records", "duplicates", "undated"] as const) {
        if (file[count] !== undefined) expect(member?.[count], count).toBe(file[count]);
      }
      expect([toMs(member?.first), toMs(member?.last)]).toEqual([min, max]);
      const ledger = member?.ledger;
      expect((ledger?.entries ?? 0) + (ledger?.rejects ?? 0) + (ledger?.ignored ?? 0) + (ledger?.blank ?? 0)).toBe(
        ledger?.total,
      );
      expect(ledger?.total).toBe(readFileSync(sharedPath("corpus", system, path) ?? "").length);
    });
  });
}
