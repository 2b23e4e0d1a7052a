/**
 * The one user of Comlink in the renderer. A connection outlives engines: main hands over a new port after each
 * restart, and calls that were under way on the old one are rejected, so nothing waits for ever.
 */
import { wrap, type Remote } from "comlink";
import type { EngineApi } from "../../workers/contract.ts";
import type { EnginePortMessage } from "./bridge.ts";

export type EngineState = "starting" | "ready" | "gone";

export interface EngineConnection {
  /** Stable over restarts. Calls before the first port wait for it; calls while the engine is gone are rejected. */
  readonly api: EngineApi;
  /** Counts the engines of this window from 1; 0 before the first. */
  generation(): number;
  state(): EngineState;
  subscribe(listener: () => void): () => void;
  /** Main saw the engine end: rejects what is under way. */
  lost(): void;
  dispose(): void;
}

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
    api: callsOver(line),
    generation: () => line.generation,
    state: () => line.state,
    subscribe: (listener) => line.subscribe(listener),
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
function callsOver(line: PortLine): EngineApi {
  const methods = new Map<PropertyKey, Method>();
  const api = new Proxy(Object.create(null) as Record<string, Method>, {
    get: (_, name) => {
      if (typeof name !== "string" || name === "then") return undefined;
      const known = methods.get(name);
      if (known !== undefined) return known;
      const method: Method = (...parameters) => line.call(name, parameters);
      methods.set(name, method);
      return method;
    },
  });
  return api as unknown as EngineApi;
}

class PortLine {
  state: EngineState = "starting";
  generation = 0;
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
    this.generation = generation;
    this.change("ready");
    for (const go of this.waiting) go();
    this.waiting.clear();
  }

  close(): void {
    this.port?.close();
    this.port = undefined;
    this.remote = undefined;
    this.rejectPending();
    this.change("gone");
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async call(name: string, parameters: readonly unknown[]): Promise<unknown> {
    if (this.state === "starting") await new Promise<void>((go) => this.waiting.add(go));
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
