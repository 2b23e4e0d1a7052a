/** The program: a sub-command of `exhibit` without any window, or the window. */
import "./no-network.ts";
import { app } from "electron";
import { commandArguments } from "./command-line.ts";
import { runCommand } from "./run-command.ts";
import { startWindow } from "./window-app.ts";

const command = commandArguments(process.argv, process.defaultApp);
// Awaited here, a command has run before anything of a display is touched: the app is not ready until this file is done.
if (command !== undefined) await runCommand(command);
else {
  startWindow().catch((error: unknown) => {
    console.error("Exhibit could not start:", error);
    app.exit(1);
  });
}
