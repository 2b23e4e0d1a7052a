/** Keys are written as on Windows and Linux; on a Mac, Ctrl is ⌘. "Ctrl+Shift+P", "Alt+Left", "F6", "?". */
const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

const SHOWN: Readonly<Record<string, string>> = {
  Ctrl: isMac ? "⌘" : "Ctrl",
  Shift: "⇧",
  Alt: isMac ? "⌥" : "Alt",
  Left: "←",
  Right: "→",
  Enter: "↵",
};
const EVENT_KEYS: Readonly<Record<string, string>> = { Left: "ArrowLeft", Right: "ArrowRight", Space: " " };

/** As printed beside a command: Ctrl ⇧ P. */
export function keysText(keys: string): string {
  return split(keys)
    .map((key) => SHOWN[key] ?? key)
    .join(" ");
}

/** As `aria-keyshortcuts` wants it. */
export function ariaKeys(keys: string): string {
  return split(keys)
    .map((key) => (key === "Ctrl" ? (isMac ? "Meta" : "Control") : (EVENT_KEYS[key] ?? key)))
    .join("+");
}

type KeyEvent = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Characters that need Shift on some keyboards ("?") match whatever Shift says. */
export function matchesKeys(event: KeyEvent, keys: string): boolean {
  const parts = split(keys);
  const key = parts.at(-1) ?? "";
  const wanted = EVENT_KEYS[key] ?? key;
  const named = /^[a-z]$/i.test(wanted) || wanted.length > 1;
  const control = isMac ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === wanted.toLowerCase() &&
    control === parts.includes("Ctrl") &&
    event.altKey === parts.includes("Alt") &&
    (!named || event.shiftKey === parts.includes("Shift"))
  );
}

function split(keys: string): readonly string[] {
  return keys === "+" ? ["+"] : keys.split("+");
}
