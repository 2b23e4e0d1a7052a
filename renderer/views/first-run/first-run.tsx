import {
  Database,
  Equal,
  Eye,
  FolderOpen,
  type LucideIcon,
  Package,
  ScrollText,
  SquareTerminal,
  Unplug,
} from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { keysText } from "../../app/keys.ts";
import { useCase, useCommands } from "../../app/services.tsx";
import type { SampleId } from "../../engine/bridge.ts";
import { Button } from "../../ui/button.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { Icon } from "../../ui/icon.tsx";
import { NetworkProof } from "./network-proof.tsx";
import { RecentCases } from "./recent-cases.tsx";
import "./first-run.css";

/** Nothing is open, or the open case is empty: where evidence comes in, and what happens to it. */
export function FirstRun() {
  const { info } = useCase();
  return (
    <div className="first-run" data-region="entries">
      <div className="first-run-page">
        <h2 className="first-run-title">Open the evidence as it was collected</h2>
        <p className="first-run-about">
          Audit dumps, exported archives, log bundles, auditd files. Exhibit accounts for every byte and explains every
          entry down to it.
        </p>
        <DropZone />
        <div className="first-run-columns">
          <div>
            {info === undefined && <RecentCases />}
            <Samples />
          </div>
          <Promises />
        </div>
      </div>
    </div>
  );
}

function DropZone() {
  const { info } = useCase();
  const { addEvidence, openCase } = useCommands();
  return (
    <div className="drop-zone">
      <Icon of={FolderOpen} size={26} />
      <p className="drop-zone-text">
        {info === undefined ? (
          "Drop files, a folder or an archive here"
        ) : (
          <>
            Drop files, a folder or an archive here to add them to <EvidenceText text={info.name} limit={80} />
          </>
        )}
      </p>
      <div className="drop-zone-buttons">
        <Button kind="primary" autoFocus keys={keysText("Ctrl+O")} onPress={() => addEvidence()}>
          Choose files
        </Button>
        <Button keys={keysText("Ctrl+Shift+O")} onPress={() => addEvidence("folder")}>
          Choose a folder
        </Button>
        <Button onPress={openCase}>Open a case</Button>
      </div>
    </div>
  );
}

const SAMPLES: readonly {
  readonly id: SampleId;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly about: string;
}[] = [
  {
    id: "auditd",
    icon: SquareTerminal,
    title: "auditd, one server",
    about: "Raw and enriched records of the Linux audit system. Learn events, meanings and rejects.",
  },
  {
    id: "binalyze-air",
    icon: Database,
    title: "Binalyze AIR, audit log dump",
    about: "One object a line, as mongoexport writes it. See who did what on the console.",
  },
  {
    id: "aqtive-guard",
    icon: Package,
    title: "AQtive Guard, support bundle",
    about: "A tar.gz with rotated logs of five types. Find the stolen key and the settings changed with it.",
  },
];

function Samples() {
  const { addSample } = useCommands();
  return (
    <section aria-labelledby="samples">
      <h3 className="first-run-head" id="samples">
        Try a sample
      </h3>
      <ul>
        {SAMPLES.map(({ id, icon, title, about }) => (
          <li key={id}>
            <AriaButton className="first-run-item first-run-choice" onPress={() => addSample(id)}>
              <Icon of={icon} size={16} />
              <span>
                <span className="first-run-item-title">{title}</span>
                <span className="first-run-item-about">{about}</span>
              </span>
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Promises() {
  return (
    <section aria-labelledby="promises">
      <h3 className="first-run-head" id="promises">
        What happens to your evidence
      </h3>
      <ul>
        <Promise icon={Eye} title="It is only read">
          Files are opened read-only. Size, time and sha256 are taken on import and shown.
        </Promise>
        <Promise icon={Unplug} title="Nothing leaves this computer">
          <NetworkProof />
        </Promise>
        <Promise icon={Equal} title="Nothing is dropped">
          Bytes that are no entry stay as rejects you can browse. The sum must be 100.00 %.
        </Promise>
        <Promise icon={ScrollText} title="Nothing is hidden from you">
          Every value says where it comes from, down to its bytes in the file as it was found.
        </Promise>
      </ul>
    </section>
  );
}

function Promise({
  icon,
  title,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <li className="first-run-item first-run-promise">
      <Icon of={icon} size={16} />
      <div>
        <span className="first-run-item-title">{title}</span>
        <div className="first-run-item-about">{children}</div>
      </div>
    </li>
  );
}
