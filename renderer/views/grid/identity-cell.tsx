import { AssumptionBadge } from "../../ui/badges.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";

const COLUMN = /^(actor|target2?)\.identity$/;

/** Columns that tell who is behind a name, and what else they need to say by which rule. */
export function isIdentityColumn(name: string): boolean {
  return COLUMN.test(name);
}

export function besideIdentity(name: string): readonly string[] {
  const role = COLUMN.exec(name)?.[1];
  return role === undefined ? [] : [`${role}.match`, `${role}.rule`];
}

/** Who is behind a name as the identity ledger tells, with the rule; what is not known is said in words. */
export function IdentityCell(props: { readonly identity: string; readonly state: string; readonly rule: string }) {
  const { identity, state, rule } = props;
  switch (state) {
    case "matched":
      return (
        <>
          <EvidenceText text={identity} limit={400} />
          <span className="grid-rule">{rule}</span>
          <AssumptionBadge reason={`identity ledger, ${rule}`} />
        </>
      );
    case "ambiguous":
      return (
        <>
          <span className="identity-ambiguous">ambiguous</span>
          <span className="grid-rule">{rule}</span>
        </>
      );
    case "unmatched":
      return <span className="grid-rule">unmatched</span>;
    default:
      return null;
  }
}
