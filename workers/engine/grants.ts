/** Which paths the renderer may name: it holds ids only, main and the command line say what they stand for. */
import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import type { Fault, GrantId } from "../contract.ts";
import { FaultError, raise } from "../base/fault.ts";

/** read: an evidence file or folder. write-new: a file to be made. case: a case file, existing or to be made. */
export type Access = "read" | "write-new" | "case";

interface Granted {
  readonly path: string;
  readonly access: Access;
  /** What a source of it is called: of a file found in a folder, its path from there. */
  readonly name: string;
  /** Why nothing may be done with it: it is listed only. */
  readonly problem: Fault | undefined;
}

export class GrantTable {
  readonly #granted = new Map<string, Granted>();
  /** Grants that the engine made itself, by path and name. */
  readonly #own = new Map<string, GrantId>();

  /** Under an id that main chose. */
  set(grant: GrantId, path: string, access: Access): void {
    this.#granted.set(grant, { path, access, name: basename(path), problem: undefined });
  }

  /** Under an id of its own: for callers in the same process. */
  add(path: string, access: Access): GrantId {
    const grant = freshId();
    this.set(grant, path, access);
    return grant;
  }

  /** What was found inside a granted folder: the same thing found again keeps its id. */
  addFound(path: string, name: string, problem: Fault | undefined): GrantId {
    const key = JSON.stringify([path, name]);
    const grant = this.#own.get(key) ?? freshId();
    this.#own.set(key, grant);
    this.#granted.set(grant, { path, access: "read", name, problem });
    return grant;
  }

  /** The path, when it was granted for one of these uses. Faults: request.invalid; why a thing found is only listed. */
  path(grant: GrantId, ...allowed: readonly Access[]): string {
    return this.#require(grant, allowed).path;
  }

  /** Path and name of what is to be read. Faults: as `path`. */
  file(grant: GrantId, ...allowed: readonly Access[]): { readonly path: string; readonly name: string } {
    const { path, name } = this.#require(grant, allowed);
    return { path, name };
  }

  /** What it is called; "" for an unknown grant. */
  name(grant: GrantId): string {
    return this.#granted.get(grant)?.name ?? "";
  }

  /** What stands against a thing that was found in a folder. */
  problem(grant: GrantId): Fault | undefined {
    return this.#granted.get(grant)?.problem;
  }

  #require(grant: GrantId, allowed: readonly Access[]): Granted {
    const granted = this.#granted.get(grant);
    if (granted === undefined || !allowed.includes(granted.access)) {
      return raise("request.invalid", "The engine was given no such file.", "Choose the file again in the dialog.");
    }
    if (granted.problem !== undefined) throw new FaultError(granted.problem);
    return granted;
  }
}

/** Never one that an engine before this one gave out. */
function freshId(): GrantId {
  return randomBytes(16).toString("hex") as GrantId;
}
