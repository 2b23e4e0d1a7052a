import { type KeyboardEvent, type MouseEvent, type RefObject, useState } from "react";
import type { ResultInfo } from "../../../workers/contract.ts";
import type { Commands } from "../../app/commands.ts";
import { useCommands, useView } from "../../app/services.tsx";
import type { Row } from "../../engine/row-pages.ts";
import { type GridAct, actOf } from "./grid-keys.ts";
import type { GridModel } from "./grid-model.ts";
import type { GridCursor } from "./use-cursor.ts";
import type { MenuPlace } from "./column-menu.ts";

interface InputParts {
  readonly result: ResultInfo;
  readonly model: GridModel;
  readonly cursor: GridCursor;
  readonly frame: RefObject<HTMLDivElement | null>;
  /** Rows that fit on the screen. */
  readonly page: number;
  readonly titleOf: (field: string) => string;
}

export interface GridInput {
  /** Cell mode: place of the focused column, or −1. */
  readonly column: number;
  readonly menu: MenuPlace | undefined;
  readonly closeMenu: () => void;
  readonly openHeadMenu: (field: string, x: number, y: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onMouse: (event: MouseEvent) => void;
}

/** Keys and mouse of the grid; both end in the same commands. */
export function useGridInput(parts: InputParts): GridInput {
  const { result, model, cursor, frame, page } = parts;
  const commands = useCommands();
  const letters = useView((view) => view.letterKeys);
  const zone = useView((view) => view.zone);
  const [column, setColumn] = useState(-1);
  const [menu, setMenu] = useState<MenuPlace | undefined>(undefined);
  const row = cursor.row < 0 ? undefined : model.pages.row(cursor.row);
  const field = model.columns[column]?.name ?? "";
  const menuFor = (on: Row | undefined, name: string, x: number, y: number): MenuPlace => ({
    x,
    y,
    field: name,
    title: parts.titleOf(name),
    value: on && model.valueOf(on, name),
    entry: on?.id,
    time: on?.time ?? Number.NaN,
  });

  const act = (what: GridAct): void => {
    if (what.kind === "row") cursor.moveTo(what.row);
    else if (what.kind === "column") setColumn(what.column);
    else if (what.kind === "header") frame.current?.querySelector<HTMLElement>(".grid-headbutton")?.focus();
    else if (row === undefined) return;
    else if (what.kind === "menu") setMenu(menuFor(row, field || "time", ...cellCorner(frame.current, row, column)));
    else if (what.kind === "copy") commands.copy(column < 0 ? model.lineOf(row, zone) : model.valueOf(row, field));
    else if (what.kind === "open") commands.openEntry(row.id);
    else filter(commands, what.kind, field, model.valueOf(row, field));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const press = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
    const place = { row: cursor.row, column, rows: result.matched, columns: model.columns.length, page };
    const what = actOf(press, place, letters);
    if (what === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act(what);
  };
  const onMouse = (event: MouseEvent): void => {
    const hit = cellAt(event.target);
    const on = hit && model.pages.row(hit.row);
    if (hit === undefined || on === undefined) return;
    const value = model.valueOf(on, hit.field);
    if (event.type === "contextmenu") {
      event.preventDefault();
      cursor.moveTo(hit.row);
      setMenu(menuFor(on, hit.field, event.clientX, event.clientY));
    } else if (event.type === "dblclick") commands.openEntry(on.id);
    else if (event.altKey) filter(commands, "exclude", hit.field, value);
    else if (event.ctrlKey || event.metaKey) filter(commands, "include", hit.field, value);
    else {
      cursor.moveTo(hit.row);
      setColumn(model.columns.findIndex(({ name }) => name === hit.field));
    }
  };
  return {
    column,
    menu,
    closeMenu: () => setMenu(undefined),
    openHeadMenu: (name, x, y) => setMenu(menuFor(undefined, name, x, y)),
    onKeyDown,
    onMouse,
  };
}

function filter(commands: Commands, kind: "include" | "exclude", field: string, value: string): void {
  if (field === "" || field === "time" || value === "") return;
  if (kind === "include") commands.includeValue(field, value);
  else commands.excludeValue(field, value);
}

function cellAt(target: EventTarget): { readonly row: number; readonly field: string } | undefined {
  if (!(target instanceof Element)) return undefined;
  const cell = target.closest<HTMLElement>(".grid-cell");
  const row = cell?.closest<HTMLElement>(".grid-row")?.dataset["row"];
  const field = cell?.dataset["column"];
  return row === undefined || field === undefined ? undefined : { row: Number(row), field };
}

function cellCorner(frame: HTMLElement | null, row: Row, column: number): [number, number] {
  const line = frame?.querySelector(`#entry-${row.id}`);
  const box = (line?.children[Math.max(0, column)] ?? frame)?.getBoundingClientRect();
  return [box?.left ?? 0, box?.bottom ?? 0];
}
