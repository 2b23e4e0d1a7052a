/** Account names of the evidence itself: passwd and group files, and which of them speak for a log. */
import { decodeUtf8, latin1Of } from "../base/bytes.ts";
import type { IdentityNames } from "../contract.ts";
import { identityLines } from "./asides.ts";

/** One passwd or group file. */
export interface IdentityFile {
  readonly kind: "passwd" | "group";
  /** Path with folders parted by "/". */
  readonly path: string;
  /** Names by number, as decimal text. */
  readonly names: ReadonlyMap<string, string>;
}

const MAX_NAMES = 65_536;
/** More than that many names need. */
export const MAX_IDENTITY_BYTES = 16 * 1024 * 1024;

/** Of two accounts with one number the first counts, as for the system that the file is from. */
export function readIdentityFile(kind: IdentityFile["kind"], path: string, bytes: Uint8Array): IdentityFile {
  const names = new Map<string, string>();
  for (const line of identityLines(latin1Of(bytes), true)) {
    const [name = "", , number = ""] = line.split(":");
    if (!/^\d+$/.test(number) || name === "") continue;
    const id = String(Number(number));
    if (!names.has(id)) names.set(id, decodeUtf8(name).text);
    if (names.size === MAX_NAMES) break;
  }
  return { kind, path, names };
}

/**
 * The names that hold for a log: those of the files nearest to it, by the folders that their paths share. A file in an
 * `etc` folder speaks only for what lies below the folder that `etc` is in, which is one host. undefined where there is
 * none, or where two that lie equally near disagree.
 */
export function namesFor(
  path: string,
  beside: readonly (IdentityFile | { readonly kind: "settings" })[],
): IdentityNames | undefined {
  const files = beside.filter((file) => file.kind !== "settings");
  const passwd = nearest(
    path,
    files.filter(({ kind }) => kind === "passwd"),
  );
  const group = nearest(
    path,
    files.filter(({ kind }) => kind === "group"),
  );
  if (passwd === undefined && group === undefined) return undefined;
  const origin = [passwd, group].flatMap((file) => file?.path ?? []).join(", ");
  return { origin, users: record(passwd), groups: record(group) };
}

function nearest(path: string, files: readonly IdentityFile[]): IdentityFile | undefined {
  const near = files
    .filter((file) => path.startsWith(rootOf(file.path)))
    .map((file) => ({ file, shared: sharedFolders(path, file.path) }));
  const most = Math.max(...near.map(({ shared }) => shared));
  const best = near.filter(({ shared }) => shared === most).map(({ file }) => file);
  // `passwd-` is the backup that the system keeps of `passwd`.
  const named = best.filter(({ kind, path: own }) => own.endsWith(kind));
  const [first, ...others] = named.length > 0 ? named : best;
  return first !== undefined && others.every((other) => isSame(first, other)) ? first : undefined;
}

function isSame(a: IdentityFile, b: IdentityFile): boolean {
  return a.names.size === b.names.size && [...a.names].every(([id, name]) => b.names.get(id) === name);
}

/** Folder whose files an identity file speaks for. */
function rootOf(path: string): string {
  return /^(.*\/|)etc\/[^/]*$/.exec(path)?.[1] ?? "";
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split("/").slice(0, -1), b.split("/").slice(0, -1)];
  const differs = left.findIndex((folder, at) => folder !== right[at]);
  return differs === -1 ? left.length : differs;
}

function record(file: IdentityFile | undefined): Record<string, string> {
  return Object.fromEntries(file?.names ?? []);
}
