/** Every channel between the page and main. There is no other, and none takes a path, a statement or code. */
export const channel = {
  chooseEvidence: "choose-evidence",
  choosePasswordFile: "choose-password-file",
  grantDropped: "grant-dropped",
  chooseCaseToOpen: "choose-case-to-open",
  chooseCaseToCreate: "choose-case-to-create",
  newTemporaryCase: "new-temporary-case",
  chooseMapping: "choose-mapping",
  chooseExportTarget: "choose-export-target",
  showInFolder: "show-in-folder",
  recentCases: "recent-cases",
  grantSample: "grant-sample",
  initialCase: "initial-case",
  readSettings: "read-settings",
  writeSettings: "write-settings",
  setTheme: "set-theme",
  networkCounters: "network-counters",
  restartEngine: "restart-engine",
  copyText: "copy-text",
} as const;

/** Sent by main to the page. */
export const notice = { enginePort: "engine-port", engineExit: "engine-exit" } as const;

/** The page's own address. Nothing else may speak to main. */
export const pageOrigin = "app://exhibit";
