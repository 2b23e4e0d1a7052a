import { expect } from "vitest";
import { faultOf } from "../../../workers/base/fault.ts";
import type { Fault } from "../../../workers/contract.ts";

/** The fault that `work` ends with; anything else fails the test. */
export function faultFrom(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    return known(error);
  }
  return expect.fail("it went well");
}

export async function faultFromAsync(work: () => Promise<unknown>): Promise<Fault> {
  try {
    await work();
  } catch (error) {
    return known(error);
  }
  return expect.fail("it went well");
}

function known(error: unknown): Fault {
  const fault = faultOf(error);
  if (fault === undefined) throw error;
  return fault;
}
