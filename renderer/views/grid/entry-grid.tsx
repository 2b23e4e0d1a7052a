import "./grid.css";
import { useEffect, useRef } from "react";
import type { EpochMicros, ResultInfo } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { offsetText, zoneOffset } from "../../app/time-format.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { countText } from "../../ui/count.tsx";
import { ContextMenu } from "../../ui/menu.tsx";
import { ColumnChooser } from "./column-chooser.tsx";
import { gridMenu } from "./column-menu.ts";
import { HeaderRow } from "./grid-header.tsx";
import { type GridModel, useGridModel, useLines } from "./grid-model.ts";
import { GridRow } from "./grid-row.tsx";
import { useCursor } from "./use-cursor.ts";
import { useGridInput } from "./use-grid-input.ts";
import { type GridLine, useGridTable } from "./use-grid-table.ts";
import { useTallScroll } from "./use-tall-scroll.ts";
import { useTitles } from "./use-titles.ts";

const ROW_HEIGHTS = { dense: 24, medium: 28, roomy: 36 } as const;
const HEAD_HEIGHT = 28;

/** The entries of a result in its order: any number of rows, the time frozen, one tab stop. */
export function EntryGrid({ result }: { readonly result: ResultInfo }) {
  const rowHeight = ROW_HEIGHTS[useView((view) => view.density)];
  const scroll = useTallScroll(result.matched, rowHeight, HEAD_HEIGHT);
  const model = useGridModel(result);
  const { pages } = model;
  const lines = useLines(pages, scroll.first, scroll.end);
  const titleOf = useTitles();
  const table = useGridTable(lines, titleOf);
  const frame = useRef<HTMLDivElement>(null);
  const { showRow } = scroll;
  const cursor = useCursor(result, pages, showRow);
  const page = Math.max(1, Math.floor(scroll.viewport / rowHeight) - 1);
  const input = useGridInput({ result, model, cursor, frame, page, titleOf });
  const commands = useCommands();
  const headOffset = useHeadOffset(lines, result);
  const focused = cursor.row < 0 ? undefined : pages.row(cursor.row);

  useEffect(() => pages.want(scroll.first, scroll.end - scroll.first), [pages, scroll.first, scroll.end]);
  return (
    <div className="grid-frame" ref={frame}>
      {pages.fault && <FaultPanel fault={pages.fault} />}
      <div
        className="grid-scroller"
        ref={scroll.attach}
        role="grid"
        aria-label={`${countText(result.matched)} entries`}
        aria-rowcount={result.matched + 1}
        aria-colcount={model.columns.length}
        aria-activedescendant={focused && `entry-${focused.id}`}
        tabIndex={0}
        data-region-start
        onKeyDown={input.onKeyDown}
        onClick={input.onMouse}
        onDoubleClick={input.onMouse}
        onContextMenu={input.onMouse}
      >
        <div
          className="grid-spacer"
          role="presentation"
          style={{ height: scroll.spacer + HEAD_HEIGHT, minWidth: model.width }}
        >
          <div className="grid-pane" role="presentation" style={{ height: scroll.viewport + HEAD_HEIGHT }}>
            <HeaderRow
              table={table}
              zone={`UTC${headOffset}`}
              onMenu={input.openHeadMenu}
              onDown={() => frame.current?.querySelector<HTMLElement>(".grid-scroller")?.focus()}
            />
            <div className="grid-rows" role="rowgroup" style={{ height: scroll.viewport }}>
              <div role="presentation" style={{ transform: `translateY(${scroll.shift}px)` }}>
                <Lines
                  lines={lines}
                  model={model}
                  cut={scroll.shift < 0}
                  rowHeight={rowHeight}
                  focusedRow={cursor.row}
                  focusedColumn={input.column}
                  headOffset={headOffset}
                />
              </div>
            </div>
          </div>
        </div>
      </div>
      <ContextMenu
        at={input.menu}
        groups={input.menu ? gridMenu(input.menu, commands) : []}
        label="Value"
        onClose={input.closeMenu}
      />
      <ColumnChooser />
    </div>
  );
}

interface LinesProps {
  readonly lines: readonly GridLine[];
  readonly model: GridModel;
  /** The first line is scrolled out of sight in part, so the second is the first that is whole. */
  readonly cut: boolean;
  readonly rowHeight: number;
  readonly focusedRow: number;
  readonly focusedColumn: number;
  readonly headOffset: string;
}

function Lines({ lines, model, cut, rowHeight, focusedRow, focusedColumn, headOffset }: LinesProps) {
  const zone = useView((view) => view.zone);
  return lines.map(({ index, row }, at) => (
    <GridRow
      key={index}
      index={index}
      row={row}
      height={rowHeight}
      timeAbove={model.pages.row(index - 1)?.time}
      first={at === (cut ? 1 : 0)}
      source={row && model.sources.get(row.member)}
      columns={model.columns}
      places={model.places}
      focused={index === focusedRow}
      focusedColumn={index === focusedRow ? focusedColumn : -1}
      zone={zone}
      headOffset={headOffset}
    />
  ));
}

/** The offset of the first dated row in sight stands in the head of the time column. */
function useHeadOffset(lines: readonly GridLine[], result: ResultInfo): string {
  const zone = useView((view) => view.zone);
  const dated = lines.find(({ row }) => row !== undefined && !Number.isNaN(row.time))?.row?.time;
  return offsetText(zoneOffset((dated ?? result.first ?? 0) as EpochMicros, zone));
}
