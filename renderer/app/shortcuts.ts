import { useEffect } from "react";
import { ACTIONS, type Action } from "./actions.ts";
import { matchesKeys } from "./keys.ts";
import { type Services, useServices } from "./services.tsx";

/** The keys of the whole window. Regions see a key first and may stop it. */
export function useShortcuts(): void {
  const services = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = event.defaultPrevented ? undefined : actionFor(event, services);
      if (action?.run === undefined) return;
      event.preventDefault();
      action.run(services.commands);
    };
    const mark = (): void => {
      document.documentElement.dataset["window"] = document.hasFocus() ? "active" : "inactive";
    };
    addEventListener("keydown", onKeyDown);
    addEventListener("focus", mark);
    addEventListener("blur", mark);
    return () => {
      removeEventListener("keydown", onKeyDown);
      removeEventListener("focus", mark);
      removeEventListener("blur", mark);
    };
  }, [services]);
}

function actionFor(event: KeyboardEvent, { view, cases }: Services): Action | undefined {
  const state = view.get();
  const writing = isTextField(event.target);
  return ACTIONS.find((action) => {
    if (action.run === undefined || action.keys === undefined) return false;
    if (!action.keys.split(" ").some((keys) => matchesKeys(event, keys))) return false;
    if (action.letter === true && (writing || !state.letterKeys)) return false;
    if (action.outsideText === true && writing) return false;
    if (action.needsCase === true && cases.get().info === undefined) return false;
    // A dialog is modal: behind it nothing moves.
    return state.dialog === undefined;
  });
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
