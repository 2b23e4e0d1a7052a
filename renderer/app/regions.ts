/** The F6 ring: regions carry `data-region`, and inside it the stop to begin at may carry `data-region-start`. */
const focusable =
  'button:not([disabled]):not([tabindex="-1"]), input:not([disabled]), [tabindex]:not([tabindex="-1"]), a[href]';

/** Moves the focus into a region once it is on screen. */
export function focusRegion(name: string): void {
  requestAnimationFrame(() => enter(document.querySelector<HTMLElement>(`[data-region="${name}"]`)));
}

/** The next region in the order of the window, or the one before. */
export function cycleRegions(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => region.offsetParent !== null && firstStop(region) !== undefined,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : regions.length - 1) : (at + step + regions.length) % regions.length;
  enter(regions[next]);
}

/**
 * Moves the focus into the view that is shown, where nothing has it: what opened a dialog may be gone when it closes. Not
 * into the query, where a key would be written. A dialog gives the focus back in the frame after, so it is looked two later.
 */
export function rescueFocus(): void {
  const rescue = (): void => {
    if (document.activeElement !== document.body) return;
    const main = (name: string) => document.querySelector<HTMLElement>(`main [data-region${name}]`);
    enter(main('="entries"') ?? main(':not([data-region="query"])'));
  };
  requestAnimationFrame(() => requestAnimationFrame(rescue));
}

function enter(region: HTMLElement | null | undefined): void {
  if (region) firstStop(region)?.focus();
}

function firstStop(region: HTMLElement): HTMLElement | undefined {
  const start = region.querySelector<HTMLElement>("[data-region-start]");
  return start ?? region.querySelector<HTMLElement>(focusable) ?? (region.tabIndex >= 0 ? region : undefined);
}
