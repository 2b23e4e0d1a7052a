/** What a key does in the grid. Pure, so that the whole key map can be tested without a window. */
export interface GridPlace {
  readonly row: number;
  /** Cell mode: the visible column, or −1 for the whole row. */
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}
export type GridAct =
  | { readonly kind: "row"; readonly row: number }
  | { readonly kind: "column"; readonly column: number }
  | { readonly kind: "header" }
  | { readonly kind: "open" }
  | { readonly kind: "menu" }
  | { readonly kind: "copy" }
  | { readonly kind: "include" }
  | { readonly kind: "exclude" };

export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export function actOf(press: KeyPress, place: GridPlace, letters: boolean): GridAct | undefined {
  if (press.alt) return undefined;
  return (
    rowMove(press, place) ??
    cellMove(press, place) ??
    command(press, place) ??
    (letters ? letter(press, place) : undefined)
  );
}

function rowMove({ key, ctrl }: KeyPress, { row, rows, page }: GridPlace): GridAct | undefined {
  const last = rows - 1;
  const to = (next: number): GridAct => ({ kind: "row", row: Math.min(Math.max(0, next), last) });
  switch (key) {
    case "ArrowDown":
      return to(row + 1);
    case "ArrowUp":
      return row <= 0 ? { kind: "header" } : to(row - 1);
    case "PageDown":
      return to(row + page);
    case "PageUp":
      return to(row - page);
    case "Home":
      return ctrl ? to(0) : undefined;
    case "End":
      return ctrl ? to(last) : undefined;
    default:
      return undefined;
  }
}

function cellMove({ key, ctrl }: KeyPress, { column, columns }: GridPlace): GridAct | undefined {
  if (ctrl) return undefined;
  const to = (next: number): GridAct => ({ kind: "column", column: Math.min(next, columns - 1) });
  switch (key) {
    case "F2":
      return to(column < 0 ? 0 : -1);
    case "ArrowRight":
      return to(column + 1);
    case "ArrowLeft":
      return column < 0 ? undefined : to(column - 1);
    case "Home":
      return to(0);
    case "End":
      return to(columns - 1);
    case "Escape":
      return column < 0 ? undefined : to(-1);
    default:
      return undefined;
  }
}

function command({ key, ctrl, shift }: KeyPress, { row }: GridPlace): GridAct | undefined {
  if (row < 0) return undefined;
  if (key === "Enter" && !ctrl) return { kind: "open" };
  if (key === "ContextMenu" || (key === "F10" && shift)) return { kind: "menu" };
  if (key === "c" && ctrl && !shift) return { kind: "copy" };
  return undefined;
}

function letter({ key, ctrl }: KeyPress, { row, rows, column }: GridPlace): GridAct | undefined {
  if (ctrl) return undefined;
  if (key === "j") return { kind: "row", row: Math.min(rows - 1, row + 1) };
  if (key === "k") return { kind: "row", row: Math.max(0, row - 1) };
  if (key === "G") return { kind: "row", row: rows - 1 };
  if (key === "g") return { kind: "row", row: 0 };
  if (column < 0 || row < 0) return undefined;
  if (key === "i") return { kind: "include" };
  return key === "x" ? { kind: "exclude" } : undefined;
}
