import { useMemo } from "react";
import type { EpochMicros, ResultInfo, SourceInfo } from "../../../workers/contract.ts";
import { useCase, useView } from "../../app/services.tsx";
import { formatTime } from "../../app/time-format.ts";
import type { Row, RowPages } from "../../engine/row-pages.ts";
import { useRowPages } from "../../engine/use-result.ts";
import type { ColumnLayout } from "../../state/view-state.ts";
import type { GridLine } from "./use-grid-table.ts";
import { textOf } from "./grid-row.tsx";
import { besideIdentity } from "./identity-cell.tsx";

/** What the grid shows: its visible columns, the rows behind them, and the sources that the rows came from. */
export interface GridModel {
  /** The time first. */
  readonly columns: readonly ColumnLayout[];
  /** Place of each column's value in the cells of a row. */
  readonly places: ReadonlyMap<string, number>;
  readonly pages: RowPages;
  /** Source by member id. */
  readonly sources: ReadonlyMap<number, SourceInfo>;
  /** The least the columns need, in CSS pixels: the last one takes what is left and gives way first. */
  readonly width: number;
  readonly valueOf: (row: Row, field: string) => string;
  /** The row as one line of text, its cells apart by tabs. */
  readonly lineOf: (row: Row, zone: string) => string;
}

export function useGridModel(result: ResultInfo): GridModel {
  const layout = useView((view) => view.columns);
  const { info } = useCase();
  const columns = useMemo(() => {
    const visible = layout.filter((column) => column.visible);
    return [...visible.filter(({ name }) => name === "time"), ...visible.filter(({ name }) => name !== "time")];
  }, [layout]);
  const names = useMemo(() => {
    const own = columns.map(({ name }) => name).filter((name) => name !== "time");
    return [...new Set([...own, ...own.flatMap(besideIdentity)])];
  }, [columns]);
  const pages = useRowPages(result, names);
  return useMemo(() => {
    const places = new Map(names.map((name, at) => [name, at]));
    const sources = sourcesByMember(info?.sources ?? []);
    const valueOf = (row: Row, field: string): string =>
      field === "source" ? (sources.get(row.member)?.code ?? "") : textOf(row.cells[places.get(field) ?? -1] ?? "");
    const width = columns.reduce((sum, column) => sum + column.width, 0) - elastic(columns.at(-1)?.width ?? 0);
    // What a column needs beside its own values stands behind those of the columns.
    const line = (row: Row, zone: string): string => lineOf(row, zone, columns.length - 1);
    return { columns, places, pages, sources, width, valueOf, lineOf: line };
  }, [columns, names, pages, info]);
}

function sourcesByMember(sources: readonly SourceInfo[]): ReadonlyMap<number, SourceInfo> {
  return new Map(sources.flatMap((source) => source.members.map((member) => [member.id as number, source] as const)));
}

function lineOf(row: Row, zone: string, columns: number): string {
  const time = Number.isNaN(row.time) ? "" : formatTime(row.time as EpochMicros, row.precision, zone);
  const cells = row.cells.slice(0, columns);
  return [time, ...cells.map((cell) => (typeof cell === "string" ? cell : cell.join(" | ")))].join("\t");
}

export function useLines(pages: RowPages, first: number, end: number): readonly GridLine[] {
  const { version } = pages;
  return useMemo(
    () =>
      Array.from({ length: Math.max(0, end - first) }, (_, at) => ({ index: first + at, row: pages.row(first + at) })),
    // The version says that rows of the same pages arrived.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [pages, version, first, end],
  );
}

const LEAST_OF_LAST = 120;

/** What the last column gives up before the grid scrolls sideways. */
function elastic(width: number): number {
  return Math.max(0, width - LEAST_OF_LAST);
}
