import { useEffect, useRef, useState } from "react";

/** The value, or while it is held the one that was there before: nothing is redrawn under a hand that drags. */
export function useSteady<T>(value: T, held: boolean): T {
  const steady = useRef(value);
  if (!held) steady.current = value;
  return steady.current;
}

/** Whether a button is down that was pressed on an element; `press` goes on that element. */
export function usePressed(): { readonly isPressed: boolean; readonly press: () => void } {
  const [isPressed, setPressed] = useState(false);
  useEffect(() => {
    if (!isPressed) return;
    // The mouse event of the same release comes after the pointer's, and must find all as it was.
    const release = (): void => void setTimeout(() => setPressed(false));
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", release);
    return () => {
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", release);
    };
  }, [isPressed]);
  return { isPressed, press: () => setPressed(true) };
}
