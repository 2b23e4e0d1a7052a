/** The long form: a member of 2 GiB in a zip in a tar.gz. Memory must not grow with the archive. */
import { execFileSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { type Expected, generateAuditd, generateNdjson } from "./generate.ts";
import type { ImportTaken } from "./import-once.ts";
import { writeNested } from "./nested.ts";

export interface LongLine {
  readonly case: string;
  readonly bytes: number;
  readonly entries: number;
  readonly peakMiB: number;
  readonly ceilingMiB: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

const MIB = 2 ** 20;
/** storage.md: 450 MiB for a million entries, 700 MiB for ten million; between, in proportion. */
const CEILING = { million: 450, tenMillion: 700 };

export function ceilingOf(entries: number): number {
  const share = Math.min(1, Math.max(0, (entries - 1e6) / 9e6));
  return CEILING.million + share * (CEILING.tenMillion - CEILING.million);
}

const KINDS: Readonly<Record<string, (to: string | Writable, n: number) => Promise<Expected>>> = {
  "audit.log": generateAuditd,
  "events.jsonl": generateNdjson,
};

/** `gibibytes`: how long each member is. Throws where an answer is wrong. */
export async function benchLong(
  folder: string,
  gibibytes: number,
  say: (text: string) => void,
): Promise<readonly LongLine[]> {
  const lines: LongLine[] = [];
  for (const [member, generate] of Object.entries(KINDS)) {
    const file = join(folder, `${member}.tar.gz`);
    const caseFile = join(folder, `${member}.exhibit`);
    const expected = await writeNested(file, member, generate, gibibytes * 2 ** 30);
    say(`long.${member}: ${(expected.bytes / MIB).toFixed(0)} MiB in ${(statSync(file).size / MIB).toFixed(0)} MiB`);
    const script = new URL("./import-once.ts", import.meta.url).pathname;
    const out = execFileSync(process.execPath, [script, file, caseFile], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    const taken = JSON.parse(out) as ImportTaken;
    if (taken.entries !== expected.entries || taken.records !== expected.records || taken.digest !== taken.sha256) {
      throw new Error(`wrong answer: ${taken.entries} entries and ${taken.records} records of ${expected.records}`);
    }
    lines.push({
      case: `long.${member}`,
      bytes: expected.bytes,
      entries: taken.entries,
      peakMiB: taken.peakRssBytes / MIB,
      ceilingMiB: ceilingOf(taken.entries),
      wallMs: taken.wallMs,
      cpuMs: taken.cpuMs,
    });
    rmSync(file);
    rmSync(caseFile);
  }
  return lines;
}

export function longText(lines: readonly LongLine[]): string {
  return lines
    .map((line) => {
      const rate = line.bytes / MIB / (line.wallMs / 1000);
      const verdict = line.peakMiB <= line.ceilingMiB ? "within" : "ABOVE";
      return `${line.case}: ${line.entries} entries of ${(line.bytes / MIB).toFixed(0)} MiB in ${(line.wallMs / 1000).toFixed(0)} s (${rate.toFixed(1)} MiB/s, ${(line.cpuMs / 1000).toFixed(0)} CPU s), peak ${line.peakMiB.toFixed(0)} MiB ${verdict} ${line.ceilingMiB.toFixed(0)} MiB\n`;
    })
    .join("");
}
