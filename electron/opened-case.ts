import { spawn } from "node:child_process";
import { app } from "electron";
import { caseArgument } from "./command-line.ts";

/**
 * The case to open with the window: that of the command line, or on macOS the one that was double-clicked, which comes as
 * an event before the app is ready. A program shows one case; a case that is double-clicked later gets another program,
 * as it does where every double click is a start. Must be called before the app is ready.
 * @returns asks for the case, once the app is ready
 */
export function watchOpenedCase(): () => string | undefined {
  let opened = caseArgument(process.argv, process.defaultApp);
  app.on("open-file", (event, path) => {
    event.preventDefault();
    if (app.isReady()) spawn(process.execPath, [path], { detached: true, stdio: "ignore" }).unref();
    else opened = path;
  });
  return () => opened;
}
