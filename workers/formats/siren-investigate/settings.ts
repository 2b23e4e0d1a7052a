/**
 * The customer's investigate.yml as a hint: which entries could be there at all. Only the keys named here are read;
 * everything else, passwords above all, is passed over. Source: the vendor's settings reference.
 */
import * as v from "valibot";
import { parseDocument } from "yaml";
import type { SirenSettings } from "../../contract.ts";

/** The nine types of the current releases; later ones add more, so a type that is not among them is not judged. */
const TYPES = [
  "ui",
  "search",
  "count",
  "savedObject",
  "auth",
  "security",
  "dataExport",
  "dev",
  "systemSearch",
] as const;
const USUAL_BATCH = 100;
/** Aliases that may be followed: a file made to harm could otherwise grow without end. */
const MOST_ALIASES = 100;

export type ReadSettings =
  | { readonly kind: "read"; readonly settings: Omit<SirenSettings, "origin" | "modified"> }
  /** Why it serves as no hint, in words. */
  | { readonly kind: "refused"; readonly reason: string };

/** What may be absent; a key whose value is left out (`null`) says no more than none. */
function maybe<const Schema extends v.GenericSchema>(schema: Schema) {
  return v.pipe(
    v.nullish(schema),
    v.transform((value) => value ?? undefined),
  );
}

const texts = v.array(v.string());
const filter = v.object({
  type: v.nullish(v.picklist(["hit", "data-export"]), "hit"),
  configuration: v.nullish(
    v.object({
      pattern: v.nullish(v.string(), "*"),
      includes: v.nullish(texts, []),
      excludes: v.nullish(texts, []),
    }),
    {},
  ),
});
const output = v.object({
  elasticsearch: maybe(
    v.object({
      index_prefix: maybe(v.string()),
      index_interval: maybe(v.string()),
      queue_size: maybe(v.number()),
    }),
  ),
});
const audit = v.object({
  enabled: v.nullish(v.boolean(), true),
  logged_types: maybe(texts),
  logged_saved_object_types: maybe(texts),
  logged_saved_object_body_types: v.nullish(texts, []),
  log_response_body: v.nullish(v.boolean(), false),
  log_response_filters: v.nullish(v.array(filter), []),
  log_export_batch_size: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000)), USUAL_BATCH),
  log_header_names: maybe(texts),
  log_remote_ip_from_header_name: maybe(v.string()),
  outputs: v.nullish(v.array(output), []),
});
type Audit = v.InferOutput<typeof audit>;
type Filter = Audit["log_response_filters"][number];

/** Pure. */
export function readSettings(text: string): ReadSettings {
  const document = parseDocument(text, { strict: true, uniqueKeys: true, logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined) return refused(`it is no valid YAML (line ${error.linePos?.[0].line ?? 1})`);
  const root = plain(() => document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown);
  const found = keysBelow(root, "siren_audit");
  if (found === undefined) return refused("it has no siren_audit key");
  const parsed = v.safeParse(audit, found);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return refused(`siren_audit.${v.getDotPath(issue) ?? ""} is not what it should be`);
  }
  const name = keysBelow(root, "investigate_core")?.["instance_name"];
  return { kind: "read", settings: settingsOf(parsed.output, typeof name === "string" ? name : undefined) };
}

function refused(reason: string): ReadSettings {
  return { kind: "refused", reason };
}

/** Too many aliases end in an error: then nothing is taken. */
function plain(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Keys may be nested or dotted: `siren_audit.enabled` at the top says what `enabled` below `siren_audit` does. */
function keysBelow(root: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(root)) return undefined;
  const nested = root[name];
  const dotted = Object.entries(root).filter(([key]) => key.startsWith(`${name}.`));
  if (!isRecord(nested) && dotted.length === 0) return undefined;
  const inner = isRecord(nested) ? Object.entries(nested).filter(([, value]) => value !== null) : [];
  return Object.fromEntries([...dotted.map(([key, value]) => [key.slice(name.length + 1), value] as const), ...inner]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function settingsOf(given: Audit, instanceName: string | undefined): Omit<SirenSettings, "origin" | "modified"> {
  const filters = given.log_response_filters.map((each) => ({
    kind: each.type,
    pattern: each.configuration.pattern,
    says: filterWords(each),
  }));
  return {
    says: statements(given, filters, instanceName),
    ...(given.logged_types === undefined ? {} : { loggedTypes: given.logged_types }),
    bodyTypes: given.logged_saved_object_body_types,
    responseBodies: given.log_response_body,
    filters,
    exportBatch: given.log_export_batch_size,
    ...(instanceName === undefined ? {} : { instanceName }),
  };
}

/** Types that the settings leave out, of those that every current release knows. */
function neverLogged({ logged_types }: Audit): readonly string[] {
  return logged_types === undefined ? [] : TYPES.filter((type) => !logged_types.includes(type));
}

function filterWords({ configuration: { includes, excludes } }: Filter): string {
  if (excludes.includes("*")) return "all fields left out by configuration";
  const left = excludes.length === 0 ? undefined : `${excludes.join(", ")} left out by configuration`;
  const kept = includes.length === 0 ? undefined : `only ${includes.join(", ")} kept by configuration`;
  return [kept, left].filter((part) => part !== undefined).join(", ") || "nothing left out";
}

function statements(
  given: Audit,
  filters: SirenSettings["filters"],
  instanceName: string | undefined,
): readonly string[] {
  const never = neverLogged(given);
  const saved = given.logged_saved_object_types;
  const bodies = given.logged_saved_object_body_types;
  const outputs = given.outputs.flatMap(({ elasticsearch }) => elasticsearch ?? []);
  return [
    ...(given.enabled ? [] : ["the audit is switched off: no entry could come from this instance"]),
    ...(never.length === 0 ? [] : [`never logged by configuration: ${never.join(", ")}`]),
    ...(saved === undefined ? [] : [`saved objects are logged of these types only: ${saved.join(", ") || "none"}`]),
    `bodies before and after are logged of ${bodies.length === 0 ? "no saved object" : `saved objects of type ${bodies.join(", ")}`}`,
    given.log_response_body
      ? "bodies of answers are logged"
      : "bodies of answers are not logged: no entry shows what a search or an export found",
    ...filters.map(({ kind, pattern, says }) => `${kind === "hit" ? "hits" : "exported rows"} of ${pattern}: ${says}`),
    `an export is logged in batches of ${given.log_export_batch_size} rows`,
    ...(given.log_header_names === undefined ? [] : [`headers logged by name: ${given.log_header_names.join(", ")}`]),
    ...(given.log_remote_ip_from_header_name === undefined
      ? []
      : [`the client's address is taken from the header ${given.log_remote_ip_from_header_name}`]),
    ...outputs.flatMap(({ index_prefix, index_interval, queue_size }) => [
      ...(index_prefix === undefined ? [] : [`indices are called ${index_prefix}…`]),
      ...(index_interval === undefined ? [] : [`a new index begins ${index_interval}`]),
      ...(queue_size === undefined
        ? []
        : [`up to ${queue_size} entries wait while the output is down; beyond that the oldest are lost`]),
    ]),
    ...(instanceName === undefined ? [] : [`the instance is called ${instanceName}`]),
  ];
}
