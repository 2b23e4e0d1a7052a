import type { MemberId } from "../../../workers/contract.ts";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { usePlace } from "./use-place.ts";

/** Which file of the evidence: its path in the archive, with the archive where that says more. */
export function MemberName({ member }: { readonly member: MemberId }) {
  const place = usePlace(member);
  if (place === undefined) return null;
  const { path } = place.member;
  const text = path === place.source.name ? path : `${place.source.name} ! ${path}`;
  return <EvidenceText text={text} limit={300} className="mono" />;
}
