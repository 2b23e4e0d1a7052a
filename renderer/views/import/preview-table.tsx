import { type KeyboardEvent, useState } from "react";
import { type Cell, type EpochMicros, FLAG, type Preview, type PreviewRow } from "../../../workers/contract.ts";
import { useView } from "../../app/services.tsx";
import { timeParts, zoneText } from "../../app/time-format.ts";
import { AssumptionBadge, OutcomeBadge } from "../../ui/badges.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { PathText } from "../../ui/path-text.tsx";
import "./preview-table.css";

export type PreviewMode = "mapped" | "raw" | "columns";

/** The first entries in three ways; below, the bytes of the focused one. */
export function PreviewTable(props: {
  readonly preview: Preview | undefined;
  readonly mode: PreviewMode;
  /** What times without a zone are read in. */
  readonly zone: string;
}) {
  const { preview, mode, zone } = props;
  const [at, setAt] = useState(0);
  if (preview === undefined) return <div className="preview" aria-busy />;
  if (preview.rows.length === 0) return <p className="slot">No entry and no reject was found in the first bytes.</p>;
  const row = preview.rows[at] ?? preview.rows[0];
  return (
    <>
      {/* It scrolls; of the mapped rows one is a stop of its own. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="preview" role="group" aria-label="Preview" tabIndex={mode === "mapped" ? undefined : 0}>
        {mode === "mapped" && <Mapped preview={preview} zone={zone} at={at} onFocus={setAt} />}
        {mode === "raw" && <Raw preview={preview} />}
        {mode === "columns" && <Columns preview={preview} />}
      </div>
      {mode === "mapped" && row && (
        // It scrolls, so it must be reached by keys.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="preview-raw mono" role="group" aria-label="Raw line of the focused row" tabIndex={0}>
          <span className="preview-place">
            line {countText(row.line)}, byte {countText(row.offset)}
          </span>
          <EvidenceText text={rawText(row)} limit={900} className="selectable" />
        </div>
      )}
    </>
  );
}

function Mapped(props: {
  readonly preview: Preview;
  readonly zone: string;
  readonly at: number;
  readonly onFocus: (at: number) => void;
}) {
  const { preview, zone, at, onFocus } = props;
  const shown = useView((view) => view.zone);
  const columns = mappedColumns(preview.columns);
  const dated = preview.rows.find((row) => !Number.isNaN(row.time));
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const next = event.currentTarget.rows[at + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <table className="preview-table">
      <thead>
        <tr>
          <th scope="col">Time {dated === undefined ? "" : zoneText(dated.time as EpochMicros, shown)}</th>
          {columns.map(({ name }) => (
            <th key={name} scope="col" data-own={name.startsWith("raw.") ? "" : undefined}>
              <EvidenceText text={name} limit={120} />
            </th>
          ))}
        </tr>
      </thead>
      {/* One stop for Tab; the arrows walk the rows. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <tbody onKeyDown={onKeyDown}>
        {preview.rows.map((row, index) => (
          <tr
            key={row.offset}
            aria-current={index === at ? "true" : undefined}
            data-reject={row.reject === undefined ? undefined : ""}
            tabIndex={index === at ? 0 : -1}
            onFocus={() => onFocus(index)}
            onMouseEnter={() => onFocus(index)}
          >
            {row.reject === undefined ? (
              <>
                <td className="figures preview-time">
                  <PreviewTime row={row} assumed={zone} shown={shown} />
                </td>
                {columns.map(({ name, position }) => (
                  <td key={name}>
                    <Value column={name} cell={row.cells[position] ?? ""} />
                  </td>
                ))}
              </>
            ) : (
              <RejectCells row={row} reject={row.reject} columns={columns.length} />
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Why it is no entry, and what it is. */
function RejectCells(props: {
  readonly row: PreviewRow;
  readonly reject: NonNullable<PreviewRow["reject"]>;
  readonly columns: number;
}) {
  const { row, reject, columns } = props;
  return (
    <>
      <td className="preview-time preview-none">reject</td>
      <td colSpan={Math.max(1, columns)}>
        <span className="preview-reason">
          <EvidenceText text={reject.detail} limit={200} />
        </span>{" "}
        <span className="preview-torn mono">
          <EvidenceText text={rawText(row)} limit={200} />
        </span>
      </td>
    </>
  );
}

const FIRST_COLUMNS = ["outcome", "actor", "action", "target", "from", "to"];

/** Said of every row, or the whole row once more. */
const SAME_FOR_ALL = ["datasource", "family", "level", "data"];

/** The columns of the grid, where the entries have them; "Columns" shows the rest too. */
function mappedColumns(names: readonly string[]): readonly { readonly name: string; readonly position: number }[] {
  const found = FIRST_COLUMNS.filter((name) => names.includes(name));
  const telling = names.filter((name) => !SAME_FOR_ALL.includes(name));
  const shown = found.length > 2 ? found : (telling.length > 0 ? telling : names).slice(0, 8);
  return shown.map((name) => ({ name, position: names.indexOf(name) }));
}

function PreviewTime({
  row,
  assumed,
  shown,
}: {
  readonly row: PreviewRow;
  readonly assumed: string;
  readonly shown: string;
}) {
  if (Number.isNaN(row.time)) return <span className="preview-none">no time</span>;
  const zoneless = (row.flags & FLAG.zoneAssumed) !== 0;
  const parts = timeParts(row.time as EpochMicros, row.precision, shown);
  return (
    <>
      <span className="preview-date">{parts.date}</span> {parts.clock}
      <span className="preview-date">{parts.fraction}</span>{" "}
      {zoneless && <AssumptionBadge reason={`no zone in the record; read as ${assumed}`} />}
    </>
  );
}

function Value({ column, cell }: { readonly column: string; readonly cell: Cell }) {
  const text = typeof cell === "string" ? cell : (cell[0] ?? "");
  const more = typeof cell === "string" ? 0 : cell.length - 1;
  if (text === "") return null;
  return (
    <>
      {column === "outcome" ? (
        <OutcomeBadge value={text} />
      ) : column === "target" ? (
        <PathText text={text} />
      ) : (
        <EvidenceText text={text} limit={200} />
      )}
      {more > 0 && <span className="preview-more"> +{more}</span>}
    </>
  );
}

function Raw({ preview }: { readonly preview: Preview }) {
  return (
    <ol className="preview-lines mono">
      {preview.rows.map((row) => (
        <li key={row.offset} data-reject={row.reject === undefined ? undefined : ""}>
          <span className="preview-place figures">{countText(row.offset)}</span>
          <EvidenceText text={rawText(row)} limit={2000} className="selectable" />
        </li>
      ))}
    </ol>
  );
}

function Columns({ preview }: { readonly preview: Preview }) {
  return (
    <table className="preview-table">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Filled</th>
          <th scope="col">First values</th>
        </tr>
      </thead>
      <tbody>
        {preview.columns.map((column, position) => {
          const texts = preview.rows
            .filter((row) => row.reject === undefined)
            .map((row) => row.cells[position] ?? "")
            .map((cell) => (typeof cell === "string" ? cell : cell.join(", ")));
          const filled = texts.filter((text) => text !== "");
          return (
            <tr key={column}>
              <td>{column}</td>
              <td className="figures">
                {filled.length} of {texts.length}
              </td>
              <td>
                <EvidenceText text={[...new Set(filled)].slice(0, 3).join(" · ")} limit={300} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const decoder = new TextDecoder();
const rawText = (row: PreviewRow): string => decoder.decode(row.raw);
