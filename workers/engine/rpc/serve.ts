/**
 * The answering side of a connection, in place of `Comlink.expose`, which walks prototype chains and so lets a caller
 * reach `constructor.constructor`: remote code execution. Here only own methods of the given object can be applied;
 * everything else is answered with a TypeError.
 */
import type { Fault } from "../../contract.ts";
import { faultOf } from "../../base/fault.ts";
import type { RawPort } from "./port.ts";

type Method = (...values: unknown[]) => unknown;
type Wire = Record<string, unknown>;

/** `api` holds the methods as own properties. `onError` hears of bugs: what was thrown and is no Fault. */
export function serve(api: object, port: RawPort, onError: (error: unknown) => void): void {
  const methods = ownMethods(api);
  port.onMessage((message) => {
    if (!isWire(message) || typeof message["id"] !== "string") return;
    const id = message["id"];
    void answer(methods, message, onError).then((reply) => send(port, id, reply));
  });
}

function ownMethods(api: object): Readonly<Record<string, Method>> {
  const methods: Record<string, Method> = Object.create(null);
  for (const [name, value] of Object.entries(api)) {
    if (typeof value === "function") methods[name] = (...values) => Reflect.apply(value, api, values) as unknown;
  }
  return Object.freeze(methods);
}

async function answer(
  methods: Readonly<Record<string, Method>>,
  call: Wire,
  onError: (error: unknown) => void,
): Promise<Wire> {
  try {
    if (call["type"] === "RELEASE") return raw(undefined);
    const method = methodOf(methods, call);
    if (method === undefined) return thrown(new TypeError(`refused: ${describe(call)}`));
    return raw(await method(...argumentsOf(call)));
  } catch (error) {
    if (faultOf(error) === undefined) onError(error);
    return thrown(error);
  }
}

function methodOf(methods: Readonly<Record<string, Method>>, call: Wire): Method | undefined {
  const path = call["path"];
  if (call["type"] !== "APPLY" || !Array.isArray(path) || path.length !== 1) return undefined;
  const name: unknown = path[0];
  return typeof name === "string" && Object.hasOwn(methods, name) ? methods[name] : undefined;
}

function argumentsOf(call: Wire): unknown[] {
  const list = call["argumentList"];
  if (!Array.isArray(list)) throw new TypeError("refused: no argument list");
  return list.map((item: unknown) => {
    if (!isWire(item) || item["type"] !== "RAW") throw new TypeError("refused: arguments must be plain data");
    return item["value"];
  });
}

function describe(call: Wire): string {
  const path = Array.isArray(call["path"]) ? call["path"].map(String).join(".") : "";
  return `${String(call["type"])} ${path}`.slice(0, 200);
}

function send(port: RawPort, id: string, reply: Wire): void {
  try {
    port.send({ ...reply, id });
  } catch {
    // The value was no plain data: the caller must hear of it rather than wait for ever.
    port.send({ ...thrown(new TypeError("the answer cannot cross a port")), id });
  }
}

function raw(value: unknown): Wire {
  return { type: "RAW", value };
}

/** Comlink's spelling of a thrown error; a Fault travels with it as data, a stack never. */
function thrown(error: unknown): Wire {
  const fault: Fault | undefined = faultOf(error);
  const name = error instanceof Error ? error.name : "Error";
  const message = error instanceof Error ? error.message : String(error);
  const value = fault === undefined ? { name, message } : { name, message, fault };
  return { type: "HANDLER", name: "throw", value: { isError: true, value } };
}

function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
