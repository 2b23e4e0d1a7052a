import type { ExportPreview, Fault } from "../../../workers/contract.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { guardPlace } from "./guarded-cell.ts";

const SHOWN = 3;

interface PreviewBoxProps {
  readonly preview: ExportPreview | undefined;
  readonly fault: Fault | undefined;
  readonly guarded: boolean;
  /** A row is an audit record: an entry may have several. */
  readonly byRecord: boolean;
}

/** The first bytes as they will be in the file, then the first line that had to be guarded. */
export function PreviewBox({ preview, fault, guarded, byRecord }: PreviewBoxProps) {
  if (fault !== undefined) return <FaultPanel fault={fault} effect="Nothing was written." />;
  const rows = (byRecord ? preview?.rows.flatMap(linesOf) : preview?.rows)?.slice(0, SHOWN) ?? [];
  return (
    <section className="export-preview" aria-label="Preview">
      <h3>
        Preview <span>{preview === undefined ? "" : caption(rows.length, preview, guarded, byRecord)}</span>
      </h3>
      {/* It scrolls, so it must be reached by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="export-preview-box mono selectable" role="group" aria-label="Exact bytes" tabIndex={0}>
        {preview !== undefined && (
          <>
            {preview.header !== "" && (
              <p className="export-preview-head">
                <Line text={preview.header} />
              </p>
            )}
            {rows.map((row, index) => (
              <p key={index}>
                <Line text={row} />
              </p>
            ))}
            {preview.guarded !== undefined && <GuardedLine text={preview.guarded} />}
          </>
        )}
      </div>
    </section>
  );
}

function caption(rows: number, { entries, guarded }: ExportPreview, asked: boolean, byRecord: boolean): string {
  if (byRecord)
    return `exact bytes: first ${rows} ${rows === 1 ? "row" : "rows"} of ${countText(entries)} ${entries === 1 ? "entry" : "entries"}`;
  const first = `exact bytes: first ${rows} of ${countText(entries)}`;
  if (!asked) return `${first}; formulas are not guarded`;
  return guarded === undefined ? `${first}; no cell looked at needed a guard` : `${first}, then the first guarded one`;
}

/** The rows of one entry. */
const linesOf = (text: string): readonly string[] => text.split(/(?<=\n)/);

const MOST = 4000;

/** Without its line end, which every line has. */
function Line({ text }: { readonly text: string }) {
  return <EvidenceText text={withoutEnd(text)} limit={MOST} />;
}

function GuardedLine({ text }: { readonly text: string }) {
  const line = withoutEnd(text);
  const at = guardPlace(line);
  if (at === undefined) return <p>{line === "" ? null : <EvidenceText text={line} limit={MOST} />}</p>;
  return (
    <p>
      <EvidenceText text={line.slice(0, at)} limit={MOST} />
      <mark className="export-guard" title="put before the cell, so that no program takes it for a formula">
        '
      </mark>
      <EvidenceText text={line.slice(at + 1)} limit={MOST} />
    </p>
  );
}

const withoutEnd = (text: string): string => text.replace(/\r?\n$/, "");
