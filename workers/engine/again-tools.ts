import type { GrantId } from "../contract.ts";

/** What importing again takes from the engine. */
export interface AgainTools {
  grant(path: string, name: string): GrantId;
  passwords(name: string): readonly string[];
  digest(path: string): Promise<string>;
}
