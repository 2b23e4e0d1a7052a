import { useEffect, useState } from "react";
import type { Fault, GrantId, InspectedItem, MappingDraft, MemberVerdict, Preview } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import type { Grant } from "../../engine/bridge.ts";
import { mappedChoice } from "./mapped-choice.ts";
import { TYPING_MS } from "./use-draft.ts";

/** A file that the definitions are tried on. */
export interface Trial {
  readonly item: InspectedItem | undefined;
  readonly member: MemberVerdict | undefined;
  /** Members that a mapping can be tried on. */
  readonly members: readonly MemberVerdict[];
  readonly preview: Preview | undefined;
  /** The preview is of definitions before the errors that are in them now. */
  readonly isBehind: boolean;
  readonly fault: Fault | undefined;
  readonly zone: string;
  readonly setZone: (zone: string) => void;
  readonly choose: () => void;
  readonly chooseMember: (path: string) => void;
}

export function useTrial(draft: MappingDraft): Trial {
  const { bridge, engine, fail } = useServices();
  const [item, setItem] = useState<InspectedItem>();
  const [path, setPath] = useState<string>();
  const [zone, setZone] = useState("UTC");
  const [preview, setPreview] = useState<Preview>();
  const [fault, setFault] = useState<Fault>();
  const members = (item?.members ?? []).filter((member) => mappedChoice(member) !== undefined);
  const member = members.find((each) => each.path === path) ?? members[0];
  const choice = member === undefined ? undefined : mappedChoice(member);
  const { texts, usable } = draft;
  const [grant, at] = [item?.grant, member?.path];
  useEffect(() => {
    if (!usable || grant === undefined || at === undefined || choice === undefined) return undefined;
    let isOld = false;
    const ask = async (): Promise<void> => {
      const answer = await engine.api.preview(grant, at, choice, { mapping: texts, zone });
      if (isOld) return;
      setFault(answer.ok ? undefined : answer.fault);
      setPreview(answer.ok ? answer.value : undefined);
    };
    const timer = setTimeout(() => void ask().catch(fail), TYPING_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [engine, fail, usable, texts, grant, at, choice, zone]);
  const look = async (chosen: readonly Grant[]): Promise<void> => {
    const [first] = chosen;
    if (first === undefined) return;
    const answer = await engine.api.inspect([first.grant as GrantId]);
    const found = answer.ok ? answer.value[0] : undefined;
    setItem(found);
    setPath(undefined);
    setPreview(undefined);
    setFault(answer.ok ? found?.problem : answer.fault);
  };
  return {
    item,
    member,
    members,
    preview,
    isBehind: !usable && preview !== undefined,
    fault,
    zone,
    setZone,
    choose: () => void bridge.chooseEvidence("files").then(look).catch(fail),
    chooseMember: (next) => {
      setPreview(undefined);
      setPath(next);
    },
  };
}
