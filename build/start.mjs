/* npm start: sets up what is missing, builds, and opens Exhibit on the bundled sample case, or on `-- CASE`. */
import { resolve } from "node:path";
import { hasDisplay, launchEnvironment, machineSwitches, prepare, sampleCase } from "./launch.mjs";
import { Stop, runScript } from "./runtime/output.mjs";
import { show } from "./runtime/process.mjs";

await runScript(async () => {
  if (!hasDisplay()) {
    throw new Stop(
      "there is no display here ($DISPLAY and $WAYLAND_DISPLAY are empty), so no window can open.\n" +
        "`npm run demo` does the main job in a real window on a virtual display and leaves screenshots.",
    );
  }
  const runtime = await prepare({ tests: false });
  const given = process.argv.slice(2).map((argument) => (argument.startsWith("-") ? argument : resolve(argument)));
  const sample = given.some((argument) => !argument.startsWith("-")) ? undefined : await sampleCase();
  const args = [...runtime.appArguments, ...machineSwitches(), ...given, ...(sample ? [sample] : [])];
  return show(runtime.executable, args, { env: launchEnvironment(runtime) });
});
