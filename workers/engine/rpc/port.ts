/**
 * One shape for the kinds of message port that the engine meets. The renderer's own shim, for a DOM port, lives in
 * `renderer/engine/client.ts`; both sides speak Comlink's wire format, one endpoint a connection.
 */
import type { Endpoint } from "comlink";

export interface RawPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the other side is gone. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Electron's port in a utility process; declared here because nothing in `workers` imports Electron. */
export interface PortMain {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** A `MessagePort`, `Worker` or `parentPort` of node:worker_threads. */
export interface NodePort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (value: unknown) => void): unknown;
  on(event: "close" | "exit", listener: () => void): unknown;
  close?(): void;
}

/** Electron hands over an event with `data` where Node hands over the value. */
export function fromPortMain(port: PortMain): RawPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on("message", (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => once(listener, (fire) => port.on("close", fire)),
    close: () => port.close(),
  };
}

export function fromNodePort(port: NodePort): RawPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on("message", listener),
    onClose: (listener) =>
      once(listener, (fire) => {
        port.on("close", fire);
        port.on("exit", fire);
      }),
    close: () => port.close?.(),
  };
}

function once(listener: () => void, subscribe: (fire: () => void) => void): void {
  let fired = false;
  subscribe(() => {
    if (fired) return;
    fired = true;
    listener();
  });
}

type Listener = (event: MessageEvent) => void;

/** Comlink's view of a port, with a way to hand it messages that never came over the port. */
export interface CallerEndpoint extends Endpoint {
  inject(data: unknown): void;
}

export function toEndpoint(port: RawPort, sent: (message: unknown) => void): CallerEndpoint {
  const listeners = new Set<Listener>();
  const inject = (data: unknown): void => {
    for (const listener of [...listeners]) listener({ data } as MessageEvent);
  };
  port.onMessage(inject);
  return {
    postMessage: (message) => {
      sent(message);
      port.send(message);
    },
    addEventListener: (_type, listener) => void listeners.add(listener as Listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener as Listener),
    inject,
  };
}
