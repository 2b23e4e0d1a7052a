import { CircleX, TriangleAlert } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { DefinitionName, MappingFinding } from "../../../workers/contract.ts";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { cellText } from "./draft-state.ts";
import type { Drafting } from "./use-draft.ts";

export interface CellPlace {
  readonly file: DefinitionName;
  readonly row: number;
  readonly cell: number;
}

export const cellId = ({ file, row, cell }: CellPlace): string => `mapping ${file} ${row} ${cell}`.replaceAll(" ", "-");

/** One cell of a definition file: its text, what is wrong with it, and what it becomes. */
export function CellInput(props: {
  readonly place: CellPlace;
  readonly title: string;
  /** As the file calls it. */
  readonly column: string;
  readonly isMandatory?: boolean;
  readonly drafting: Drafting;
  readonly children?: ReactNode;
}) {
  const { place, title, column, isMandatory = false, drafting, children } = props;
  const { state, edit } = drafting;
  const { file, row, cell } = place;
  const id = cellId(place);
  const findings = state.draft.findings.filter((own) => own.file === file && own.row === row && own.cell === cell);
  const isBad = findings.some(({ severity }) => severity === "error");
  const text = cellText(state, file, row, cell);
  const isLong = useIsLong(id, text);
  const common = {
    id,
    className: "input mono",
    value: text,
    maxLength: 16_000,
    spellCheck: false,
    "aria-invalid": isBad,
    "aria-describedby": findings.length > 0 ? `${id}-said` : undefined,
  } as const;
  const write = (value: string): void => edit({ kind: "cell", ...place, value });
  return (
    <div className="mapping-cell" data-severity={isBad ? "error" : findings.length > 0 ? "warning" : undefined}>
      <label className="mapping-label" htmlFor={id}>
        {title}
        {isMandatory && <span className="mapping-must"> mandatory</span>}
        <span className="mapping-column mono">{column}</span>
      </label>
      {isLong ? (
        <textarea {...common} rows={3} onChange={(event) => write(event.target.value)} />
      ) : (
        <input {...common} onChange={(event) => write(event.target.value)} />
      )}
      <span className="mapping-becomes">{children}</span>
      {findings.length > 0 && (
        <ul className="mapping-said" id={`${id}-said`}>
          {findings.map((finding, index) => (
            <Said key={index} finding={finding} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Whether a text has lines. A field that had some keeps its shape while they are typed away; one that gets some, by an undo, becomes larger. */
function useIsLong(id: string, text: string): boolean {
  const [isLong, setLong] = useState(false);
  if (!isLong && text.includes("\n")) setLong(true);
  const drawn = useRef(isLong);
  useLayoutEffect(() => {
    // The field that had the focus was replaced.
    if (drawn.current !== isLong && document.activeElement === document.body) document.getElementById(id)?.focus();
    drawn.current = isLong;
  }, [id, isLong]);
  return isLong;
}

function Said({ finding }: { readonly finding: MappingFinding }) {
  const { severity, line, column, text } = finding;
  return (
    <li data-severity={severity}>
      <Icon of={severity === "error" ? CircleX : TriangleAlert} size={13} />
      <span>
        <EvidenceText text={text} limit={400} />{" "}
        <span className="mapping-place">
          line {countText(line)}, column {countText(column)}
        </span>
      </span>
    </li>
  );
}
