/** The calling side of a connection: Comlink's proxy, whose calls end when the port does. */
import { type Remote, wrap } from "comlink";
import { FaultError } from "../../base/fault.ts";
import type { Fault } from "../../contract.ts";
import { type RawPort, toEndpoint } from "./port.ts";

export interface Connection<Api> {
  readonly api: Api;
  close(): void;
}

type Method = (...values: unknown[]) => Promise<unknown>;

/**
 * `Api` must consist of methods that return promises. A Fault thrown on the other side is thrown here as a FaultError.
 * A call that is pending when the port dies, or made afterwards, is rejected with `gone`.
 */
export function connect<Api extends object>(port: RawPort, gone: Fault): Connection<Api> {
  const pending = new Set<string>();
  let isGone = false;
  const fail = (id: string): void => {
    pending.delete(id);
    const value = { name: "PortClosedError", message: gone.message, fault: gone };
    endpoint.inject({ id, type: "HANDLER", name: "throw", value: { isError: true, value } });
  };
  const endpoint = toEndpoint(port, (message) => {
    const id = idOf(message);
    if (id === undefined) return;
    pending.add(id);
    if (isGone) queueMicrotask(() => fail(id));
  });
  endpoint.addEventListener("message", (event: Event) => {
    const id = idOf((event as MessageEvent).data);
    if (id !== undefined) pending.delete(id);
  });
  port.onClose(() => {
    isGone = true;
    for (const id of [...pending]) fail(id);
  });
  return { api: calls<Api>(wrap<Record<string, Method>>(endpoint)), close: () => port.close() };
}

/** Method calls only: what else Comlink's proxy offers, the serving side refuses. */
function calls<Api extends object>(remote: Remote<Record<string, Method>>): Api {
  const methods = new Map<string, Method>();
  const target: object = Object.create(null);
  const proxy = new Proxy(target, {
    get(_target, name) {
      if (typeof name !== "string" || name === "then") return undefined;
      const known = methods.get(name);
      if (known !== undefined) return known;
      const method: Method = async (...values) => {
        try {
          return await remote[name]?.(...values);
        } catch (error) {
          throw asThrown(error);
        }
      };
      methods.set(name, method);
      return method;
    },
  });
  return proxy as Api;
}

/** An error keeps its name and message over a port, and a Fault that it carries. */
function asThrown(error: unknown): unknown {
  if (!(error instanceof Error) || !("fault" in error)) return error;
  return new FaultError(error.fault as Fault);
}

function idOf(message: unknown): string | undefined {
  if (typeof message !== "object" || message === null || !("id" in message)) return undefined;
  return typeof message.id === "string" ? message.id : undefined;
}
