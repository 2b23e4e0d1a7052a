/** What the settings file of a Siren Investigate (investigate.yml) says of its audit log. Nothing else of it is kept. */
export interface SirenSettings {
  /** Path of the settings file. */
  readonly origin: string;
  /** When the file was changed, in µs since 1970: what it says holds for then, not for the time of the log. */
  readonly modified: number | undefined;
  /** Each statement as a sentence, for people. */
  readonly says: readonly string[];
  /** Types of entries that are logged; undefined where the settings leave all of them on. */
  readonly loggedTypes?: readonly string[];
  readonly bodyTypes: readonly string[];
  readonly responseBodies: boolean;
  /** Fields that are left out of the hits of an index, by the pattern of the index. */
  readonly filters: readonly {
    readonly kind: "hit" | "data-export";
    readonly pattern: string;
    readonly says: string;
  }[];
  /** Rows an entry of a data export. */
  readonly exportBatch: number;
  readonly instanceName?: string;
}
