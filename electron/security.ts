import { app, type Session, type WebContents } from "electron";
import { pageOrigin } from "./channels.ts";
import { countRefusal, countSent } from "./network-counters.ts";

/** Must run before the app is ready: sandboxes every renderer and silences what Chromium asks the network for itself. */
export function hardenProcess(): void {
  // The two together kill every child process when the user is root, where --no-sandbox has to be given.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  app.commandLine.appendSwitch("host-resolver-rules", "MAP * ~NOTFOUND");
  app.commandLine.appendSwitch("no-proxy-server");
  app.commandLine.appendSwitch("disable-background-networking");
  app.commandLine.appendSwitch("disable-component-update");
  app.commandLine.appendSwitch("disable-domain-reliability");
  app.commandLine.appendSwitch("dns-prefetch-disable");
  app.commandLine.appendSwitch("no-pings");
  app.on("web-contents-created", (_event, contents) => hardenContents(contents));
}

function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
}

/**
 * Closes a session: no request leaves `app://exhibit/`, no permission is given.
 * @param developmentOrigin the development server's, which serves the page while `npm run dev` runs
 */
export function hardenSession(session: Session, developmentOrigin: string | undefined): void {
  const isOurs = (url: string): boolean => isLocal(url) || isOfOrigin(url, developmentOrigin);
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isOurs(details.url);
    if (cancel) countRefusal();
    answer({ cancel });
  });
  session.webRequest.onSendHeaders((details) => {
    if (!isOurs(details.url)) countSent(JSON.stringify(details.requestHeaders).length);
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event) => event.preventDefault());
}

function isLocal(url: string): boolean {
  return (
    url.startsWith(`${pageOrigin}/`) ||
    url.startsWith(`blob:${pageOrigin}/`) ||
    url.startsWith("devtools:") ||
    url.startsWith("data:")
  );
}

function isOfOrigin(url: string, origin: string | undefined): boolean {
  if (origin === undefined) return false;
  const { host } = new URL(origin);
  return URL.canParse(url) && new URL(url).host === host;
}
