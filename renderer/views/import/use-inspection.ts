import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { Fault, GrantId, InspectedItem, PasswordFileOutcome, Result } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import { lacksPassword } from "../../app/source-standing.ts";
import type { Grant } from "../../engine/bridge.ts";
import { EngineGoneError } from "../../engine/client.ts";
import { type Loaded, unexpected } from "../../engine/request-cache.ts";
import { useRequest } from "../../engine/use-result.ts";
import { isLocked } from "./import-plan.ts";

export interface Inspection {
  readonly loaded: Loaded<readonly InspectedItem[]>;
  /** As looked at last: an archive that was unlocked shows its members. */
  readonly items: readonly InspectedItem[] | undefined;
  /** Tries a password. The others that are locked are tried with it too. */
  readonly unlock: (item: InspectedItem, password: string) => Promise<Unlocked>;
  /** What the last password file held. */
  readonly taken: PasswordsTaken | undefined;
  readonly usePasswordFile: (file: Grant) => Promise<FileOutcome>;
}
/** part: some members are open, others need another password. */
export type Unlocked =
  | { readonly kind: "open" | "part" | "wrong" | "gone" }
  | { readonly kind: "fault"; readonly fault: Fault };
export type FileOutcome =
  | { readonly kind: "taken"; readonly opened: readonly GrantId[] }
  | { readonly kind: "gone" }
  | { readonly kind: "fault"; readonly fault: Fault };

export interface PasswordsTaken extends PasswordFileOutcome {
  /** Name of the password file. */
  readonly file: string;
}

let looks = 0;

/**
 * Tells what one dialog asks from what an earlier one did: the same file may have changed between them, or a password
 * may be known by now.
 */
export const LookContext = createContext(0);
export const useLook = (): number => useContext(LookContext);

/** Of a dialog that was opened now. */
export function useNewLook(): number {
  const [look] = useState(() => (looks += 1));
  return look;
}

/**
 * Looks at what was chosen, and again at archives as passwords become known. `key`: tells what `inspect` looks at apart
 * from all else in this dialog.
 */
export function useInspection(
  look: number,
  key: string,
  inspect: () => Promise<Result<readonly InspectedItem[]>>,
): Inspection {
  const { engine, requests } = useServices();
  const [again, setAgain] = useState<ReadonlyMap<GrantId, InspectedItem>>(new Map());
  const [taken, setTaken] = useState<PasswordsTaken>();
  const loaded = useRequest(`inspect ${look} ${key}`, inspect);
  useEffect(() => {
    return () => {
      requests.forget(`inspect ${look} `);
      requests.forget(`preview ${look} `);
    };
  }, [requests, look]);
  const items = useMemo(
    () => (loaded.state === "ready" ? onlyOnce(loaded.value).map((item) => again.get(item.grant) ?? item) : undefined),
    [loaded, again],
  );

  const put = (changed: readonly InspectedItem[]): void =>
    setAgain((known) => new Map([...known, ...changed.map((item) => [item.grant, item] as const)]));
  const lookAgain = async (locked: readonly InspectedItem[]): Promise<Result<readonly InspectedItem[]>> => {
    if (locked.length === 0) return { ok: true, value: [] };
    const answer = await engine.api.inspect(locked.map(({ grant }) => grant));
    if (answer.ok) put(answer.value);
    return answer;
  };
  const othersLocked = (item: InspectedItem | undefined): readonly InspectedItem[] =>
    (items ?? []).filter((other) => isLocked(other) && other.grant !== item?.grant);

  const unlock = async (item: InspectedItem, password: string): Promise<Unlocked> => {
    const answer = await engine.api.unlock(item.grant, password);
    if (!answer.ok && answer.fault.code === "container.password") return { kind: "wrong" };
    if (!answer.ok) return { kind: "fault", fault: answer.fault };
    const kind = unlockedKind(item, answer.value);
    if (kind === "wrong") return { kind };
    put([answer.value]);
    const others = await lookAgain(othersLocked(item));
    return others.ok ? { kind } : { kind: "fault", fault: others.fault };
  };
  const usePasswordFile = async (file: Grant): Promise<FileOutcome> => {
    const answer = await engine.api.usePasswordFile(
      file.grant as GrantId,
      (items ?? []).map(({ grant }) => grant),
    );
    if (!answer.ok) return { kind: "fault", fault: answer.fault };
    const others = await lookAgain(othersLocked(undefined));
    if (!others.ok) return { kind: "fault", fault: others.fault };
    setTaken({ file: file.name, ...answer.value });
    return { kind: "taken", opened: others.value.filter((item) => !isLocked(item)).map(({ grant }) => grant) };
  };
  return {
    loaded,
    items,
    taken,
    unlock: (item, password) => unlock(item, password).catch(afterTrouble),
    usePasswordFile: (file) => usePasswordFile(file).catch(afterTrouble),
  };
}

function afterTrouble(error: unknown): { readonly kind: "gone" } | { readonly kind: "fault"; readonly fault: Fault } {
  // A lost engine has its own banner.
  return error instanceof EngineGoneError ? { kind: "gone" } : { kind: "fault", fault: unexpected(error) };
}

/** A file that was chosen beside its folder is one item. */
function onlyOnce(items: readonly InspectedItem[]): readonly InspectedItem[] {
  return [...new Map(items.map((item) => [item.grant, item])).values()];
}

const closedMembers = ({ members }: InspectedItem): number =>
  members.filter(({ problem }) => lacksPassword(problem)).length;

function unlockedKind(before: InspectedItem, after: InspectedItem): "open" | "part" | "wrong" {
  if (!isLocked(after)) return "open";
  return closedMembers(after) < closedMembers(before) ? "part" : "wrong";
}
