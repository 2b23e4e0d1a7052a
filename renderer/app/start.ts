/** Puts the window together: settings, services, the case to begin with, and the writing of settings as they change. */
import type { CaseInfo } from "../../workers/contract.ts";
import type { Bridge } from "../engine/bridge.ts";
import type { EngineConnection } from "../engine/client.ts";
import { type Settings, decodeSettings, withLayout } from "../state/settings.ts";
import { DEFAULT_LAYOUT, INITIAL_VIEW, layoutOf, preferencesOf } from "../state/view-state.ts";
import { createViewStore } from "../state/view-store.ts";
import { type Services, createServices } from "./services.tsx";

const WRITE_AFTER_MS = 400;

export async function start(bridge: Bridge, engine: EngineConnection): Promise<Services> {
  const settings = decodeSettings(await bridge.readSettings());
  const view = createViewStore({
    ...INITIAL_VIEW,
    ...preferences(settings),
    recent: settings.recentQueries,
    profiles: settings.profiles,
  });
  const services = createServices(bridge, engine, view);
  keepSettings(services, settings);
  bridge.onEngineExit(() => services.recovery.ended());
  const initial = await bridge.initialCase();
  if (initial !== undefined) services.commands.openGrantedCase(initial.grant);
  return services;
}

function preferences({ theme, zone, density, letterKeys, systemFont }: Settings) {
  return { theme, zone, density, letterKeys, systemFont };
}

/** Each case has its own layout: it is put in place when the case opens and remembered as it changes. */
function keepSettings({ bridge, cases, view }: Services, initial: Settings): void {
  let settings = initial;
  let open: CaseInfo["file"] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = JSON.stringify(settings);

  const enter = (): void => {
    const file = cases.get().info?.file;
    if (file === open) return;
    open = file;
    view.enterCase((file === undefined ? undefined : settings.layouts[file]) ?? DEFAULT_LAYOUT);
  };
  const write = (): void => {
    const text = JSON.stringify(settings);
    if (text === written) return;
    written = text;
    // Settings are a convenience: a disk that refuses them must not stop the work on evidence.
    bridge.writeSettings(settings).catch((error: unknown) => console.warn("settings were not written:", error));
  };
  const onChange = (): void => {
    const now = view.get();
    settings = { ...settings, ...preferencesOf(now), recentQueries: now.recent, profiles: now.profiles };
    if (open !== undefined) settings = withLayout(settings, open, layoutOf(now));
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_AFTER_MS);
  };
  cases.subscribe(enter);
  enter();
  view.subscribe(onChange);
}
