import { UserRoundSearch } from "lucide-react";
import type { CaseInfo } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { useIdentities } from "../../engine/use-identities.ts";
import { useKept } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import "./overlap-list.css";

/** Whom the identity ledger does not know, or knows twice. Nothing without a ledger. */
export function IdentityLine({ info }: { readonly info: CaseInfo }) {
  return info.matchedAt === undefined ? null : <Line />;
}

function Line() {
  const { openView, chooseWorklist } = useCommands();
  const roles = useKept(useIdentities())?.roles ?? [];
  const open = roles.flatMap(({ role, distinct }) =>
    (["ambiguous", "unmatched"] as const).flatMap((state) =>
      distinct[state] === 0 ? [] : [{ role, state, count: distinct[state] }],
    ),
  );
  return (
    <section className="overlaps" aria-label="Identities">
      <header className="overlaps-head">
        <h2>Identities</h2>
        <Button kind="link" small icon={UserRoundSearch} onPress={() => openView("identities")}>
          Show
        </Button>
      </header>
      <ul>
        {open.map(({ role, state, count }) => (
          <li key={`${role} ${state}`}>
            <button type="button" className="overlap" onClick={() => chooseWorklist(role, state)}>
              <Count value={count} /> {WORDS[role]}
              {count === 1 ? "" : "s"} {state}
              <span className="said">: list them</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const WORDS = { actor: "actor", target: "target", target2: "second target" } as const;
