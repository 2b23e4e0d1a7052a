import type { Fault, FaultCode, Result } from "../contract.ts";

/** A `Fault` on its way up a stack. It is turned into a `Result` where a request or a member ends. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault, cause?: unknown) {
    super(fault.message, cause === undefined ? undefined : { cause });
    this.name = "FaultError";
    this.fault = fault;
  }
}

export type FaultPlace = Pick<Fault, "source" | "member" | "offset" | "suggestions">;

export function fault(code: FaultCode, message: string, next: string, place: FaultPlace = {}): Fault {
  return { code, message, next, ...place };
}

export function raise(code: FaultCode, message: string, next: string, place: FaultPlace = {}, cause?: unknown): never {
  throw new FaultError(fault(code, message, next, place), cause);
}

/** The fault inside an error, or undefined when the error is a bug. */
export function faultOf(error: unknown): Fault | undefined {
  return error instanceof FaultError ? error.fault : undefined;
}

/** Runs a request to its result: faults become data, bugs go on as errors. */
export async function settle<T>(work: () => Promise<T> | T): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const known = faultOf(error);
    if (known === undefined) throw error;
    return { ok: false, fault: known };
  }
}
