/**
 * The tables of an identity ledger: their columns and what else those may be called. The vendor publishes no layout that
 * can be read offline, so this one is ours (format page of RadiantOne, section 5, "Ledger layout"); assets and perimeters
 * follow the layout of applications.
 */
import type { LedgerKind } from "../contract.ts";

export interface LedgerColumn {
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly isRequired: boolean;
}

const column = (name: string, ...synonyms: readonly string[]): LedgerColumn => ({ name, synonyms, isRequired: false });
const required = (name: string, ...synonyms: readonly string[]): LedgerColumn => ({ name, synonyms, isRequired: true });

const displayName = column("display_name", "displayname", "cn", "label");
const repository = ["domain", "directory", "source", "realm"] as const;

export const LEDGER_COLUMNS: Readonly<Record<LedgerKind, readonly LedgerColumn[]>> = {
  account: [
    required("login", "account", "accountname", "username", "user", "samaccountname", "uid"),
    required("repository", ...repository),
    column("native_id", "sid", "objectsid", "nativeid", "guid", "dn"),
    column("identity", "identityid", "hrcode", "employeeid", "personid"),
    displayName,
    column("status", "state", "enabled"),
  ],
  identity: [
    required("hrcode", "id", "identityid", "employeeid", "personid"),
    column("givenname", "firstname"),
    column("surname", "lastname", "sn", "name"),
    column("mail", "email"),
    column("organisation", "department", "organization", "orgcode"),
  ],
  group: [
    required("name", "group", "cn"),
    column("repository", ...repository),
    column("display_name", "displayname", "label"),
  ],
  permission: [
    required("code", "permission", "name", "right"),
    column("application", "app"),
    column("display_name", "label"),
  ],
  application: [
    required("code", "application", "name", "app"),
    column("parent", "parentcode"),
    column("display_name", "label"),
  ],
  organisation: [required("code", "orgcode", "id"), column("parent", "parentcode"), column("name", "label")],
  asset: [required("code", "asset", "name", "id"), column("parent", "parentcode"), column("display_name", "label")],
  repository: [required("code", "repository", "domain", "id"), column("name", "label"), column("type", "kind")],
  perimeter: [
    required("code", "perimeter", "name", "id"),
    column("parent", "parentcode"),
    column("display_name", "label"),
  ],
};

/** Names of columns compare without case, blanks, `_` and `-`. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

const FILE_WORDS: readonly (readonly [word: string, kind: LedgerKind])[] = [
  ["accounts", "account"],
  ["identities", "identity"],
  ["groups", "group"],
  ["permissions", "permission"],
  ["applications", "application"],
  ["organisations", "organisation"],
  ["organizations", "organisation"],
  ["assets", "asset"],
  ["repositories", "repository"],
  ["perimeters", "perimeter"],
];

/** The kind of a table by the name of its file (`accounts.csv`, `Accounts_AD.csv`); undefined = a person has to say. */
export function kindOfFile(name: string): LedgerKind | undefined {
  const stem = /([^/\\]+)\.csv$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return FILE_WORDS.find(([word]) => stem.startsWith(word) && !/^\p{L}/u.test(stem.slice(word.length)))?.[1];
}

/** "accounts" or "account", for a kind that a person names. */
export function kindNamed(word: string): LedgerKind | undefined {
  const wanted = word.toLowerCase();
  return FILE_WORDS.find(([plural, kind]) => plural === wanted || kind === wanted)?.[1];
}
