import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ElectronApplication, _electron, type Page } from "@playwright/test";
import { launchOptions } from "./runtime.ts";

export interface LaunchRequest {
  /** Kept after the run when given; otherwise a fresh folder is made and removed again. */
  readonly userData?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A running Exhibit, seen from outside. */
export interface Exhibit {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** What the page has printed as errors and warnings so far, uncaught exceptions included. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Starts the built app in a real window. A failure to start carries what the app printed. */
export async function launchExhibit({ userData, args = [], env = {} }: LaunchRequest = {}): Promise<Exhibit> {
  const folder = userData ?? (await mkdtemp(join(tmpdir(), "exhibit-e2e-")));
  const options = launchOptions(folder);
  const app = await _electron.launch({
    executablePath: options.executablePath,
    args: [...options.args, ...args],
    env: { ...options.env, ...env },
  });
  const printed: string[] = [];
  app.process().stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString("utf8")));
  const page = await firstWindow(app, printed);
  const complaints = gatherComplaints(page);
  return {
    app,
    page,
    userData: folder,
    complaints,
    close: async () => {
      await app.close();
      if (userData === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function firstWindow(app: ElectronApplication, printed: readonly string[]): Promise<Page> {
  try {
    const page = await app.firstWindow({ timeout: 20_000 });
    await page.waitForLoadState("load");
    return page;
  } catch (error) {
    app.process().kill("SIGKILL");
    throw new Error(`Exhibit did not open a window. It printed:\n${printed.join("")}`, { cause: error });
  }
}

function gatherComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  return complaints;
}
