/** Things told twice, from the rows and their texts, every entry beside every other: slow and obvious. */
import { FLAG } from "../../workers/contract.ts";
import { type FakeRow, valuesOf } from "../support/fake-columns.ts";

const TOLD = ["target", "outcome", "from", "to"] as const;

type Thing = number[];

/** Each thing that several entries record, ascending. */
export function thingsTwice(rows: readonly FakeRow[], isRemoved: (id: number) => boolean): readonly Thing[] {
  const ids = [...rows.keys()].filter((id) => !isRemoved(id) && one(rows, id, "family") !== undefined);
  const ordered = ids.toSorted(
    (a, b) => memberOf(rows, a) - memberOf(rows, b) || timeOf(rows, a) - timeOf(rows, b) || a - b,
  );
  const things: Thing[] = [];
  for (const id of ordered.filter((each) => hasReference(rows, each))) {
    const thing = things.find((each) => each.every((other) => isOneByReference(rows, other, id)));
    if (thing === undefined) things.push([id]);
    else thing.push(id);
  }
  const rest = ordered.filter((id) => !hasReference(rows, id) && tellsEnough(rows, id));
  for (const member of new Set(rest.map((id) => memberOf(rows, id)))) {
    const own = rest.filter((id) => memberOf(rows, id) === member);
    const left = own.filter((id) => !joins(rows, things, id, true)).filter((id) => !joins(rows, things, id, false));
    things.push(...left.map((id) => [id]));
  }
  return things.filter((thing) => thing.length > 1).map((thing) => thing.toSorted((a, b) => a - b));
}

function joins(rows: readonly FakeRow[], things: readonly Thing[], id: number, exactly: boolean): boolean {
  const thing = things.find(
    (each) =>
      each.every((other) => tellsEnough(rows, other) && isOneByTelling(rows, other, id)) &&
      (!exactly || toldFields(rows, each) === toldFields(rows, [id])),
  );
  thing?.push(id);
  return thing !== undefined;
}

function toldFields(rows: readonly FakeRow[], ids: readonly number[]): string {
  return fieldsToldIn(rows, ids[0] ?? 0)
    .filter((name) => ids.some((id) => has(rows, id, name)))
    .join();
}

function isOneByReference(rows: readonly FakeRow[], a: number, b: number): boolean {
  const isHashed = (id: number): boolean => valuesOf(row(rows, id), "ref").length > 1;
  if (isHashed(a) || isHashed(b) || one(rows, a, "ref") !== one(rows, b, "ref")) return false;
  if (!isEqual(rows, a, b, "family") || !isAtOneTime(rows, a, b)) return false;
  const told = ["actor", "code", ...fieldsToldIn(rows, a)];
  if (!told.every((name) => isNoContradiction(rows, a, b, name))) return false;
  const isAlike = isEqual(rows, a, b, "actor") && isEqual(rows, a, b, "code");
  if (one(rows, a, "family") !== "linux-auditd") return row(rows, a).time !== undefined || isAlike;
  const part = (id: number): number => (row(rows, id).flags ?? 0) & FLAG.incomplete;
  const isWhole = isEqual(rows, a, b, "target") && isEqual(rows, a, b, "outcome") && part(a) === part(b);
  return isAlike && isWhole && memberOf(rows, a) !== memberOf(rows, b);
}

function isOneByTelling(rows: readonly FakeRow[], a: number, b: number): boolean {
  return (
    memberOf(rows, a) !== memberOf(rows, b) &&
    isAtOneTime(rows, a, b) &&
    ["family", "actor", "code"].every((name) => isEqual(rows, a, b, name)) &&
    fieldsToldIn(rows, a).every((name) => isNoContradiction(rows, a, b, name))
  );
}

function fieldsToldIn(rows: readonly FakeRow[], id: number): readonly string[] {
  return isShared(rows, id) ? [...TOLD, "label"] : TOLD;
}

function tellsEnough(rows: readonly FakeRow[], id: number): boolean {
  const family = one(rows, id, "family");
  if (family === "linux-auditd" || family === "text") return false;
  return row(rows, id).time !== undefined && has(rows, id, "code") && (has(rows, id, "actor") || !isShared(rows, id));
}

function isShared(rows: readonly FakeRow[], id: number): boolean {
  return one(rows, id, "family") === "generic-json" || one(rows, id, "family") === "cef";
}

/** As written, to the digits that both have. */
function isAtOneTime(rows: readonly FakeRow[], a: number, b: number): boolean {
  const digits = Math.min(row(rows, a).precision ?? 6, row(rows, b).precision ?? 6, 6);
  const written = (id: number): string => {
    const { time } = row(rows, id);
    if (time === undefined) return "undated";
    const second = Math.floor(time / 1e6);
    return `${second}.${String(time - second * 1e6)
      .padStart(6, "0")
      .slice(0, digits)}`;
  };
  return written(a) === written(b);
}

function isNoContradiction(rows: readonly FakeRow[], a: number, b: number, name: string): boolean {
  return !has(rows, a, name) || !has(rows, b, name) || isEqual(rows, a, b, name);
}

function isEqual(rows: readonly FakeRow[], a: number, b: number, name: string): boolean {
  return JSON.stringify(valuesOf(row(rows, a), name)) === JSON.stringify(valuesOf(row(rows, b), name));
}

function has(rows: readonly FakeRow[], id: number, name: string): boolean {
  return one(rows, id, name) !== undefined;
}

function hasReference(rows: readonly FakeRow[], id: number): boolean {
  return has(rows, id, "ref");
}

function one(rows: readonly FakeRow[], id: number, name: string): string | undefined {
  return valuesOf(row(rows, id), name)[0];
}

function memberOf(rows: readonly FakeRow[], id: number): number {
  return row(rows, id).member ?? 0;
}

/** Undated entries keep the order of their numbers. */
function timeOf(rows: readonly FakeRow[], id: number): number {
  return row(rows, id).time ?? 0;
}

function row(rows: readonly FakeRow[], id: number): FakeRow {
  const found = rows[id];
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
}
