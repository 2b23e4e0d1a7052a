import type { ReactNode } from "react";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import type { Condition } from "./conditions.ts";
import "./conditions.css";

/** Each condition with what it matches alone and what would be found without it. */
export function ConditionTable(props: {
  readonly conditions: readonly Condition[];
  readonly best: Condition | undefined;
  readonly action: (condition: Condition) => ReactNode;
}) {
  const { conditions, best, action } = props;
  return (
    <table className="conditions">
      <thead>
        <tr>
          <th scope="col">
            <span className="said">Number</span>
          </th>
          <th scope="col">Condition</th>
          <th scope="col" className="conditions-figure">
            Matches alone
          </th>
          <th scope="col" className="conditions-figure">
            Found without it
          </th>
          <th scope="col">
            <span className="said">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {conditions.map((condition, index) => (
          <tr key={`${condition.part.kind} ${condition.part.index}`} data-best={condition === best ? "" : undefined}>
            <td className="conditions-number">{index + 1}</td>
            <td className="conditions-text mono">
              <EvidenceText text={condition.text} limit={400} />
            </td>
            <td className="conditions-figure">
              <Count value={condition.alone} />
            </td>
            <td className="conditions-figure conditions-without">
              <Count value={condition.without} />
            </td>
            <td className="conditions-action">{action(condition)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
