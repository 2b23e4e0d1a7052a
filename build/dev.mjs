/* npm run dev: the window with a development server behind it. The strict policy of `app:` does not apply there. */
import { join } from "node:path";
import { launchEnvironment, machineSwitches } from "./launch.mjs";
import { runScript } from "./runtime/output.mjs";
import { show } from "./runtime/process.mjs";
import { checkout, ensureRuntime } from "./runtime.mjs";
import { ensureSystem } from "./system.mjs";

await runScript(async () => {
  await ensureSystem("window");
  const runtime = await ensureRuntime();
  const env = { ...launchEnvironment(runtime), ELECTRON_EXEC_PATH: runtime.executable };
  const electronVite = join(checkout, "node_modules", "electron-vite", "bin", "electron-vite.js");
  const sandbox = machineSwitches().length > 0 ? ["--noSandbox"] : [];
  const args = [electronVite, "dev", "--config", "build/vite.electron.ts", ...sandbox, ...process.argv.slice(2)];
  return show(process.execPath, args, { cwd: checkout, env });
});
