import type { EpochMicros } from "../../../workers/contract.ts";
import { timeParts } from "../../app/time-format.ts";

const DAY = 86_400e6;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Words for a tick: as much as the step between ticks tells apart; midnight is named by its day. */
export function tickText(at: number, every: number, zone: string): string {
  const { date, clock, fraction } = timeParts(at as EpochMicros, every < 1e6 ? 3 : 0, zone);
  const [year = "", month = "1", day = "1"] = date.split("-");
  const dayText = `${Number(day)} ${MONTHS[Number(month) - 1]}`;
  if (every >= 300 * DAY) return year;
  if (every >= 28 * DAY) return `${MONTHS[Number(month) - 1]} ${year}`;
  if (every >= DAY || clock === "00:00:00") return dayText;
  return every >= 60e6 ? clock.slice(0, 5) : `${clock}${fraction}`;
}

/** 12 Aug 2026, 03:10:00 */
export function instantText(at: number, zone: string): string {
  const { date, clock, fraction } = timeParts(at as EpochMicros, at % 1e6 === 0 ? 0 : 3, zone);
  const [year = "", month = "1", day = "1"] = date.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${clock}${fraction}`;
}
