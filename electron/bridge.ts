/*
 * What the sandboxed page may ask of main, as `window.exhibit`. Types only: the preload provides it, the renderer uses
 * it, and neither imports the other.
 */

/** A capability for one path. The page sees its name and size; only main and the engine know where it lies. */
export interface Grant {
  readonly grant: string;
  readonly name: string;
  /** Size of the file; 0 for a folder and for a case that does not exist yet. */
  readonly bytes: number;
  readonly kind: "file" | "folder" | "case";
}

export interface RecentCase {
  readonly name: string;
  /** For display only. */
  readonly folder: string;
  /** Milliseconds since 1970 UTC. */
  readonly opened: number;
  readonly grant: string;
}

export type Theme = "system" | "light" | "dark" | "high-contrast";

/** Samples that come with the application. */
export type SampleId = "auditd" | "binalyze-air" | "aqtive-guard";

/** What left, or tried to leave, this machine since the start. The last two are 0 or something is broken. */
export interface NetworkCounters {
  readonly requestsRefused: number;
  readonly bytesSent: number;
  readonly connections: number;
}

/**
 * `data` of the `message` event that brings the engine's port as `ports[0]`: once when the page has loaded, and again
 * after each restart of the engine. Its `source` is the window itself.
 */
export interface EnginePortMessage {
  readonly kind: "engine-port";
  /** Counts the engines of this window from 1. */
  readonly generation: number;
}

export interface Bridge {
  readonly platform: string;
  readonly version: string;
  readonly startArguments: readonly string[];
  /** Empty when cancelled. */
  chooseEvidence(kind: "files" | "folder"): Promise<readonly Grant[]>;
  /** A file with passwords of archives, for the engine to read. */
  choosePasswordFile(): Promise<Grant | undefined>;
  /** Items that are not real files or folders of this machine are left out. */
  grantDropped(files: readonly File[]): Promise<readonly Grant[]>;
  chooseCaseToOpen(): Promise<Grant | undefined>;
  chooseCaseToCreate(suggestedName: string): Promise<Grant | undefined>;
  /** A place for a case in the user's own documents, so that a first drop needs no dialog. */
  newTemporaryCase(): Promise<Grant>;
  /** open: the folder with the two definition files. save: where they are to be written, named by one of them. */
  chooseMapping(kind: "open" | "save"): Promise<Grant | undefined>;
  chooseExportTarget(suggestedName: string): Promise<Grant | undefined>;
  showInFolder(grant: string): Promise<void>;
  recentCases(): Promise<readonly RecentCase[]>;
  grantSample(id: SampleId): Promise<readonly Grant[]>;
  /** The case named on the command line. */
  initialCase(): Promise<Grant | undefined>;
  /** `undefined` before the first write, and when the file cannot be read as JSON. */
  readSettings(): Promise<unknown>;
  /** At most 256 KiB as JSON. */
  writeSettings(settings: unknown): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  networkCounters(): Promise<NetworkCounters>;
  /** Returns the function that removes the listener. */
  onEngineExit(listener: (detail: { readonly code: number }) => void): () => void;
  restartEngine(): Promise<void>;
  copyText(text: string): Promise<void>;
}

declare global {
  interface Window {
    readonly exhibit: Bridge;
  }
}
