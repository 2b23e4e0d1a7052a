import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import type { Grant } from "./bridge.ts";

/** What the engine may do with a path: read it, create it (it must not exist), or use it as a case file. */
export type Access = "read" | "write-new" | "case";

export interface GrantedPath {
  readonly grant: string;
  readonly path: string;
  readonly access: Access;
}

/** The file name extension of a case. */
export const caseExtension = ".exhibit";

/**
 * The paths that a dialog, a drop or the command line gave out since the start. The page holds only random ids; the
 * engine is told what they stand for by `announce`, and told all again when it is started anew.
 */
export class Grants {
  readonly #byId = new Map<string, GrantedPath>();
  readonly #byPath = new Map<string, GrantedPath>();
  readonly #announce: (granted: GrantedPath) => void;

  constructor(announce: (granted: GrantedPath) => void) {
    this.#announce = announce;
  }

  /** The same path with the same access keeps its id. */
  add(path: string, access: Access): GrantedPath {
    const absolute = resolve(path);
    const known = this.#byPath.get(`${access}:${absolute}`);
    if (known !== undefined) return known;
    const granted = { grant: randomBytes(16).toString("hex"), path: absolute, access };
    this.#byId.set(granted.grant, granted);
    this.#byPath.set(`${access}:${absolute}`, granted);
    this.#announce(granted);
    return granted;
  }

  pathOf(grant: string): string | undefined {
    return this.#byId.get(grant)?.path;
  }

  all(): Iterable<GrantedPath> {
    return this.#byId.values();
  }

  /** Grants what lies at a path for reading, or as a case by its extension; undefined when nothing is there. */
  async addExisting(path: string): Promise<Grant | undefined> {
    const found = await statOrUndefined(path);
    if (found === undefined) return undefined;
    if (found.isDirectory()) return this.describe(path, "folder", 0);
    const kind = extname(path).toLowerCase() === caseExtension ? "case" : "file";
    return this.describe(path, kind, found.size);
  }

  /** Grants a place for a case, whether or not it is there yet. */
  async addCase(path: string): Promise<Grant> {
    const found = await statOrUndefined(path);
    return this.describe(path, "case", found?.size ?? 0);
  }

  addTarget(path: string): Grant {
    return { grant: this.add(path, "write-new").grant, name: basename(path), bytes: 0, kind: "file" };
  }

  private describe(path: string, kind: Grant["kind"], bytes: number): Grant {
    const { grant } = this.add(path, kind === "case" ? "case" : "read");
    return { grant, name: basename(resolve(path)), bytes, kind };
  }
}

async function statOrUndefined(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
