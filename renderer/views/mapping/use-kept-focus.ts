import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react";

/**
 * When the form with the focus in it gives way to that of another event, that one has the focus. `event`: key of the form in
 * `body`. Returns what hears of every focus in it.
 */
export function useKeptFocus(body: RefObject<HTMLElement | null>, event: string): (focus: FocusEvent) => void {
  const last = useRef<Element>(undefined);
  useLayoutEffect(() => {
    if (last.current?.isConnected === false) body.current?.querySelector<HTMLElement>(".mapping-form")?.focus();
  }, [body, event]);
  return ({ target }) => {
    last.current = target.closest(".mapping-form") === null ? undefined : target;
  };
}
