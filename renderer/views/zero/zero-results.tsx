import { CornerDownRight, History } from "lucide-react";
import { keysText } from "../../app/keys.ts";
import { useCase, useCommands, useCurrent, useServices, useView } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useExplain } from "../../engine/use-result.ts";
import { queryOf } from "../../state/view-state.ts";
import type { ResultInfo } from "../../../workers/contract.ts";
import { Button } from "../../ui/button.tsx";
import { Count, countText, shareText } from "../../ui/count.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ConditionTable } from "./condition-table.tsx";
import { type Condition, bestRelaxation, conditionsOf } from "./conditions.ts";

/** Nothing matches: which condition took the last entries away, and the step that brings some back. */
export function ZeroResults({ result }: { readonly result: ResultInfo }) {
  const { request } = useCurrent();
  const { view } = useServices();
  const loaded = useExplain(request, result.revision);
  if (loaded.state === "fault") return <FaultPanel fault={loaded.fault} />;
  const conditions = loaded.state === "ready" ? conditionsOf(loaded.value, queryOf(view.get())) : undefined;
  const best = conditions && bestRelaxation(conditions);
  return (
    <div className="zero" aria-busy={conditions === undefined}>
      <div className="zero-page">
        <h2 className="zero-title">{title(conditions)}</h2>
        <Searched result={result} conditions={conditions} best={best} />
        {conditions && (
          <ConditionTable
            conditions={conditions}
            best={best}
            action={(condition) => <Remove condition={condition} best={condition === best} />}
          />
        )}
        <Ways none={conditions !== undefined && best === undefined} />
      </div>
    </div>
  );
}

function title(conditions: readonly Condition[] | undefined): string {
  if (conditions === undefined || conditions.length < 2) return "No entry matches";
  return `No entry matches all ${conditions.length} conditions`;
}

/** What was searched, without claiming more than the ledger proves. */
function Searched(props: {
  readonly result: ResultInfo;
  readonly conditions: readonly Condition[] | undefined;
  readonly best: Condition | undefined;
}) {
  const { result, conditions, best } = props;
  const { info } = useCase();
  const whole = info?.state === "sealed";
  const number = best && conditions ? conditions.indexOf(best) + 1 : 0;
  return (
    <p className="zero-about">
      All <Count value={result.total} /> entries were searched.{" "}
      {best && (
        <>
          Condition {number} removed the last <Count value={best.without} />.{" "}
        </>
      )}
      {info && !whole && `The evidence is accounted for at ${shareText(info.accounted, info.bytes)} %.`}
    </p>
  );
}

function Remove({ condition, best }: { readonly condition: Condition; readonly best: boolean }) {
  const { view } = useServices();
  const run = (): void => view.setQuery(condition.relaxed);
  if (best) {
    return (
      <Button small kind="primary" autoFocus={!isWriting()} onPress={run}>
        Remove, show {countText(condition.without)}
      </Button>
    );
  }
  return (
    <Button kind="link" label={`Remove ${condition.text}`} onPress={run}>
      Remove
    </Button>
  );
}

/** Who is still writing the query must not lose the place to write. */
const isWriting = (): boolean => document.activeElement instanceof HTMLInputElement;

function Ways({ none }: { readonly none: boolean }) {
  const commands = useCommands();
  const steps = useView((view) => view.back.length);
  return (
    <>
      {none && (
        <p className="zero-back">
          <Icon of={CornerDownRight} /> No single condition is to blame.
          <button type="button" className="link" onClick={commands.clearQuery}>
            Clear the query
          </button>
        </p>
      )}
      {steps > 0 && (
        <p className="zero-back">
          <Icon of={History} />
          <button type="button" className="link" onClick={commands.back}>
            The query before
          </button>
          <kbd className="keys">{keysText("Alt+Left")}</kbd>
        </p>
      )}
    </>
  );
}
