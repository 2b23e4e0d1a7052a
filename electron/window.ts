import { join } from "node:path";
import { app, BrowserWindow } from "electron";
import { applyTheme, canvasColor, titleBarOverlay } from "./appearance.ts";
import type { Theme } from "./bridge.ts";
import { pageOrigin } from "./channels.ts";

/** Creates the window, hidden until its page has drawn once. */
export function createWindow(theme: Theme): BrowserWindow {
  const window = new BrowserWindow({
    title: "Exhibit",
    icon: join(app.getAppPath(), "build/icon/256x256.png"),
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: canvasColor(theme),
    titleBarStyle: "hidden",
    ...(process.platform === "darwin"
      ? { trafficLightPosition: { x: 13, y: 12 } }
      : { titleBarOverlay: titleBarOverlay(theme) }),
    webPreferences: {
      preload: join(import.meta.dirname, "../preload/preload.cjs"),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      additionalArguments: [`--exhibit-version=${app.getVersion()}`],
    },
  });
  applyTheme(window, theme);
  window.once("ready-to-show", () => window.show());
  return window;
}

/** Loads the built page, or while developing the one of the development server. */
export function loadPage(window: BrowserWindow, developmentOrigin: string | undefined): Promise<void> {
  return window.loadURL(developmentOrigin ?? `${pageOrigin}/index.html`);
}
