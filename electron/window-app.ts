import { join } from "node:path";
import { app, session } from "electron";
import { EngineHost } from "./engine-host.ts";
import { installMenu } from "./menu.ts";
import { watchOpenedCase } from "./opened-case.ts";
import { answerPage } from "./page-api.ts";
import { registerPageScheme, servePage } from "./page-files.ts";
import { PageRequests } from "./page-requests.ts";
import { hardenProcess, hardenSession } from "./security.ts";
import { savedTheme } from "./settings.ts";
import { createWindow, loadPage } from "./window.ts";

const userData = process.env["EXHIBIT_USER_DATA"];

// Set by the development server's start script; a packaged app never loads a page from anywhere but itself.
const developmentOrigin = app.isPackaged ? undefined : process.env["ELECTRON_RENDERER_URL"];

/** The program with its window; resolves when it is shown. Must be called before the app is ready. */
export async function startWindow(): Promise<void> {
  if (userData) app.setPath("userData", userData);
  const openedCase = watchOpenedCase();
  registerPageScheme();
  hardenProcess();
  await app.whenReady();
  await openWindow(openedCase());
}

async function openWindow(casePath: string | undefined): Promise<void> {
  hardenSession(session.defaultSession, developmentOrigin);
  servePage(join(import.meta.dirname, "../renderer"));
  installMenu();
  const window = createWindow(await savedTheme());
  const engine = new EngineHost(join(import.meta.dirname, "engine.js"), window.webContents);
  answerPage(new PageRequests(developmentOrigin), window, engine, casePath);
  closeBeforeQuit(engine);
  app.on("window-all-closed", () => app.quit());
  await loadPage(window, developmentOrigin);
}

/** The first wish to quit closes the engine; the second, which follows, is granted. */
function closeBeforeQuit(engine: EngineHost): void {
  let isClosed = false;
  app.on("before-quit", (event) => {
    if (isClosed) return;
    event.preventDefault();
    const quit = (): void => {
      isClosed = true;
      app.quit();
    };
    engine.close().then(quit, quit);
  });
}
