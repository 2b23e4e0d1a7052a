import { type BrowserWindow, nativeTheme } from "electron";
import type { Theme } from "./bridge.ts";

/** Height of the page's own title bar; the overlay leaves its lower rule line visible. */
const titleBarHeight = 38;

type Look = Exclude<Theme, "system">;

// The tokens chrome, t1 and canvas of the page's style sheet: the native buttons and the first frame must match it.
const colors: Readonly<Record<Look, { color: string; symbolColor: string; canvas: string }>> = {
  dark: { color: "#181a1d", symbolColor: "#e8eaec", canvas: "#121416" },
  light: { color: "#f4f6f8", symbolColor: "#181c21", canvas: "#ffffff" },
  "high-contrast": { color: "#000000", symbolColor: "#ffffff", canvas: "#000000" },
};

function lookOf(theme: Theme): Look {
  if (theme !== "system") return theme;
  if (nativeTheme.shouldUseHighContrastColors) return "high-contrast";
  return nativeTheme.shouldUseDarkColors ? "dark" : "light";
}

/** Background of a window before its page has drawn. */
export function canvasColor(theme: Theme): string {
  return colors[lookOf(theme)].canvas;
}

export function titleBarOverlay(theme: Theme): { color: string; symbolColor: string; height: number } {
  const { color, symbolColor } = colors[lookOf(theme)];
  return { color, symbolColor, height: titleBarHeight - 1 };
}

/** Puts the native parts of a window, and what the page sees as the system's preference, into a theme. */
export function applyTheme(window: BrowserWindow, theme: Theme): void {
  nativeTheme.themeSource = theme === "high-contrast" ? "dark" : theme;
  window.setBackgroundColor(canvasColor(theme));
  if (process.platform !== "darwin") window.setTitleBarOverlay(titleBarOverlay(theme));
}
