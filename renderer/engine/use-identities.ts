/** Questions about identity matching as hooks; answers change with the case alone. */
import type { IdentityInfo, MatchRole, MatchState, WorklistPage } from "../../workers/contract.ts";
import { useCase, useServices } from "../app/services.tsx";
import type { Loaded } from "./request-cache.ts";
import { useRequest } from "./use-result.ts";

export function useIdentities(): Loaded<IdentityInfo> {
  const { api } = useServices().engine;
  const { info } = useCase();
  return useRequest(info && `identities ${info.file} ${info.revision}`, () => api.identities());
}

export function useWorklist(role: MatchRole, state: MatchState, first: number, count: number): Loaded<WorklistPage> {
  const { api } = useServices().engine;
  const { info } = useCase();
  const key = info && `worklist ${info.file} ${info.revision} ${role} ${state} ${first} ${count}`;
  return useRequest(key, () => api.worklist(role, state, first, count));
}
