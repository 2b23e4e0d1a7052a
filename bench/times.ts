/** Reading a million times in another zone, against ordering them anew: both are written to the case, in one transaction. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { instantOfWall } from "../workers/base/zone.ts";
import type { EpochMicros, MemberId, TimeChange } from "../workers/contract.ts";
import { CaseReader } from "../workers/store/case-reader.ts";
import { CaseWriter } from "../workers/store/case-writer.ts";
import { generateLocal } from "./generate.ts";
import { measure } from "./measure.ts";
import type { Line } from "./report.ts";

const ZONES = ["Europe/Paris", "America/New_York"] as const;
const MEMBER = 1 as MemberId;
/** Changes nothing, and so makes and stores the order of all entries and no more. */
const NO_CHANGE: TimeChange = { kind: "clock", of: { member: MEMBER }, clock: undefined };

export async function benchTimes(
  folder: string,
  n: number,
  runs: number,
  say: (text: string) => void,
): Promise<readonly Line[]> {
  const log = join(folder, "times.log");
  const caseFile = join(folder, "times.exhibit");
  say(`times.rezone: generating and importing ${n}`);
  await generateLocal(log, n);
  const script = new URL("./import-once.ts", import.meta.url).pathname;
  execFileSync(process.execPath, [script, log, caseFile], { stdio: ["ignore", "ignore", "inherit"] });
  rmSync(log);
  const writer = CaseWriter.open(caseFile);
  try {
    await writer.changeTime({ kind: "do", change: NO_CHANGE });
    const sort = await measure(runs, () => writer.changeTime({ kind: "do", change: NO_CHANGE }));
    const rezone = await measure(runs, (run) =>
      writer.changeTime({ kind: "do", change: { kind: "zone", member: MEMBER, zone: zoneOf(run) } }),
    );
    checkTimes(caseFile, n, zoneOf(runs - 1));
    const { wallMs, p95Ms } = rezone;
    return [
      {
        case: "times.rezone",
        measured: wallMs,
        limit: sort.wallMs,
        limitName: "sort+store",
        target: 1.5,
        wallMs,
        p95Ms,
        runs,
        note: "",
      },
    ];
  } finally {
    writer.close();
  }
}

function zoneOf(run: number): string {
  return ZONES[run % ZONES.length] ?? ZONES[0];
}

/** Each time against a look at it alone, and their order. */
function checkTimes(caseFile: string, n: number, zone: string): void {
  const reader = CaseReader.open(caseFile);
  try {
    const { time, recordedTime, timeOrder } = reader;
    if (time.length !== n) throw new Error(`wrong answer: ${time.length} entries, not ${n}`);
    for (let entry = 0; entry < n; entry++) {
      const { at } = instantOfWall(zone, recordedTime[entry] as EpochMicros);
      if (time[entry] !== at) throw new Error(`wrong answer: entry ${entry} is at ${time[entry]}, not ${at}`);
    }
    for (let place = 1; place < n; place++) {
      const [before, after] = [timeOrder?.[place - 1] ?? place - 1, timeOrder?.[place] ?? place];
      if ((time[before] as number) > (time[after] as number)) throw new Error(`wrong answer: order at ${place}`);
    }
  } finally {
    reader.close();
  }
}
