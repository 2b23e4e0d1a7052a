import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import { LEAST_COLUMN, MOST_COLUMN } from "../../app/column-commands.ts";
import { useCommands, useView } from "../../app/services.tsx";
import type { Row } from "../../engine/row-pages.ts";

/** One line of the window on the rows; `row` is missing until its page has arrived. */
export interface GridLine {
  readonly index: number;
  readonly row: Row | undefined;
}

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});
const helper = createColumnHelper<typeof features, GridLine>();
const PINNED = { start: ["time"], end: [] };

/** The columns as the layout remembers them; what a person changes goes back into the layout and nowhere else. */
export function useGridTable(lines: readonly GridLine[], titleOf: (field: string) => string) {
  const layout = useView((view) => view.columns);
  const { resizeColumn } = useCommands();
  const columns = useMemo(
    () =>
      helper.columns(
        layout.map(({ name }) =>
          helper.display({ id: name, header: () => titleOf(name), minSize: LEAST_COLUMN, maxSize: MOST_COLUMN }),
        ),
      ),
    [layout, titleOf],
  );
  const state = useMemo(
    () => ({
      columnOrder: layout.map(({ name }) => name),
      columnPinning: PINNED,
      columnSizing: Object.fromEntries(layout.map(({ name, width }) => [name, width])),
      columnVisibility: Object.fromEntries(layout.map(({ name, visible }) => [name, visible])),
    }),
    [layout],
  );
  return useTable({
    features,
    columns,
    data: lines,
    getRowId: (line) => String(line.index),
    state,
    columnResizeMode: "onChange",
    onColumnSizingChange: (updater) => {
      const next = typeof updater === "function" ? updater(state.columnSizing) : updater;
      for (const [name, width] of Object.entries(next)) {
        if (state.columnSizing[name] !== width) resizeColumn(name, width);
      }
    },
  });
}

export type GridTable = ReturnType<typeof useGridTable>;
export type GridHeader = ReturnType<GridTable["getHeaderGroups"]>[number]["headers"][number];
