import type { ColumnLayout } from "../state/view-state.ts";
import type { ViewStore } from "../state/view-store.ts";

export const LEAST_COLUMN = 40;
export const MOST_COLUMN = 2000;

export interface ColumnCommands {
  /** Sorts by a field; by the same field again, the other way round. */
  sortBy(field: string): void;
  setSort(field: string, descending: boolean): void;
  setColumns(columns: readonly ColumnLayout[]): void;
  /** Shows a column, adding it at the end when the layout does not know it. */
  showColumn(name: string): void;
  hideColumn(name: string): void;
  /** Moves a visible column over that many visible neighbours; the time stays first. */
  moveColumn(name: string, by: number): void;
  resizeColumn(name: string, width: number): void;
}

export function createColumnCommands(view: ViewStore): ColumnCommands {
  const columns = (): readonly ColumnLayout[] => view.get().columns;
  const setColumns = (next: readonly ColumnLayout[]): void => view.patch({ columns: next });
  const change = (name: string, part: Partial<ColumnLayout>): void =>
    setColumns(columns().map((column) => (column.name === name ? { ...column, ...part } : column)));
  return {
    sortBy: (field) => {
      const { sort } = view.get();
      view.patch({ sort: { field, descending: sort.field === field && !sort.descending } });
    },
    setSort: (field, descending) => view.patch({ sort: { field, descending } }),
    setColumns,
    showColumn: (name) => {
      if (columns().some((column) => column.name === name)) change(name, { visible: true });
      else setColumns([...columns(), { name, width: 140, visible: true }]);
    },
    hideColumn: (name) => {
      if (name !== "time") change(name, { visible: false });
    },
    moveColumn: (name, by) => setColumns(moved(columns(), name, by)),
    resizeColumn: (name, width) =>
      change(name, { width: Math.min(MOST_COLUMN, Math.max(LEAST_COLUMN, Math.round(width))) }),
  };
}

export function moved(columns: readonly ColumnLayout[], name: string, by: number): readonly ColumnLayout[] {
  const visible = columns.filter((column) => column.visible && column.name !== "time");
  const from = visible.findIndex((column) => column.name === name);
  const neighbour = visible[Math.min(visible.length - 1, Math.max(0, from + by))];
  const column = visible[from];
  if (column === undefined || neighbour === undefined || neighbour === column) return columns;
  const rest = columns.filter((other) => other !== column);
  const at = rest.indexOf(neighbour) + (by > 0 ? 1 : 0);
  return rest.toSpliced(at, 0, column);
}
