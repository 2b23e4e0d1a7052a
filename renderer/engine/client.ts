/**
 * The one user of Comlink in the renderer. A connection outlives engines: main hands over a new port after each
 * restart, and calls that were under way on the old one are rejected, so nothing waits for ever.
 */
import { wrap, type Remote } from "comlink";
import type { EngineApi } from "../../workers/contract.ts";
import type { EnginePortMessage } from "./bridge.ts";

/** returning: another engine is there, and what was open is being opened in it; calls wait. */
export type EngineState = "starting" | "ready" | "gone" | "returning";

export interface EngineConnection {
  /** Stable over restarts. Calls before the first port wait for it; calls while the engine is gone are rejected. */
  readonly api: EngineApi;
  /** Counts the engines of this window from 1; 0 before the first. */
  generation(): number;
  state(): EngineState;
  subscribe(listener: () => void): () => void;
  /**
   * What to do with each engine that takes the place of one that ended, over `api`, before any other call reaches it.
   * The connection is ready again when it resolves.
   */
  onReturn(restore: Restore): void;
  /** Main saw the engine end: rejects what is under way. */
  lost(): void;
  dispose(): void;
}

type Restore = (api: EngineApi) => Promise<void>;

/** Thrown by every call that the engine can no longer answer. */
export class EngineGoneError extends Error {
  constructor() {
    super("The engine ended before it answered.");
    this.name = "EngineGoneError";
  }
}

type Reject = (reason: EngineGoneError) => void;
type Method = (...parameters: unknown[]) => Promise<unknown>;

/** Listens for the ports that the preload passes on. */
export function connectEngine(target: Window): EngineConnection {
  const line = new PortLine();
  const onMessage = (event: MessageEvent<unknown>): void => {
    const port = event.ports[0];
    // The preload posts to this very window; nobody else may bring a port.
    if (event.source !== target || !isPortMessage(event.data) || port === undefined) return;
    line.open(port, event.data.generation);
  };
  target.addEventListener("message", onMessage);
  return {
    api: callsOver((name, parameters) => line.call(name, parameters)),
    generation: () => line.generation,
    state: () => line.state,
    subscribe: (listener) => line.subscribe(listener),
    onReturn: (restore) => {
      line.restore = () => restore(callsOver((name, parameters) => line.callNow(name, parameters)));
    },
    lost: () => line.close(),
    dispose: () => {
      target.removeEventListener("message", onMessage);
      line.close();
    },
  };
}

function isPortMessage(data: unknown): data is EnginePortMessage {
  return typeof data === "object" && data !== null && "kind" in data && data.kind === "engine-port";
}

/** Turns a property read into a call over whichever port is open then. */
function callsOver(call: (name: string, parameters: readonly unknown[]) => Promise<unknown>): EngineApi {
  const methods = new Map<PropertyKey, Method>();
  const api = new Proxy(Object.create(null) as Record<string, Method>, {
    get: (_, name) => {
      if (typeof name !== "string" || name === "then") return undefined;
      const known = methods.get(name);
      if (known !== undefined) return known;
      const method: Method = (...parameters) => call(name, parameters);
      methods.set(name, method);
      return method;
    },
  });
  return api as unknown as EngineApi;
}

class PortLine {
  state: EngineState = "starting";
  generation = 0;
  restore: () => Promise<void> = async () => undefined;
  private remote: Remote<Record<string, Method>> | undefined;
  private port: MessagePort | undefined;
  private readonly pending = new Set<Reject>();
  private readonly waiting = new Set<() => void>();
  private readonly listeners = new Set<() => void>();

  open(port: MessagePort, generation: number): void {
    this.rejectPending();
    this.port?.close();
    this.port = port;
    this.remote = wrap<Record<string, Method>>(port);
    port.addEventListener("close", () => {
      if (this.port === port) this.close();
    });
    const isOther = this.generation > 0 && this.generation !== generation;
    this.generation = generation;
    if (!isOther) return this.serve();
    this.change("returning");
    this.restore().then(
      () => this.port === port && this.serve(),
      (error: unknown) => {
        // The engine ended again meanwhile: the next one is restored in its turn.
        if (error instanceof EngineGoneError) return;
        if (this.port === port) this.serve();
        throw error;
      },
    );
  }

  close(): void {
    this.port?.close();
    this.port = undefined;
    this.remote = undefined;
    this.rejectPending();
    this.change("gone");
    this.release();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async call(name: string, parameters: readonly unknown[]): Promise<unknown> {
    if (this.state === "starting" || this.state === "returning") {
      await new Promise<void>((go) => this.waiting.add(go));
    }
    return this.callNow(name, parameters);
  }

  async callNow(name: string, parameters: readonly unknown[]): Promise<unknown> {
    const remote = this.remote;
    if (remote === undefined) throw new EngineGoneError();
    return new Promise((resolve, reject: (reason: unknown) => void) => {
      this.pending.add(reject);
      const method = remote[name] as Method;
      method(...parameters)
        .then(resolve, reject)
        .finally(() => this.pending.delete(reject));
    });
  }

  private serve(): void {
    this.change("ready");
    this.release();
  }

  private release(): void {
    for (const go of this.waiting) go();
    this.waiting.clear();
  }

  private rejectPending(): void {
    const gone = new EngineGoneError();
    for (const reject of this.pending) reject(gone);
    this.pending.clear();
  }

  private change(state: EngineState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
