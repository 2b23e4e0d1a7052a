/** The calling side of a connection: Comlink's proxy, whose calls end when the port does. */
import { wrap } from "comlink";
import type { Fault } from "../../contract.ts";
import { type RawPort, toEndpoint } from "./port.ts";

export interface Connection<Api> {
  readonly api: Api;
  close(): void;
}

/**
 * `Api` must consist of methods that return promises. A call that is pending when the port dies, or made afterwards,
 * is rejected with an error that carries `gone` as its `fault`.
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
  // Comlink's Remote<> adds construct, GET and SET, all of which the serving side refuses.
  return { api: wrap(endpoint) as unknown as Api, close: () => port.close() };
}

function idOf(message: unknown): string | undefined {
  if (typeof message !== "object" || message === null || !("id" in message)) return undefined;
  return typeof message.id === "string" ? message.id : undefined;
}
