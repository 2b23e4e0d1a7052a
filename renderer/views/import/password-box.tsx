import { Eye, EyeOff, KeyRound } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import type { Fault, InspectedItem } from "../../../workers/contract.ts";
import { useServices } from "../../app/services.tsx";
import { FaultPanel } from "../../app/trouble.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type PasswordSaid, unlockedText } from "./password-words.ts";
import type { FileOutcome, Inspection, Unlocked } from "./use-inspection.ts";

export type Tried =
  | { readonly kind: "nothing" | "trying" }
  | { readonly kind: "password"; readonly outcome: Unlocked }
  | { readonly kind: "file"; readonly outcome: FileOutcome };

/** An archive whose content is locked: nothing else waits for it. */
export function PasswordBox(props: {
  readonly item: InspectedItem;
  readonly inspection: Pick<Inspection, "unlock" | "usePasswordFile">;
  readonly onOpened: () => void;
}) {
  const { item, inspection, onOpened } = props;
  const { bridge } = useServices();
  const [tried, setTried] = useState<Tried>({ kind: "nothing" });
  const tryPassword = (password: string): void => {
    setTried({ kind: "trying" });
    void inspection.unlock(item, password).then((outcome) => {
      setTried({ kind: "password", outcome });
      if (outcome.kind === "open") onOpened();
    });
  };
  const tryFile = async (): Promise<void> => {
    const file = await bridge.choosePasswordFile();
    if (file === undefined) return;
    setTried({ kind: "trying" });
    const outcome = await inspection.usePasswordFile(file);
    setTried({ kind: "file", outcome });
    if (outcome.kind === "taken" && outcome.opened.includes(item.grant)) onOpened();
  };
  return (
    <section className="question password-box" aria-label="Password">
      <p className="question-text">
        <Icon of={KeyRound} />
        <span>
          <b>The content of this archive is locked.</b> Names, sizes and comments are readable without a password.
        </span>
      </p>
      <PasswordField trying={tried.kind === "trying"} tried={tried} onTry={tryPassword}>
        <Button small disabled={tried.kind === "trying"} onPress={() => void tryFile()}>
          Use a password file…
        </Button>
      </PasswordField>
      <p className="password-note">
        It is kept in memory only, never written to the case. Without it the other items are imported all the same.
      </p>
      <Trouble tried={tried} />
    </section>
  );
}

export function PasswordField(props: {
  readonly trying: boolean;
  readonly tried: Tried;
  readonly onTry: (password: string) => void;
  readonly children: ReactNode;
}) {
  const { trying, tried, onTry, children } = props;
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const id = useId();
  const said = saidOf(tried);
  const enter = (): void => {
    if (password !== "" && !trying) onTry(password);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Ctrl+Enter is the dialog's.
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    enter();
  };
  return (
    <>
      <div className="password-line">
        <span className="password-field">
          <input
            className="input mono"
            // What is typed must neither be corrected nor kept by anyone.
            type={shown ? "text" : "password"}
            autoComplete="off"
            spellCheck={false}
            value={password}
            aria-label="Password"
            aria-invalid={said?.bad === true}
            aria-describedby={said === undefined ? undefined : id}
            onChange={(event) => setPassword(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? "Hide the password" : "Show the password"}
            pressed={shown}
            onPress={() => setShown(!shown)}
          />
        </span>
        <Button small disabled={password === "" || trying} onPress={enter}>
          {trying ? "Trying" : "Try it"}
        </Button>
        {children}
      </div>
      <p className="password-said" id={id} role="status" data-bad={said?.bad === true ? "" : undefined}>
        {said?.text}
      </p>
    </>
  );
}

function saidOf(tried: Tried): PasswordSaid | undefined {
  if (tried.kind === "password") return unlockedText(tried.outcome);
  // This is only seen while the archive is still locked.
  if (tried.kind === "file" && tried.outcome.kind === "taken")
    return { text: "None of its passwords fits this archive.", bad: true };
  return undefined;
}

function Trouble({ tried }: { readonly tried: Tried }) {
  const fault: Fault | undefined =
    (tried.kind === "password" || tried.kind === "file") && tried.outcome.kind === "fault"
      ? tried.outcome.fault
      : undefined;
  return fault === undefined ? null : (
    <FaultPanel fault={fault} effect="Nothing was opened; the files are unchanged." />
  );
}
