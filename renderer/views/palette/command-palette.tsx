import { useMemo } from "react";
import type { EntryId, FieldInfo } from "../../../workers/contract.ts";
import { ACTIONS, runnable } from "../../app/actions.ts";
import { keysText } from "../../app/keys.ts";
import { quotedField } from "../../app/query-text.ts";
import { useCase, useCommands, useServices } from "../../app/services.tsx";
import { useFields } from "../../engine/use-result.ts";
import { countText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { type PickItem, PickList } from "../../ui/pick-list.tsx";

/** Every command by name, every field of the case, and any entry by its number. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { view } = useServices();
  const { info } = useCase();
  const commands = useCommands();
  const fields = useFields();
  const known = fields.state === "ready" ? fields.value : undefined;
  const items = useMemo(
    () => [...commandItems(runnable(view.get(), info !== undefined)), ...fieldItems(known ?? [])],
    [view, info, known],
  );
  const entries = info?.entries ?? 0;
  const pick = (id: string): void => {
    onClose();
    const [kind, name] = splitOnce(id);
    if (kind === "field") commands.writeQuery(`${quotedField(name)}:`);
    else if (kind === "entry") commands.openEntry(Number(name) as EntryId);
    else ACTIONS.find((action) => action.id === name)?.run?.(commands);
  };
  return (
    <Dialog title="Commands" about="commands, fields, entries by number" onClose={onClose} width={620}>
      <PickList
        label="Command, field or entry number"
        placeholder="Type a command, a field, or e 812044"
        items={items}
        itemsFor={(typed) => entryItems(typed, entries)}
        onPick={pick}
        empty="No command and no field has these words."
      />
    </Dialog>
  );
}

function commandItems(actions: readonly (typeof ACTIONS)[number][]): readonly PickItem[] {
  return actions.map(({ id, title, group, keys }) => ({
    id: `action ${id}`,
    title,
    group,
    ...(keys !== undefined && { keys: keysText(keys.split(" ")[0] ?? "") }),
  }));
}

function fieldItems(fields: readonly FieldInfo[]): readonly PickItem[] {
  return fields
    .filter((field) => field.present)
    .map((field) => ({
      id: `field ${field.name}`,
      title: field.name,
      detail: field.title === field.name ? field.group : `${field.title}, ${field.group}`,
      group: "Filter by field",
      words: field.aliases.join(" "),
    }));
}

function entryItems(typed: string, entries: number): readonly PickItem[] {
  const found = /^e?\s*(\d{1,12})$/.exec(typed);
  const id = found === null ? Number.NaN : Number(found[1]);
  if (!(id < entries)) return [];
  return [{ id: `entry ${id}`, title: `Entry ${countText(id)}`, detail: "open it in the detail", group: "Go" }];
}

function splitOnce(id: string): readonly [string, string] {
  const at = id.indexOf(" ");
  return [id.slice(0, at), id.slice(at + 1)];
}
