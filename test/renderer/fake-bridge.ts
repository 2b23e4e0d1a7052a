import type { Bridge, Grant } from "../../renderer/engine/bridge.ts";

/** Main as the preview and tests see it: every dialog answers at once, nothing is written. */
export function fakeBridge(settings?: unknown, parts: Partial<Bridge> = {}): Bridge {
  const file = (name: string, kind: Grant["kind"] = "file"): Grant => ({
    grant: `grant-${name}`,
    name,
    bytes: 731_402_118,
    kind,
  });
  const evidence = [file("audit.log"), file("air-auditlogs-dump.json"), file("cs-logs-bundle.zip")];
  return {
    platform: "linux",
    version: "0.1.0",
    startArguments: [],
    chooseEvidence: async () => evidence,
    choosePasswordFile: async () => file("passwords.csv"),
    grantDropped: async () => evidence,
    chooseCaseToOpen: async () => file("inc-2041.exhibit", "case"),
    chooseCaseToCreate: async () => file("new.exhibit", "case"),
    newTemporaryCase: async () => file("Case 2026-08-12.exhibit", "case"),
    chooseMapping: async (kind) =>
      file(kind === "open" ? "mapping" : "eventmapping.csv", kind === "open" ? "folder" : "file"),
    chooseExportTarget: async (name) => file(name),
    showInFolder: async () => undefined,
    recentCases: async () => [
      {
        name: "inc-2041.exhibit",
        folder: "/user/ana/Documents/Exhibit cases",
        opened: Date.UTC(2026, 7, 17, 9, 12),
        grant: "grant-recent",
      },
    ],
    grantSample: async () => evidence,
    initialCase: async () => undefined,
    readSettings: async () => settings,
    writeSettings: async () => undefined,
    setTheme: async () => undefined,
    networkCounters: async () => ({ requestsRefused: 0, bytesSent: 0, connections: 0 }),
    onEngineExit: () => () => undefined,
    restartEngine: async () => undefined,
    copyText: async () => undefined,
    ...parts,
  };
}
