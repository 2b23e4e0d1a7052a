import { memo } from "react";
import type { Cell, SourceInfo } from "../../../workers/contract.ts";
import type { Row } from "../../engine/row-pages.ts";
import { AssumptionBadge, Lane, OutcomeBadge, SourceCode } from "../../ui/badges.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { PathText } from "../../ui/path-text.tsx";
import { besideIdentity, IdentityCell, isIdentityColumn } from "./identity-cell.tsx";
import { TimeCell } from "./time-cell.tsx";
import { assumptionsOf, isDuplicate } from "./row-flags.ts";

export interface GridRowProps {
  readonly index: number;
  readonly row: Row | undefined;
  readonly height: number;
  /** Time of the row above, where it is known: the date is shown when the day changes. */
  readonly timeAbove: number | undefined;
  readonly first: boolean;
  readonly source: SourceInfo | undefined;
  /** Visible columns in order, the time first. */
  readonly columns: readonly { readonly name: string; readonly width: number }[];
  /** Place of each column's value in `row.cells`. */
  readonly places: ReadonlyMap<string, number>;
  readonly focused: boolean;
  readonly focusedColumn: number;
  readonly zone: string;
  readonly headOffset: string;
}

/** One entry on one line. Its cells are text; what was assumed carries a badge in the cell it concerns. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, focused, columns, focusedColumn, source } = props;
  const classes = ["grid-row", focused ? "is-focused" : "", row && isDuplicate(row.flags) ? "is-duplicate" : ""];
  return (
    <div
      className={classes.join(" ")}
      role="row"
      id={row === undefined ? undefined : `entry-${row.id}`}
      aria-rowindex={index + 2}
      aria-selected={focused}
      style={{ height: props.height }}
      data-row={index}
    >
      {columns.map(({ name, width }, at) => (
        <div
          key={name}
          className={`grid-cell cell-${name.replaceAll(".", "-")}${name === "time" ? " grid-frozen" : ""}`}
          role="gridcell"
          aria-colindex={at + 1}
          style={{ width }}
          data-column={name}
          data-focused={focused && focusedColumn === at ? "" : undefined}
        >
          {name === "time" && source !== undefined && <Lane lane={source.lane} />}
          {row === undefined ? <span className="grid-waiting" /> : <Content {...props} row={row} name={name} />}
        </div>
      ))}
    </div>
  );
});

function Content(props: GridRowProps & { readonly row: Row; readonly name: string }) {
  const { row, name, source, places } = props;
  const cell = row.cells[places.get(name) ?? -1] ?? "";
  if (name === "time") return <Time {...props} />;
  if (name === "source") return source === undefined ? null : <SourceCode code={source.code} lane={source.lane} />;
  if (name === "outcome") return <OutcomeBadge value={textOf(cell)} />;
  if (isIdentityColumn(name)) {
    const [state = "", rule = ""] = besideIdentity(name).map((other) =>
      textOf(row.cells[places.get(other) ?? -1] ?? ""),
    );
    return <IdentityCell identity={textOf(cell)} state={state} rule={rule} />;
  }
  return <Value cell={cell} path={name === "target" || name === "target2"} />;
}

function Time({ row, timeAbove, first, zone, headOffset }: GridRowProps & { readonly row: Row }) {
  const reasons = assumptionsOf(row.flags);
  return (
    <>
      <TimeCell row={row} timeAbove={timeAbove} first={first} zone={zone} headOffset={headOffset} />
      {reasons !== "" && <AssumptionBadge reason={reasons} />}
      {reasons !== "" && (
        <span className="assumption-why" aria-hidden>
          ≈ {reasons}
        </span>
      )}
    </>
  );
}

function Value({ cell, path }: { readonly cell: Cell; readonly path: boolean }) {
  const text = textOf(cell);
  const more = typeof cell === "string" ? 0 : cell.length - 1;
  return (
    <>
      {path ? <PathText text={text} /> : <EvidenceText text={text} limit={400} />}
      {more > 0 && <span className="grid-more">+{more}</span>}
    </>
  );
}

export function textOf(cell: Cell): string {
  return typeof cell === "string" ? cell : (cell[0] ?? "");
}
