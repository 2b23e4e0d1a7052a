/** `EngineApi` as it is served: every request checked, every Fault turned into data. */
import type { EngineApi } from "../contract.ts";
import { settle } from "../base/fault.ts";
import type { Engine } from "./engine.ts";
import { type MethodName, REQUESTS, validate } from "./validate.ts";

type Method = (...values: unknown[]) => Promise<unknown>;

/** These answer without a `Result`: what goes wrong in them rejects the call. */
const PLAIN: readonly MethodName[] = ["watchCase", "cancel", "close"];

export function engineApi(engine: Engine): EngineApi {
  const api: Record<string, Method> = {};
  for (const name of Object.keys(REQUESTS) as MethodName[]) {
    const call = async (values: readonly unknown[]): Promise<unknown> => {
      const checked = validate(name, values);
      return await (Reflect.apply(engine[name], engine, checked) as unknown);
    };
    api[name] = PLAIN.includes(name) ? (...values) => call(values) : (...values) => settle(() => call(values));
  }
  // `REQUESTS` has every method of `EngineApi` and no other, and `Engine` answers each as the contract says.
  return api as unknown as EngineApi;
}
