/** The settings of a Siren Investigate that lie beside its audit log, as a hint to what could not be in it. */
import { utf8Text } from "../base/bytes.ts";
import type { SirenSettings } from "../contract.ts";
import { readSettings } from "../formats/siren-investigate/settings.ts";
import type { IdentityFile } from "./identity.ts";

export interface SettingsFile {
  readonly kind: "settings";
  /** Path with folders parted by "/". */
  readonly path: string;
  readonly settings: SirenSettings;
}
/** What lies beside logs and says something of them. */
export type BesideFile = IdentityFile | SettingsFile;

/** More than settings need. */
export const MAX_SETTINGS_BYTES = 1024 * 1024;

/** undefined: it serves as no hint. `modified` in µs since 1970. */
export function readSettingsFile(
  path: string,
  bytes: Uint8Array,
  modified: number | undefined,
): SettingsFile | undefined {
  const read = readSettings(utf8Text(bytes));
  if (read.kind === "refused") return undefined;
  return { kind: "settings", path, settings: { ...read.settings, origin: path, modified } };
}

/** The settings nearest to a log, by the folders that their paths share; undefined where two lie equally near. */
export function settingsFor(path: string, files: readonly BesideFile[]): SirenSettings | undefined {
  const own = files.filter((file) => file.kind === "settings");
  const near = own.map((file) => ({ file, shared: sharedFolders(path, file.path) }));
  const most = Math.max(...near.map(({ shared }) => shared));
  const [first, ...others] = near.filter(({ shared }) => shared === most);
  return others.length === 0 ? first?.file.settings : undefined;
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split("/").slice(0, -1), b.split("/").slice(0, -1)];
  const differs = left.findIndex((folder, at) => folder !== right[at]);
  return differs === -1 ? left.length : differs;
}
