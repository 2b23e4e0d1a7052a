import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useCommands, useView } from "../../app/services.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { GridHeader, GridTable } from "./use-grid-table.ts";

interface HeaderProps {
  readonly table: GridTable;
  /** Beside the title of the time column: the offset that holds for the first row. */
  readonly zone: string;
  readonly onMenu: (field: string, x: number, y: number) => void;
  readonly onDown: () => void;
}

/** Column heads: press to sort, drag to move, the edge to resize; the same by keys. */
export function HeaderRow({ table, zone, onMenu, onDown }: HeaderProps) {
  const headers = [...table.getStartHeaderGroups(), ...table.getCenterHeaderGroups()].flatMap((group) => group.headers);
  return (
    <div className="grid-head" role="row" aria-rowindex={1}>
      {headers.map((header, index) => (
        <HeaderCell key={header.id} header={header} index={index} zone={zone} onMenu={onMenu} onDown={onDown} />
      ))}
    </div>
  );
}

const RESIZE_STEP = 16;

function HeaderCell(props: Omit<HeaderProps, "table"> & { readonly header: GridHeader; readonly index: number }) {
  const { header, index, zone, onMenu, onDown } = props;
  const name = header.column.id;
  const sort = useView((view) => view.sort);
  const commands = useCommands();
  const drag = useColumnDrag(name);
  const sorted = sort.field === name;
  const width = header.column.getSize();

  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (event.altKey && event.shiftKey) commands.resizeColumn(name, width + step * RESIZE_STEP);
      else if (event.altKey) commands.moveColumn(name, step);
      else focusHead(event.currentTarget, step);
    } else if (event.key === "ArrowDown" && !event.altKey) {
      event.preventDefault();
      onDown();
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      const box = event.currentTarget.getBoundingClientRect();
      onMenu(name, box.left, box.bottom);
    }
  };
  return (
    <div
      className={`grid-headcell${name === "time" ? " grid-frozen" : ""}`}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted ? (sort.descending ? "descending" : "ascending") : "none"}
      style={{ width }}
      data-column={name}
    >
      <button
        type="button"
        className="grid-headbutton"
        tabIndex={index === 0 ? 0 : -1}
        onKeyDown={onKeyDown}
        onClick={() => drag.clicked() && commands.sortBy(name)}
        onContextMenu={(event) => {
          event.preventDefault();
          onMenu(name, event.clientX, event.clientY);
        }}
        {...drag.handlers}
      >
        {sorted && <Icon of={sort.descending ? ArrowDown : ArrowUp} size={12} />}
        <span className="grid-headtitle">{titleOf(header)}</span>
        {name === "time" && <span className="grid-zone">{zone}</span>}
      </button>
      <span
        className="grid-resize"
        aria-hidden
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => commands.resizeColumn(name, 140)}
      />
    </div>
  );
}

function titleOf(header: GridHeader): string {
  const make = header.column.columnDef.header;
  return typeof make === "function" ? String(make(header.getContext())) : (make ?? header.column.id);
}

function focusHead(from: HTMLElement, step: 1 | -1): void {
  const heads = [...(from.closest(".grid-head")?.querySelectorAll<HTMLElement>(".grid-headbutton") ?? [])];
  heads[heads.indexOf(from) + step]?.focus();
}

const DRAG_STARTS = 6;

/** Drags a head over its neighbours; the column moves as it passes the middle of each. */
function useColumnDrag(name: string) {
  const { moveColumn } = useCommands();
  const start = useRef<{ readonly x: number; dragged: boolean } | undefined>(undefined);
  const moved = useRef(false);
  const onPointerMove = (event: PointerEvent<HTMLButtonElement>): void => {
    const from = start.current;
    if (from === undefined || name === "time") return;
    if (Math.abs(event.clientX - from.x) > DRAG_STARTS) {
      from.dragged = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    if (!from.dragged) return;
    const step = passed(event.currentTarget, event.clientX);
    if (step !== 0) moveColumn(name, step);
  };
  return {
    /** False for the click that ends a drag. */
    clicked: (): boolean => !moved.current,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
        if (event.button !== 0) return;
        moved.current = false;
        start.current = { x: event.clientX, dragged: false };
      },
      onPointerMove,
      onPointerUp: () => {
        moved.current = start.current?.dragged ?? false;
        start.current = undefined;
      },
    },
  };
}

/** Which neighbour's middle the pointer has passed: −1, 0 or 1. */
function passed(head: HTMLElement, x: number): number {
  const cell = head.parentElement;
  const middle = (element: Element | null | undefined): number | undefined => {
    if (!(element instanceof HTMLElement) || element.dataset["column"] === "time") return undefined;
    const box = element.getBoundingClientRect();
    return box.left + box.width / 2;
  };
  const after = middle(cell?.nextElementSibling);
  const before = middle(cell?.previousElementSibling);
  if (after !== undefined && x > after) return 1;
  return before !== undefined && x < before ? -1 : 0;
}
