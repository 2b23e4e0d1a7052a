import { History } from "lucide-react";
import { keysText } from "../../app/keys.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { IconButton } from "../../ui/button.tsx";
import { MenuButton } from "../../ui/menu.tsx";

const MOST_SHOWN = 12;

/** Steps back and forward, and texts that were run before. */
export function HistoryMenu() {
  const recent = useView((view) => view.recent);
  const back = useView((view) => view.back.length);
  const forward = useView((view) => view.forward.length);
  const commands = useCommands();
  const steps = [
    { id: "back", title: "Query before", keys: keysText("Alt+Left"), disabled: back === 0, run: commands.back },
    {
      id: "forward",
      title: "Query after",
      keys: keysText("Alt+Right"),
      disabled: forward === 0,
      run: commands.forward,
    },
    {
      id: "show-once",
      title: "Show once what is recorded twice",
      run: () => commands.excludeValue("repeat", "again"),
    },
    { id: "clear", title: "Clear the query", run: commands.clearQuery },
  ];
  const texts = recent
    .slice(0, MOST_SHOWN)
    .map((text, index) => ({ id: `text ${index}`, title: text, run: () => commands.setText(text) }));
  return (
    <MenuButton
      label="Query history"
      groups={
        texts.length === 0 ? [{ entries: steps }] : [{ entries: steps }, { title: "Texts run before", entries: texts }]
      }
    >
      <IconButton icon={History} label="Query history" />
    </MenuButton>
  );
}
