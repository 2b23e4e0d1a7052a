import type { MemberId, MemberInfo, SourceInfo } from "../../../workers/contract.ts";
import { useCase } from "../../app/services.tsx";

export interface EvidencePlace {
  readonly source: SourceInfo;
  readonly member: MemberInfo;
}

/** The member and its source; undefined while the case does not know it. */
export function usePlace(id: MemberId | undefined): EvidencePlace | undefined {
  const { info } = useCase();
  for (const source of info?.sources ?? []) {
    const member = source.members.find((own) => own.id === id);
    if (member !== undefined) return { source, member };
  }
  return undefined;
}
