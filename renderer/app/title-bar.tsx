import { CircleHelp, Lock, LockOpen, MoonStar, Search, TriangleAlert } from "lucide-react";
import { Button } from "react-aria-components/Button";
import type { CaseInfo } from "../../workers/contract.ts";
import type { Theme } from "../engine/bridge.ts";
import { IconButton } from "../ui/button.tsx";
import { EvidenceText } from "../ui/evidence-text.tsx";
import { Icon } from "../ui/icon.tsx";
import { MenuButton } from "../ui/menu.tsx";
import { ariaKeys, keysText } from "./keys.ts";
import { useCase, useCommands, useView } from "./services.tsx";

const THEMES: readonly { readonly id: Theme; readonly title: string }[] = [
  { id: "system", title: "As the system" },
  { id: "dark", title: "Dark" },
  { id: "light", title: "Light" },
  { id: "high-contrast", title: "High contrast" },
];

export function TitleBar() {
  const { info } = useCase();
  const { openDialog } = useCommands();
  return (
    <header className="titlebar">
      <div className="titlebar-case">
        <Mark />
        {info === undefined ? <h1 className="titlebar-name">Exhibit</h1> : <CaseName info={info} />}
      </div>
      <Button
        className="titlebar-field"
        onPress={() => openDialog({ kind: "palette" })}
        aria-keyshortcuts={ariaKeys("Ctrl+Shift+P")}
      >
        <Icon of={Search} />
        <span className="titlebar-field-text">Commands, fields, entries</span>
        <kbd className="keys">{keysText("Ctrl+Shift+P")}</kbd>
      </Button>
      <div className="titlebar-right">
        <ThemeButton />
        <IconButton icon={CircleHelp} label="Keyboard help" keys="?" onPress={() => openDialog({ kind: "keys" })} />
      </div>
    </header>
  );
}

function CaseName({ info }: { readonly info: CaseInfo }) {
  return (
    <>
      <h1 className="titlebar-name">
        <EvidenceText text={info.name} limit={120} />
      </h1>
      <span className="titlebar-file">
        <EvidenceText text={fileName(info.file)} limit={120} />
      </span>
      <Seal state={info.state} />
    </>
  );
}

/** The case's own word on its completeness; an empty one has nothing to seal. */
function Seal({ state }: { readonly state: CaseInfo["state"] }) {
  switch (state) {
    case "sealed":
      return (
        <span className="seal seal-sealed">
          <Icon of={Lock} size={13} /> Sealed
        </span>
      );
    case "importing":
      return (
        <span className="seal">
          <Icon of={LockOpen} size={13} /> Importing
        </span>
      );
    case "incomplete":
      return (
        <span className="seal seal-incomplete">
          <Icon of={TriangleAlert} size={13} /> Incomplete
        </span>
      );
    case "empty":
      return <span className="seal">Empty</span>;
  }
}

function ThemeButton() {
  const theme = useView((view) => view.theme);
  const { setTheme } = useCommands();
  const entries = THEMES.map(({ id, title }) => ({ id, title, chosen: id === theme, run: () => setTheme(id) }));
  return (
    <MenuButton label="Theme" groups={[{ entries }]}>
      <IconButton icon={MoonStar} label="Theme" />
    </MenuButton>
  );
}

function Mark() {
  return (
    <svg className="titlebar-mark" width="16" height="16" viewBox="0 0 24 24" fill="none" strokeWidth="2" aria-hidden>
      <path d="M7 3h14v18H3V7z" stroke="currentColor" strokeLinejoin="round" />
      <path className="mark-lines" d="M8 12h8M8 16h5" stroke="currentColor" strokeLinecap="round" />
    </svg>
  );
}

/** Display only: the last part of a path of either kind of system. */
function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
