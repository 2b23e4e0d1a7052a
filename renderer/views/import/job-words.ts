/** Progress in words and figures; nothing here is an estimate without saying so. */
import type { JobState } from "../../../workers/contract.ts";
import { countText, sizeText } from "../../ui/count.tsx";

/** 62 %, cut off, never 100 before the end. Undefined while the end is unknown. */
export function shareDone(done: number, total: number | undefined): number | undefined {
  if (total === undefined || total === 0) return undefined;
  return Math.min(99, Math.floor((done / total) * 100));
}

/** "9 s left", "2 min left": it is an estimate and reads like one. */
export function leftText(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  if (seconds < 60) return `about ${Math.max(1, Math.ceil(seconds))} s left`;
  return `about ${countText(Math.ceil(seconds / 60))} min left`;
}

export function amountText(done: number, total: number | undefined, unit: JobState["unit"]): string {
  const text = unit === "bytes" ? sizeText : (value: number): string => `${countText(value)} entries`;
  return total === undefined ? text(done) : `${text(done)} of ${text(total)}`;
}

export function rateText(rate: number, unit: JobState["unit"]): string {
  return unit === "bytes" ? `${sizeText(Math.round(rate))}/s` : `${countText(Math.round(rate))} entries/s`;
}

export function phaseText(phase: JobState["phase"]): string {
  const words = {
    waiting: "waiting",
    reading: "reading",
    ordering: "putting in order",
    writing: "writing",
    checking: "checking the sums",
    done: "done",
  } as const;
  return words[phase];
}
