import type { ReactNode } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";

/** Exactly one of a few, side by side: Mapped | Raw | Columns. */
export function Segmented(props: {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly title: ReactNode }[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}) {
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.selected]}
      onSelectionChange={(keys) => {
        const [first] = keys;
        if (first !== undefined) props.onSelect(String(first));
      }}
    >
      {props.options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className="segment">
          {option.title}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
