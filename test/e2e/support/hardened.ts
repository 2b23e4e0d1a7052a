import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";

/** A window of a package as it is handed to people: it has no inspector, only Chromium's own debugging port. */
export interface HardenedWindow {
  readonly page: Page;
  close(): Promise<void>;
}

export interface HardenedRequest {
  readonly executable: string;
  readonly args?: readonly string[];
  readonly userData?: string;
}

const UP_MS = 20_000;

/** Starts a packaged program and takes hold of its window. A failure to start carries what it printed. */
export async function openHardened({ executable, args = [], userData }: HardenedRequest): Promise<HardenedWindow> {
  const folder = userData ?? (await mkdtemp(join(tmpdir(), "exhibit-packaged-")));
  const switches = ["--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"];
  const env = { ...process.env, EXHIBIT_USER_DATA: folder };
  const child = spawn(executable, [...switches, ...args], { env, stdio: ["ignore", "ignore", "pipe"] });
  const close = async (): Promise<void> => {
    const ended = child.exitCode === null ? new Promise((resolve) => child.once("exit", resolve)) : undefined;
    child.kill();
    await ended;
    if (userData === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await debuggingAddress(child);
    await pageShown(new URL("/json/list", address.replace("ws:", "http:")));
    const browser = await chromium.connectOverCDP(address);
    const [page] = browser.contexts().flatMap((context) => context.pages());
    if (page === undefined) throw new Error("the packaged program shows no page");
    await page.waitForLoadState("load");
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const failed = (why: string): void => reject(new Error(`the packaged program ${why}. It printed:\n${printed}`));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      failed("opened no window in time");
    }, UP_MS);
    child.stderr?.on("data", (chunk: Buffer) => {
      printed += chunk.toString("utf8");
      const address = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once("error", (error) => failed(`did not start: ${error.message}`));
    child.once("exit", (code) => failed(`ended with ${code ?? "a signal"}`));
  });
}

/** Playwright waits for ever for a page that is only just being made: one must be there before it connects. */
async function pageShown(list: URL): Promise<void> {
  const end = Date.now() + UP_MS;
  for (;;) {
    const pages = await (await fetch(list)).text();
    if (pages.includes('"app://exhibit/')) return;
    if (Date.now() > end) throw new Error(`the packaged program opened no page of its own: ${pages}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
