import { FolderOpen } from "lucide-react";
import { useState } from "react";
import type { Fault, GrantId, MappingDraft } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { MappingEditor } from "./mapping-editor.tsx";
import "./mapping.css";

const TITLE = "RadiantOne mapping";

interface Opened {
  readonly folder: string;
  readonly draft: MappingDraft;
}

/** The two definition files of a log collection: opened, checked, tried on a file while one types, and written back. */
export function MappingDialog({ onClose }: { readonly onClose: () => void }) {
  const [opened, setOpened] = useState<Opened>();
  if (opened !== undefined) {
    return <MappingEditor folder={opened.folder} first={opened.draft} onClose={onClose} />;
  }
  return (
    <Dialog title={TITLE} onClose={onClose} width={620}>
      <Start onOpen={setOpened} />
    </Dialog>
  );
}

function Start({ onOpen }: { readonly onOpen: (opened: Opened) => void }) {
  const { bridge, engine, fail } = useServices();
  const [fault, setFault] = useState<Fault>();
  const open = async (): Promise<void> => {
    const grant = await bridge.chooseMapping("open");
    if (grant === undefined) return;
    const answer = await engine.api.openMapping(grant.grant as GrantId);
    if (answer.ok) onOpen({ folder: grant.name, draft: answer.value });
    else setFault(answer.fault);
  };
  return (
    <div className="mapping-start">
      <p>
        <b>eventproperties.csv</b> names the types of events of a log and their own properties; <b>eventmapping.csv</b>{" "}
        says what each of them becomes. With both, Exhibit reads any table or JSON log that holds the event ids.
      </p>
      {fault && <FaultPanel fault={fault} onClose={() => setFault(undefined)} />}
      <p>
        <Button kind="primary" autoFocus icon={FolderOpen} onPress={() => void open().catch(fail)}>
          Open the folder with both files
        </Button>
      </p>
      <p className="mapping-quiet">
        They are read only. What is changed is written where you say, by “Save both files”.
      </p>
    </div>
  );
}
