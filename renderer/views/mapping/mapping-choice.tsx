import { FileCog } from "lucide-react";
import { useState } from "react";
import type {
  Fault,
  FormatChoice,
  GrantId,
  InspectedItem,
  MappingDraft,
  MappingFit,
  MappingReading,
  MemberVerdict,
  ReadingAnswer,
} from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { Button } from "../../ui/button.tsx";
import { countText } from "../../ui/count.tsx";
import { FindingList } from "./finding-list.tsx";
import { mappedChoice } from "./mapped-choice.ts";
import { Fit } from "./trial-panel.tsx";
import "./mapping.css";

interface ChoiceProps {
  readonly item: InspectedItem;
  readonly member: MemberVerdict;
  readonly choice: FormatChoice | undefined;
  readonly answer: ReadingAnswer;
  /** Reads the member through definitions that fit it, or no more through any. */
  readonly onMapping: (choice: FormatChoice | undefined, mapping: MappingReading | undefined) => void;
}
interface Tried {
  readonly draft?: MappingDraft;
  readonly fit?: MappingFit;
  readonly fault?: Fault;
}

/** In the import dialog: a table or JSON log is read through the two definition files of a folder, where they fit it. */
export function MappingChoice({ item, member, choice, answer, onMapping }: ChoiceProps) {
  const { bridge, engine, fail } = useServices();
  const [tried, setTried] = useState<Tried>({});
  const mapped = mappedChoice(member);
  if (mapped === undefined || !couldBeMapped(choice)) return null;
  const open = async (): Promise<void> => {
    const grant = await bridge.chooseMapping("open");
    if (grant === undefined) return;
    const opened = await engine.api.openMapping(grant.grant as GrantId);
    if (!opened.ok) return setTried({ fault: opened.fault });
    const draft = opened.value;
    if (!draft.usable) return setTried({ draft });
    const { mapping: _, ...rest } = answer;
    const preview = await engine.api.preview(item.grant, member.path, mapped, { ...rest, mapping: draft.texts });
    if (!preview.ok) return setTried({ fault: preview.fault });
    const fit = preview.value.mapping;
    setTried({ draft, ...(fit !== undefined && { fit }) });
    if (fit?.fits === true) onMapping(mapped, draft.texts);
  };
  const isOn = answer.mapping !== undefined;
  return (
    <div className="mapping-choice">
      <Button small icon={FileCog} onPress={() => void open().catch(fail)}>
        {isOn ? "Other RadiantOne definitions" : "Read through RadiantOne definitions"}
      </Button>
      {isOn ? (
        <Button
          small
          kind="quiet"
          onPress={() => {
            setTried({});
            onMapping(member.choice, undefined);
          }}
        >
          Read without them
        </Button>
      ) : (
        <span className="mapping-quiet">the folder with eventproperties.csv and eventmapping.csv</span>
      )}
      {tried.fault && (
        <FaultPanel
          fault={tried.fault}
          effect={isOn ? "The file is read through the definitions before." : "The file is read without definitions."}
        />
      )}
      {tried.draft !== undefined && !tried.draft.usable && (
        <p className="mapping-unfit" role="alert">
          These definitions are broken ({countText(errorsIn(tried.draft))} errors): nothing is read through them.
        </p>
      )}
      {tried.draft !== undefined && <FindingList draft={tried.draft} />}
      {tried.fit && <Fit fit={tried.fit} />}
    </div>
  );
}

/** Offered where no format knows the columns by itself. */
function couldBeMapped(choice: FormatChoice | undefined): boolean {
  return choice === undefined || /\+(?:generic-json|radiantone)$/.test(choice);
}

const errorsIn = ({ findings }: MappingDraft): number => findings.filter(({ severity }) => severity === "error").length;
