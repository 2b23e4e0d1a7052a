import { ACTIONS, type Action } from "../../app/actions.ts";
import { keysText } from "../../app/keys.ts";
import { useCommands, useServices, useView } from "../../app/services.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import "./keyboard-help.css";

const GROUPS: readonly Action["group"][] = ["Evidence", "Query", "View", "Go", "Grid"];

/** Every key, and the switch for those that are single letters. */
export function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  const { view } = useServices();
  const { openDialog } = useCommands();
  const letterKeys = useView((state) => state.letterKeys);
  return (
    <Dialog
      title="Keyboard"
      about="every command is also in the palette"
      onClose={onClose}
      width={860}
      footer={
        <>
          <label className="keyboard-letters">
            <input
              type="checkbox"
              checked={letterKeys}
              onChange={(event) => view.patch({ letterKeys: event.target.checked })}
            />
            Single letters act on the grid and the window (never in text fields)
          </label>
          <Button small kind="quiet" className="keyboard-about" onPress={() => openDialog({ kind: "about" })}>
            About Exhibit
          </Button>
        </>
      }
    >
      <div className="keyboard">
        {GROUPS.map((group) => (
          <section key={group} className="keyboard-group">
            <h3 className="keyboard-head">{group === "Grid" ? "In the grid" : group}</h3>
            <dl>
              {ACTIONS.filter((action) => action.group === group && action.keys !== undefined).map((action) => (
                <div key={action.id} className="keyboard-row">
                  <dt>{action.title}</dt>
                  <dd>
                    {(action.keys ?? "").split(" ").map((keys) => (
                      <kbd key={keys} className="keys">
                        {keysText(keys)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
