import { MessageChannelMain, type UtilityProcess, type WebContents, utilityProcess } from "electron";
import type { EnginePortMessage } from "./bridge.ts";
import { notice } from "./channels.ts";
import { type GrantedPath, Grants } from "./grants.ts";
import { sqliteBinding } from "./sqlite-binding.ts";

/**
 * Keeps the engine: a process of its own that owns the case file. Main starts it, tells it which path a grant stands
 * for, and hands the page one end of a port; what is said over that port main never sees.
 */
export class EngineHost {
  readonly grants = new Grants((granted) => this.#tell(granted));
  readonly #entry: string;
  readonly #page: WebContents;
  #child: UtilityProcess | undefined;
  #generation = 0;
  #isClosing = false;

  constructor(entry: string, page: WebContents) {
    this.#entry = entry;
    this.#page = page;
    // A page that was loaded anew has lost its port; the engine serves as many as it is given.
    page.on("did-finish-load", () => this.connect());
  }

  /** Hands the page a port to the engine, which is started when it is not running. */
  connect(): void {
    this.#child ??= this.#start();
    const { port1, port2 } = new MessageChannelMain();
    this.#child.postMessage({ kind: "connect" }, [port1]);
    const message: EnginePortMessage = { kind: "engine-port", generation: this.#generation };
    this.#page.postMessage(notice.enginePort, message, [port2]);
  }

  /** Starts a new engine in place of one that ended; with one that still runs, only a new port is made. */
  restart(): void {
    this.connect();
  }

  /** Lets the engine close its case, and ends it when that takes too long. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const child = this.#child;
    if (child === undefined) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.postMessage({ kind: "quit" });
    await Promise.race([ended, pause(PATIENCE_MS)]);
    if (this.#child === child) child.kill();
  }

  #start(): UtilityProcess {
    const env = { ...process.env, ...sqliteBinding() };
    const child = utilityProcess.fork(this.#entry, [], { serviceName: "Exhibit engine", env, stdio: "inherit" });
    this.#generation += 1;
    child.once("exit", (code) => this.#onExit(child, code));
    this.#child = child;
    for (const granted of this.grants.all()) this.#tell(granted);
    return child;
  }

  #tell(granted: GrantedPath): void {
    this.#child?.postMessage({ kind: "grant", ...granted });
  }

  #onExit(child: UtilityProcess, code: number): void {
    if (this.#child === child) this.#child = undefined;
    if (!this.#isClosing && !this.#page.isDestroyed()) this.#page.send(notice.engineExit, { code });
  }
}

const PATIENCE_MS = 2000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
