/** Which paths the renderer may name: it holds ids only, main and the command line say what they stand for. */
import type { GrantId } from "../contract.ts";
import { raise } from "../base/fault.ts";

/** read: an evidence file. write-new: a file to be made. case: a case file, existing or to be made. */
export type Access = "read" | "write-new" | "case";

interface Granted {
  readonly path: string;
  readonly access: Access;
}

export class GrantTable {
  readonly #granted = new Map<string, Granted>();
  #next = 1;

  /** Under an id that main chose. */
  set(grant: GrantId, path: string, access: Access): void {
    this.#granted.set(grant, { path, access });
  }

  /** Under an id of its own: for callers in the same process. */
  add(path: string, access: Access): GrantId {
    const grant = `local-${this.#next++}` as GrantId;
    this.set(grant, path, access);
    return grant;
  }

  /** The path, when it was granted for one of these uses. */
  path(grant: GrantId, ...allowed: readonly Access[]): string {
    const granted = this.#granted.get(grant);
    if (granted !== undefined && allowed.includes(granted.access)) return granted.path;
    raise("request.invalid", "The engine was given no such file.", "Choose the file again in the dialog.");
  }
}
