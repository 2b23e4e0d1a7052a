import { ListPlus } from "lucide-react";
import type { FieldInfo } from "../../../workers/contract.ts";
import { useFields, useKept } from "../../engine/use-result.ts";
import { useServices, useView } from "../../app/services.tsx";
import { IconButton } from "../../ui/button.tsx";
import { type MenuEntry, MenuButton } from "../../ui/menu.tsx";

const isIndicator = ({ name }: FieldInfo): boolean => name.startsWith("raw.indicator.");

const NEVER = new Set(["time", "id", "data"]);

/** Which fields are counted: canonical ones first, then the original fields of the evidence. */
export function FacetChooser() {
  const { view } = useServices();
  const chosen = useView((state) => state.facets);
  const fields = useKept(useFields()) ?? [];
  const usable = fields.filter((field) => field.present && !NEVER.has(field.name));
  const toggle = (name: string): void =>
    view.patch({ facets: chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name] });
  const entries = (group: FieldInfo["group"] | "indicator"): readonly MenuEntry[] =>
    usable
      .filter((field) => (isIndicator(field) ? "indicator" : field.group) === group)
      .map(({ name, title }) => ({ id: name, title, chosen: chosen.includes(name), run: () => toggle(name) }));
  const groups = [
    { title: "Fields", entries: entries("canonical") },
    { title: "Indicators", entries: entries("indicator") },
    { title: "Identity ledger", entries: entries("identity") },
    { title: "Evidence", entries: entries("evidence") },
    { title: "Original fields", entries: entries("original") },
  ].filter((group) => group.entries.length > 0);
  return (
    <MenuButton groups={groups} label="Fields to count">
      <IconButton icon={ListPlus} label="Choose fields to count" />
    </MenuButton>
  );
}
