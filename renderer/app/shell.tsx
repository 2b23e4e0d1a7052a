/** The window: title bar, then the open case or the first run, then the status bar; dialogs above all of it. */
import "./tokens.css";
import "./base.css";
import "../ui/ui.css";
import "./shell.css";
import { useEffect } from "react";
import { AboutDialog } from "../views/about/about-dialog.tsx";
import { EvidenceView } from "../views/evidence/evidence-view.tsx";
import { ExportDialog } from "../views/export/export-dialog.tsx";
import { FirstRun } from "../views/first-run/first-run.tsx";
import { IdentitiesView } from "../views/identities/identities-view.tsx";
import { AgainDialog } from "../views/import/again-dialog.tsx";
import { ImportOutcome } from "../views/import/import-status.tsx";
import { ImportDialog } from "../views/import/import-dialog.tsx";
import { MappingDialog } from "../views/mapping/mapping-dialog.tsx";
import { CommandPalette } from "../views/palette/command-palette.tsx";
import { KeyboardHelp } from "../views/palette/keyboard-help.tsx";
import { RejectsView } from "../views/rejects/rejects-view.tsx";
import { StatusBar } from "../views/status/status-bar.tsx";
import { ZoneDialog } from "../views/status/zone-dialog.tsx";
import { TimesDialog } from "../views/times/times-dialog.tsx";
import { ExplainDialog } from "../views/zero/explain-dialog.tsx";
import { DropTarget } from "./drop-target.tsx";
import { EntriesView } from "./entries-view.tsx";
import { rescueFocus } from "./regions.ts";
import { useCase, useCommands, useCurrent, useView } from "./services.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { useTheme } from "./theme.ts";
import { TitleBar } from "./title-bar.tsx";
import { OutageBanner, TroubleBanner } from "./trouble.tsx";

export function Shell() {
  useTheme();
  useShortcuts();
  const { known, info } = useCase();
  return (
    <div className="shell">
      <a className="skip-link" href="#entries">
        Skip to the entries
      </a>
      <TitleBar />
      <OutageBanner />
      <TroubleBanner />
      <ImportOutcome />
      <main className="shell-main" id="entries">
        {info === undefined ? <NoCase known={known} /> : <OpenCase />}
      </main>
      <StatusBar />
      <Dialogs />
      <DropTarget />
    </div>
  );
}

function NoCase({ known }: { readonly known: boolean }) {
  return known ? <FirstRun /> : <p className="slot">Starting</p>;
}

function OpenCase() {
  const view = useView((state) => state.view);
  const { info } = useCase();
  if (info === undefined) return null;
  if (view === "evidence") return <EvidenceView info={info} />;
  if (view === "rejects") return <RejectsView info={info} />;
  if (view === "identities") return <IdentitiesView />;
  if (info.sources.length === 0 && info.state === "empty") return <FirstRun />;
  return <EntriesView info={info} />;
}

function Dialogs() {
  const dialog = useView((state) => state.dialog);
  const isOpen = dialog !== undefined;
  useEffect(() => (isOpen ? rescueFocus : undefined), [isOpen]);
  const { closeDialog } = useCommands();
  const { result } = useCurrent();
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "import":
      return <ImportDialog grants={dialog.grants} onClose={closeDialog} />;
    case "mapping":
      return <MappingDialog onClose={closeDialog} />;
    case "again":
      return <AgainDialog source={dialog.source} member={dialog.member} onClose={closeDialog} />;
    case "export":
      return result === undefined ? null : <ExportDialog result={result} onClose={closeDialog} />;
    case "palette":
      return <CommandPalette onClose={closeDialog} />;
    case "keys":
      return <KeyboardHelp onClose={closeDialog} />;
    case "about":
      return <AboutDialog onClose={closeDialog} />;
    case "zone":
      return <ZoneDialog onClose={closeDialog} />;
    case "times":
      return <TimesDialog member={dialog.member} onClose={closeDialog} />;
    case "explain":
      return <ExplainDialog onClose={closeDialog} />;
    case "columns":
      // The grid shows its own chooser while this is open.
      return null;
  }
}
