import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { caseArgument, commandArguments } from "../../electron/command-line.ts";
import { USAGE } from "../../workers/cli/arguments.ts";

const PROGRAM = "/opt/Exhibit/exhibit";

describe("the program with a window", () => {
  const commands = [...new Set([...USAGE.matchAll(/^ {2}exhibit (\w+)/gm)].map(([, name]) => name ?? ""))];

  it("takes every sub-command of the command line", () => {
    expect(commands.length).toBeGreaterThan(9);
    for (const name of commands) {
      expect(commandArguments([PROGRAM, name, "a.exhibit", "--json"], false)).toEqual([name, "a.exhibit", "--json"]);
    }
  });

  it("finds the command behind Electron's own arguments", () => {
    expect(commandArguments(["electron", ".", "count", "a.exhibit"], true)).toEqual(["count", "a.exhibit"]);
    expect(commandArguments(["electron", "--no-sandbox", ".", "count", "a.exhibit"], true)).toEqual([
      "count",
      "a.exhibit",
    ]);
    expect(commandArguments([PROGRAM, "--no-sandbox", "--version"], false)).toEqual(["--version"]);
  });

  it("shows its window for anything else", () => {
    for (const argv of [[PROGRAM], [PROGRAM, "import.exhibit"], [PROGRAM, "a.exhibit", "import"], ["electron", "."]]) {
      expect(commandArguments(argv, argv[0] === "electron")).toBeUndefined();
    }
    expect(existsSync("import.exhibit")).toBe(false);
    expect(caseArgument([PROGRAM, "import.exhibit"], false)).toBeUndefined();
  });
});
