/** Defects of Exhibit itself: what a carrier or format throws and is no fault costs one member, not the import. */
import { fault, faultOf } from "../base/fault.ts";
import type { Fault } from "../contract.ts";

export class Defect extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }

  /** Runs code of carriers and formats. */
  static guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw faultOf(error) === undefined ? new Defect(error) : error;
    }
  }
}

/** What the reader of the case is told of it. */
export function defect(member: string, offset: number, cause: unknown): Fault {
  const why = cause instanceof Error ? cause.message : String(cause);
  return fault(
    "format.unfit",
    `Exhibit broke off near byte ${offset} of ${member} (${why}); what follows was not read. This is a defect of Exhibit.`,
    "Import it again as plain text lines, and report the defect with the name of the format.",
    { member, offset },
  );
}
