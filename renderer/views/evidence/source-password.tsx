import { type ReactNode, useState } from "react";
import type { InspectedItem, SourceInfo } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import { lacksPassword } from "../../app/source-standing.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { PasswordField, type Tried } from "../import/password-box.tsx";
import "../import/import-questions.css";

/** Tries a password on the file that a locked source is from; once something opens, the source is imported again. */
export function SourcePassword(props: {
  readonly source: SourceInfo;
  readonly onOpened: () => void;
  readonly children: ReactNode;
}) {
  const { source, onOpened, children } = props;
  const { engine, fail } = useServices();
  const [tried, setTried] = useState<Tried>({ kind: "nothing" });
  const tryPassword = async (password: string): Promise<void> => {
    setTried({ kind: "trying" });
    const answer = await engine.api.unlockSource(source.id, password);
    if (!answer.ok) return setTried({ kind: "password", outcome: { kind: "fault", fault: answer.fault } });
    const kind = unlockedKind(source, answer.value);
    setTried({ kind: "password", outcome: { kind } });
    if (kind !== "wrong") onOpened();
  };
  const fault = tried.kind === "password" && tried.outcome.kind === "fault" ? tried.outcome.fault : undefined;
  return (
    <div className="source-password">
      <p>Its password is tried on the file where it was; it is kept in memory only, never written to the case.</p>
      <PasswordField
        trying={tried.kind === "trying"}
        tried={tried}
        onTry={(password) => void tryPassword(password).catch(fail)}
      >
        {children}
      </PasswordField>
      {fault !== undefined && <FaultPanel fault={fault} effect="What is in the case of this source stays as it is." />}
    </div>
  );
}

/** Some of its members may have another password. */
function unlockedKind(source: SourceInfo, seen: InspectedItem): "open" | "part" | "wrong" {
  if (seen.password === "open") return "open";
  const closed = (members: readonly { readonly problem: SourceInfo["problems"][number] | undefined }[]): number =>
    members.filter(({ problem }) => lacksPassword(problem)).length;
  return closed(seen.members) < closed(source.members) ? "part" : "wrong";
}
