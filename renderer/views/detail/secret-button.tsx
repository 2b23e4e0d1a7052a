import { Lock, LockOpen } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import type { Reveal } from "./use-reveal.ts";

/** Shows the secrets of the entry; that somebody did is written to the case. Nothing for an entry without any. */
export function SecretButton({ reveal: { state, show, hide } }: { readonly reveal: Reveal }) {
  if (state === "open") return null;
  // One button in both states, so that the focus stays where it was.
  const revealed = state === "revealed";
  return (
    <Button
      kind="link"
      small
      icon={revealed ? LockOpen : Lock}
      disabled={state === "asking"}
      label={revealed ? "Hide the secrets" : "Reveal the secrets (logged)"}
      onPress={revealed ? hide : show}
    >
      {revealed ? "Hide" : "Reveal (logged)"}
    </Button>
  );
}
