import { type RefObject, useLayoutEffect, useState } from "react";
import { useView } from "../../app/services.tsx";
import type { PlotColours } from "./plot.ts";

/** The tokens of the theme that is on screen: a canvas cannot name them itself. */
export function usePlotColours(host: RefObject<HTMLElement | null>): PlotColours | undefined {
  const theme = useView((view) => view.theme);
  const [colours, setColours] = useState<PlotColours | undefined>(undefined);
  useLayoutEffect(() => {
    const read = (): void => {
      const next = host.current === null ? undefined : coloursOf(host.current);
      // The same theme set again must not make the plot anew, which would end a drag.
      setColours((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
    };
    read();
    const observer = new MutationObserver(read);
    const themed = host.current?.closest("[data-theme]");
    if (themed) observer.observe(themed, { attributes: true, attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, [host, theme]);
  return colours;
}

function coloursOf(element: HTMLElement): PlotColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    lanes: Array.from({ length: 8 }, (_, lane) => token(`--lane-${lane}`)),
    ghost: token("--ghost"),
    ghostEdge: token("--edge"),
    tick: token("--edge"),
    label: token("--t3"),
    font: `11px ${token("--ui")}`,
  };
}
