import { useCurrent, useServices } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { useExplain } from "../../engine/use-result.ts";
import { queryOf } from "../../state/view-state.ts";
import { Button } from "../../ui/button.tsx";
import { Count, countText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { ConditionTable } from "./condition-table.tsx";
import { conditionsOf } from "./conditions.ts";

/** What each condition does to the view that is shown. */
export function ExplainDialog({ onClose }: { readonly onClose: () => void }) {
  const { request, result } = useCurrent();
  const { view } = useServices();
  const loaded = useExplain(request, result?.revision ?? 0);
  if (result === undefined) return null;
  const conditions = loaded.state === "ready" ? conditionsOf(loaded.value, queryOf(view.get())) : [];
  return (
    <Dialog
      title="Explain"
      about={`${countText(result.matched)} of ${countText(result.total)} entries match`}
      onClose={onClose}
      width={820}
    >
      <div className="explain">
        <p className="explain-query mono selectable">
          {result.query === "" ? "No condition: every entry is shown." : <EvidenceText text={result.query} />}
        </p>
        {loaded.state === "fault" && <FaultPanel fault={loaded.fault} />}
        {conditions.length > 0 && (
          <ConditionTable
            conditions={conditions}
            best={undefined}
            action={(condition) => (
              <Button
                kind="link"
                label={`Remove ${condition.text}`}
                onPress={() => {
                  view.setQuery(condition.relaxed);
                  onClose();
                }}
              >
                Remove
              </Button>
            )}
          />
        )}
        <p className="explain-facts">
          Answered in {countText(Math.round(result.tookMs))} ms. <Count value={result.undatedMatched} /> of the matching
          entries have no time; they come last and fail every time bound.
        </p>
      </div>
    </Dialog>
  );
}
