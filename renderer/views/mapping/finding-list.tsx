import { CircleX, TriangleAlert } from "lucide-react";
import type { MappingDraft, MappingEdit, MappingFinding } from "../../../workers/contract.ts";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { countWords } from "./draft-state.ts";

const MOST = 200;

/** Everything that is wrong, by file, line and column; a press goes to the place. */
export function FindingList(props: {
  readonly draft: MappingDraft;
  readonly onGo?: (finding: MappingFinding) => void;
  readonly onEdit?: (edit: MappingEdit) => void;
}) {
  const { draft, onGo, onEdit } = props;
  const { findings } = draft;
  if (findings.length === 0) return null;
  const errorsFirst = findings.toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
  return (
    <section className="mapping-findings" aria-label="What is wrong">
      <h3 className="mapping-head">{countWords(findings)}</h3>
      {onEdit !== undefined && isHeaderOdd(draft) && (
        <Button small onPress={() => onEdit({ kind: "header" })}>
          Mend the names of the columns
        </Button>
      )}
      <ul>
        {errorsFirst.slice(0, MOST).map((finding, index) => (
          <li key={index}>
            {onGo === undefined || finding.row === 0 ? (
              <p className="mapping-finding">
                <FindingText finding={finding} />
              </p>
            ) : (
              <button type="button" className="mapping-finding" onClick={() => onGo(finding)}>
                <FindingText finding={finding} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {findings.length > MOST && <p className="mapping-quiet">{countText(findings.length - MOST)} more</p>}
    </section>
  );
}

/** Names that are missing or misspelt can be mended; in a file with another separator there are none. */
function isHeaderOdd({ findings, attributes }: MappingDraft): boolean {
  return (
    attributes.columns.length > 1 &&
    findings.some(
      ({ file, row, text }) => file === "eventmapping.csv" && row === 0 && /is missing|must be written/.test(text),
    )
  );
}

function FindingText({ finding }: { readonly finding: MappingFinding }) {
  const { severity, file, line, column, text } = finding;
  return (
    <>
      <span className="mapping-severity" data-severity={severity}>
        <Icon of={severity === "error" ? CircleX : TriangleAlert} size={13} />
        <span className="said">{severity}: </span>
      </span>
      <span>
        <EvidenceText text={text} limit={400} />
        <span className="mapping-place">
          {file}, line {countText(line)}, column {countText(column)}
        </span>
      </span>
    </>
  );
}
