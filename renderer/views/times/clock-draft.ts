/** A correction of a clock as it is being written. Pure. */
import type { ClockCorrection, ClockPoint, EpochMicros } from "../../../workers/contract.ts";
import { readWallTime } from "../../app/time-format.ts";

export interface PointDraft {
  readonly shown: string;
  readonly actual: string;
}
export interface ClockDraft {
  readonly kind: "none" | "fixed" | "points";
  /** Fast: it showed a time too late. */
  readonly way: "fast" | "slow";
  /** "00:03:20", with days before it and a fraction behind where there are any. */
  readonly by: string;
  readonly points: readonly PointDraft[];
}
/** As written: a correction or none, or what is wrong with it. */
export type ReadClock =
  | { readonly ok: true; readonly clock: ClockCorrection | undefined }
  | { readonly ok: false; readonly trouble: string };

const EMPTY_POINT: PointDraft = { shown: "", actual: "" };
const NO_CLOCK: ClockDraft = { kind: "none", way: "fast", by: "", points: [EMPTY_POINT, EMPTY_POINT] };

/** `write` gives a time as the fields take it. */
export function draftOf(clock: ClockCorrection | undefined, write: (at: EpochMicros) => string): ClockDraft {
  if (clock === undefined) return NO_CLOCK;
  if (clock.kind === "points") {
    const points = clock.points.map(({ shown, actual }) => ({ shown: write(shown), actual: write(actual) }));
    return { ...NO_CLOCK, kind: "points", points };
  }
  return { ...NO_CLOCK, kind: "fixed", way: clock.micros < 0 ? "fast" : "slow", by: sizeText(Math.abs(clock.micros)) };
}

/** `zone`: what the times of points are written in. */
export function readClock(draft: ClockDraft, zone: string): ReadClock {
  if (draft.kind === "none") return { ok: true, clock: undefined };
  if (draft.kind === "fixed") return readFixed(draft);
  const points = draft.points.filter(({ shown, actual }) => shown.trim() !== "" || actual.trim() !== "");
  if (points.length < 2) return { ok: false, trouble: "Two points or more are needed." };
  const read = points.map((point) => readPoint(point, zone));
  const bad = read.findIndex((point) => point === undefined);
  if (bad >= 0) {
    return { ok: false, trouble: `Point ${bad + 1}: write both times like 2025-01-10 12:00:00.` };
  }
  const known = read.filter((point) => point !== undefined).toSorted((a, b) => a.shown - b.shown);
  return { ok: true, clock: { kind: "points", points: known } };
}

function readFixed({ way, by }: ClockDraft): ReadClock {
  const found = /^(?:(\d{1,5})d )?(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/.exec(by.trim());
  if (found === null) return { ok: false, trouble: "Write by how much like 00:03:20 or 2d 00:00:00." };
  const [, days = "0", hours, minutes, seconds = "0", fraction = ""] = found;
  const whole = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const micros = whole * 1_000_000 + Number(fraction.padEnd(6, "0"));
  return { ok: true, clock: { kind: "fixed", micros: way === "fast" ? -micros : micros } };
}

function readPoint({ shown, actual }: PointDraft, zone: string): ClockPoint | undefined {
  const [from, to] = [readWallTime(shown, zone), readWallTime(actual, zone)];
  return from === undefined || to === undefined ? undefined : { shown: from.at, actual: to.at };
}

function sizeText(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const days = Math.floor(seconds / 86_400);
  const two = (value: number): string => String(value).padStart(2, "0");
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  const fraction = micros % 1_000_000;
  return `${days === 0 ? "" : `${days}d `}${clock}${fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`}`;
}

export function withPoint(draft: ClockDraft, at: number, change: Partial<PointDraft>): ClockDraft {
  return { ...draft, points: draft.points.map((point, index) => (index === at ? { ...point, ...change } : point)) };
}

export function withMorePoints(draft: ClockDraft): ClockDraft {
  return { ...draft, points: [...draft.points, EMPTY_POINT] };
}

export function withoutPoint(draft: ClockDraft, at: number): ClockDraft {
  return { ...draft, points: draft.points.filter((_, index) => index !== at) };
}
