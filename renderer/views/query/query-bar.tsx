/** The one place that shows everything which restricts the view: chips, text and time range. */
import { Filter, ListTree } from "lucide-react";
import { useRef } from "react";
import { useCommands } from "../../app/services.tsx";
import { useWindowShape } from "../../app/window-size.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Chips } from "./chips.tsx";
import { HiddenShare } from "./hidden-share.tsx";
import { HistoryMenu } from "./history-menu.tsx";
import { QueryField } from "./query-field.tsx";
import { QueryNotes } from "./query-notes.tsx";
import { RangeControl } from "./range-control.tsx";
import { useDraft } from "./use-draft.ts";
import "./query-bar.css";

export function QueryBar() {
  const shape = useWindowShape();
  const { openDialog } = useCommands();
  const draft = useDraft();
  const field = useRef<HTMLInputElement>(null);
  const chips = useRef<HTMLDivElement>(null);
  const explain = (): void => openDialog({ kind: "explain" });
  return (
    <section className="query" data-region="query" aria-label="Query">
      <div className="query-row">
        <div className="query-box" data-fault={draft.fault === undefined ? undefined : ""}>
          <span className="query-funnel">
            <Icon of={Filter} />
          </span>
          <div className="query-flow">
            <Chips list={chips} onLeave={() => field.current?.focus()} onEdit={draft.edit} short={shape !== "wide"} />
            <QueryField draft={draft} field={field} onIntoChips={() => lastChip(chips.current)?.focus()} />
          </div>
          <HiddenShare short={shape !== "wide"} />
          <HistoryMenu />
          <kbd className="keys query-key" aria-hidden>
            /
          </kbd>
        </div>
        <RangeControl short={shape !== "wide"} />
        {shape === "wide" ? (
          <Button icon={ListTree} onPress={explain}>
            Explain
          </Button>
        ) : (
          <IconButton icon={ListTree} label="Explain" onPress={explain} />
        )}
      </div>
      <QueryNotes draft={draft} onPicked={() => field.current?.focus()} />
    </section>
  );
}

function lastChip(chips: HTMLElement | null): HTMLElement | undefined {
  return [...(chips?.querySelectorAll<HTMLElement>("[data-chip]") ?? [])].at(-1);
}
