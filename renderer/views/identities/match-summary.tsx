import { MATCH_STATES, type RoleReport } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { Count } from "../../ui/count.tsx";
import { ROLE_WORDS, STATE_WORDS } from "./identity-words.ts";

/** How matching ended, by entry and by distinct name. Entries open the timeline, names their worklist. */
export function MatchSummary({ roles }: { readonly roles: readonly RoleReport[] }) {
  return (
    <table className="match-summary">
      <caption className="said">How matching ended, counted in entries and in distinct names</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="said">Who or what</span>
          </th>
          <th scope="col">
            <span className="said">Counted in</span>
          </th>
          {MATCH_STATES.map((state) => (
            <th key={state} scope="col">
              {STATE_WORDS[state]}
            </th>
          ))}
        </tr>
      </thead>
      {roles.map((report) => (
        <Role key={report.role} report={report} />
      ))}
    </table>
  );
}

function Role({ report }: { readonly report: RoleReport }) {
  const { role, entries, distinct } = report;
  const { showMatched, chooseWorklist } = useCommands();
  const chosen = useView((view) => view.worklist);
  const words = ROLE_WORDS[role];
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" rowSpan={2}>
          {words}
        </th>
        <th scope="row">entries</th>
        {MATCH_STATES.map((state) => (
          <td key={state}>
            <Figure
              value={entries[state]}
              about={` entries, ${words} ${STATE_WORDS[state]}: show them`}
              onPress={() => showMatched(role, "match", state)}
            />
          </td>
        ))}
      </tr>
      <tr>
        <th scope="row">names</th>
        {MATCH_STATES.map((state) => (
          <td key={state} data-chosen={chosen.role === role && chosen.state === state ? "" : undefined}>
            <Figure
              value={distinct[state]}
              about={` names, ${words} ${STATE_WORDS[state]}: list them`}
              onPress={() => chooseWorklist(role, state)}
            />
          </td>
        ))}
      </tr>
    </tbody>
  );
}

function Figure(props: { readonly value: number; readonly about: string; readonly onPress: () => void }) {
  if (props.value === 0) return <span className="match-zero">0</span>;
  return (
    <button type="button" className="match-figure" onClick={props.onPress}>
      <Count value={props.value} />
      <span className="said">{props.about}</span>
    </button>
  );
}
