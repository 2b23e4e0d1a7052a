/** Changes of the assumptions about time, as the case keeps them. A forged case may hold anything, so they are checked. */
import { clockTrouble } from "../base/clock.ts";
import { isZone } from "../base/zone.ts";
import {
  type ClockCorrection,
  type ClockPoint,
  type ClockScope,
  type EpochMicros,
  HOST_FIELDS,
  type LoggedTimeChange,
  type MemberId,
  type TimeChange,
} from "../contract.ts";
import { parseJson } from "./fault-json.ts";
import type { NewTimeChange, TimeChangeRow } from "./statements/time-changes.ts";

const LEAST_YEAR = 1684;
const MOST_YEAR = 2255;

export function changeRow(change: TimeChange): Pick<NewTimeChange, "kind" | "member_id" | "field" | "host" | "value"> {
  const value = valueOf(change);
  const scope = change.kind === "clock" ? change.of : { member: change.member };
  return {
    kind: change.kind,
    member_id: "member" in scope ? scope.member : null,
    field: "host" in scope ? scope.field : null,
    host: "host" in scope ? scope.host : null,
    value: value === undefined ? null : JSON.stringify(value),
  };
}

function valueOf(change: TimeChange): unknown {
  if (change.kind === "zone") return change.zone;
  return change.kind === "year" ? change.year : change.clock;
}

/** undefined: dropped, or nothing that Exhibit wrote. */
export function loggedChange(row: TimeChangeRow): LoggedTimeChange | undefined {
  const { id, at, examiner, state } = row;
  const change = changeOf(row);
  return change === undefined || (state !== "done" && state !== "undone")
    ? undefined
    : { id, at, examiner, change, state };
}

function changeOf({ kind, member_id, field, host, value }: TimeChangeRow): TimeChange | undefined {
  const held = value === null ? undefined : parseJson(value);
  if (kind === "clock") {
    const of = scopeOf(member_id, field, host);
    const clock = held === undefined ? undefined : parseClock(held);
    return of === undefined || (value !== null && clock === undefined) ? undefined : { kind, of, clock };
  }
  if (member_id === null) return undefined;
  const member = member_id as MemberId;
  if (kind === "zone" && (value === null || (typeof held === "string" && isZone(held)))) {
    return { kind, member, zone: typeof held === "string" ? held : undefined };
  }
  if (kind === "year" && (value === null || isYear(held)))
    return { kind, member, year: isYear(held) ? held : undefined };
  return undefined;
}

function scopeOf(member: number | null, field: string | null, host: string | null): ClockScope | undefined {
  if (member !== null) return { member: member as MemberId };
  const known = HOST_FIELDS.find((name) => name === field);
  return host === null || known === undefined ? undefined : { field: known, host };
}

export function isYear(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= LEAST_YEAR && value <= MOST_YEAR;
}

type Loose = Readonly<Record<string, unknown>>;

function parseClock(held: unknown): ClockCorrection | undefined {
  if (typeof held !== "object" || held === null) return undefined;
  const { kind, micros, points } = held as Loose;
  if (kind === "fixed" && typeof micros === "number") return sound({ kind, micros });
  if (kind !== "points" || !Array.isArray(points)) return undefined;
  const found = points.flatMap((point: unknown) => parsePoint(point) ?? []);
  return found.length === points.length ? sound({ kind, points: found }) : undefined;
}

function parsePoint(point: unknown): ClockPoint | undefined {
  if (typeof point !== "object" || point === null) return undefined;
  const { shown, actual } = point as Loose;
  if (typeof shown !== "number" || typeof actual !== "number") return undefined;
  return { shown: shown as EpochMicros, actual: actual as EpochMicros };
}

function sound(clock: ClockCorrection): ClockCorrection | undefined {
  return clockTrouble(clock) === undefined ? clock : undefined;
}
