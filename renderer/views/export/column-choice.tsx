import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { MenuButton } from "../../ui/menu.tsx";
import { useFields, useKept } from "../../engine/use-result.ts";
import { Icon } from "../../ui/icon.tsx";
import type { ColumnChoice } from "./export-options.ts";

interface ColumnSelectProps {
  readonly choice: ColumnChoice;
  readonly visible: number;
  readonly chosen: number;
  readonly onChoose: (choice: ColumnChoice) => void;
}

/** Which fields become columns. */
export function ColumnSelect({ choice, visible, chosen, onChoose }: ColumnSelectProps) {
  const titles: Readonly<Record<ColumnChoice, string>> = {
    all: "Every field that an entry has",
    visible: `Visible in the grid: ${countText(visible)}`,
    chosen: `Chosen: ${countText(chosen)}`,
  };
  const entries = (["all", "visible", "chosen"] as const).map((id) => ({
    id,
    title: titles[id],
    chosen: id === choice,
    run: () => onChoose(id),
  }));
  return (
    <MenuButton label="Columns" groups={[{ entries }]}>
      <Button className="export-select" label={`Columns: ${titles[choice]}`}>
        <span>{titles[choice]}</span>
        <Icon of={ChevronDown} />
      </Button>
    </MenuButton>
  );
}

interface ColumnListProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Every field of the case that has a value, to be ticked; the order of the ticks is the order of the columns. */
export function ColumnList({ chosen, onChange }: ColumnListProps) {
  const [typed, setTyped] = useState("");
  const fields = useKept(useFields()) ?? [];
  const wanted = typed.trim().toLowerCase();
  const usable = fields.filter(({ name, present }) => present && name !== "time");
  const shown = usable.filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(wanted));
  const toggle = (name: string): void =>
    onChange(chosen.includes(name) ? chosen.filter((own) => own !== name) : [...chosen, name]);
  return (
    <div className="export-columns">
      <input
        className="input"
        type="search"
        placeholder="Find a field"
        aria-label="Find a field"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="export-columns-list" role="group" aria-label="Columns of the file">
        {shown.map(({ name }) => (
          <label key={name} className="export-column">
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
            <EvidenceText text={name} limit={80} />
            {chosen.includes(name) && <span className="export-column-place figures">{chosen.indexOf(name) + 1}</span>}
          </label>
        ))}
        {shown.length === 0 && <p className="export-none">No field is called so.</p>}
      </div>
    </div>
  );
}
