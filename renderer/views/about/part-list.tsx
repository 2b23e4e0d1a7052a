import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import type { LicensedPart } from "./licences.ts";

/** The parts by kind, as they come; arrows choose, and what is chosen is shown beside the list. */
export function PartList(props: {
  readonly parts: readonly LicensedPart[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const { parts, chosen, onChoose } = props;
  return (
    <ListBox
      className="about-list"
      aria-label="Parts of Exhibit"
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [first] = keys === "all" ? [] : [...keys];
        if (first !== undefined) onChoose(String(first));
      }}
      items={parts}
    >
      {(part) => (
        <ListBoxItem id={part.id} className="about-part" textValue={`${part.name} ${part.version}`}>
          <span className="about-name">{part.name}</span>
          <span className="about-version">{part.version}</span>
          <span className="about-licence">{part.licence}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}
