import { useEffect } from "react";
import type { Theme } from "../engine/bridge.ts";
import { useView } from "./services.tsx";

const CONTRAST = "(prefers-contrast: more)";
const LIGHT = "(prefers-color-scheme: light)";

type ShownTheme = "dark" | "light" | "high-contrast";

/** "system" follows the computer, contrast before brightness. */
function shownTheme(theme: Theme): ShownTheme {
  if (theme !== "system") return theme;
  if (matchMedia(CONTRAST).matches) return "high-contrast";
  return matchMedia(LIGHT).matches ? "light" : "dark";
}

/** Keeps `data-theme` of the page as chosen, and as the computer changes. */
export function useTheme(): void {
  const theme = useView((view) => view.theme);
  const systemFont = useView((view) => view.systemFont);
  useEffect(() => {
    const apply = (): void => {
      document.documentElement.dataset["theme"] = shownTheme(theme);
    };
    apply();
    const queries = [matchMedia(CONTRAST), matchMedia(LIGHT)];
    for (const query of queries) query.addEventListener("change", apply);
    return () => {
      for (const query of queries) query.removeEventListener("change", apply);
    };
  }, [theme]);
  useEffect(() => {
    document.documentElement.toggleAttribute("data-system-font", systemFont);
  }, [systemFont]);
}
