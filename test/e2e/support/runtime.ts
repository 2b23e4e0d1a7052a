import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What `build/runtime.mjs` says of the Electron to test with. */
interface Runtime {
  readonly executable: string;
  readonly appArguments: readonly string[];
  readonly sqliteBinding?: string;
}

/** The top folder of this checkout. */
export const checkout = fileURLToPath(new URL("../../../", import.meta.url));

let known: Runtime | undefined;

/** The runtime that the test script has found, or finds now when one spec is run by hand. */
function runtime(): Runtime {
  if (known !== undefined) return known;
  const line = process.env["EXHIBIT_RUNTIME"] ?? findRuntime();
  // The line is written by our own build script a moment ago, not by anyone else.
  const found = JSON.parse(line) as Runtime;
  known = found;
  return found;
}

function findRuntime(): string {
  return execFileSync(process.execPath, [`${checkout}build/runtime.mjs`], { encoding: "utf8" });
}

/** Arguments and environment that open the built app of this checkout with this user data folder. */
export function launchOptions(userData: string): {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
} {
  const { executable, appArguments, sqliteBinding } = runtime();
  const sandbox = process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const inherited = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return {
    executablePath: executable,
    args: [...appArguments, ...sandbox, "--disable-gpu"],
    env: {
      ...Object.fromEntries(inherited),
      EXHIBIT_USER_DATA: userData,
      ...(sqliteBinding === undefined ? {} : { EXHIBIT_SQLITE_BINDING: sqliteBinding }),
    },
  };
}
