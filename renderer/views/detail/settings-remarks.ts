/** What the settings beside a session audit log say of one of its entries. Pure. */
import type { EntryDetail, SirenSettings } from "../../../workers/contract.ts";

/** A pattern without a wildcard that is the index of no hit and not what was searched has left nothing out here. */
function concerns(pattern: string, { fields }: EntryDetail): boolean {
  const values = (name: string): readonly string[] => fields.find((field) => field.name === name)?.values ?? [];
  if (pattern.includes("*") || values("target").includes(pattern)) return true;
  return values("data").some((data) => data.includes(`"_index":${JSON.stringify(pattern)}`));
}

/** Types whose answers hold what was found. */
const ANSWERED = /^(?:search|count|dataExport|systemSearch|globalSearch\w*|collectionsSearch)$/;

export function settingsRemarks(settings: SirenSettings, entry: EntryDetail): readonly string[] {
  const value = (name: string): string | undefined =>
    entry.fields.find((field) => field.name === name)?.values.find((text) => text !== "");
  const type = value("category") ?? "";
  const { loggedTypes, bodyTypes, responseBodies, filters, instanceName } = settings;
  const remarks: string[] = [];
  if (loggedTypes !== undefined && type !== "" && !loggedTypes.includes(type))
    remarks.push(`Entries of type ${type} are not logged by these settings: they must have been changed.`);
  if (ANSWERED.test(type) && !responseBodies)
    remarks.push("Bodies of answers are not logged: that none is here does not mean that nothing was found.");
  if (ANSWERED.test(type) && responseBodies) {
    const kind = type === "dataExport" ? "data-export" : "hit";
    for (const filter of filters)
      if (filter.kind === kind && concerns(filter.pattern, entry))
        remarks.push(`Index pattern ${filter.pattern}: ${filter.says}.`);
  }
  const saved = value("custom2");
  const hasBodies = value("old") !== undefined || value("new") !== undefined;
  if (type === "savedObject" && !hasBodies && (saved === undefined || !bodyTypes.includes(saved)))
    remarks.push("Bodies before and after are not logged for this saved object.");
  const instance = value("datasource");
  if (instanceName !== undefined && instance !== undefined && instance !== instanceName)
    remarks.push(`These settings are of the instance ${instanceName}: this entry came from elsewhere.`);
  return remarks;
}
