import type { ParsedTime } from "../base/time.ts";
import { instantOfWall } from "../base/zone.ts";
import type { EntrySink } from "./format.ts";

/** Flags a dated entry whose time is written without a zone, and says where clocks in the assumed one make it doubtful. */
export function flagZone(time: ParsedTime | undefined, zone: string | undefined, sink: EntrySink): void {
  if (time?.at === undefined || !time.zoneless) return;
  sink.flag("zoneAssumed");
  if (zone === undefined) return;
  const { kind } = instantOfWall(zone, time.at);
  if (kind === "overlap") sink.flag("timeTwice");
  else if (kind === "gap") sink.flag("timeSkipped");
}
