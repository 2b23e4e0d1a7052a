/**
 * The one table of names of the canonical model: short names (screen and query), the vendor's long names and the dotted
 * names of the format pages. Source: RadiantOne Identity Analytics, audit log target definition (28 standard and 19
 * custom fields); `level` is Exhibit's own.
 */
import { CANONICAL, type CanonicalName } from "../contract.ts";

export interface CanonicalField {
  readonly name: CanonicalName | "time";
  readonly long: string;
  readonly dotted: string;
  readonly title: string;
  /**
   * dict: counted by value (a field that grows too many values goes on as hash64). hash64: told apart by hash, text read
   * from the bytes. reread: never a column.
   */
  readonly storage: "time" | "dict" | "hash64" | "reread";
}

const standard: readonly CanonicalField[] = [
  { name: "time", long: "date", dotted: "when.date", title: "Time", storage: "time" },
  { name: "tenant", long: "mandant", dotted: "mandant", title: "Tenant", storage: "dict" },
  { name: "datasource", long: "datasource", dotted: "datasource", title: "Data source", storage: "dict" },
  { name: "ref", long: "externalref", dotted: "externalref", title: "Reference", storage: "hash64" },
  { name: "family", long: "family", dotted: "family", title: "Family", storage: "dict" },
  { name: "from", long: "wheresource", dotted: "where.source", title: "From", storage: "dict" },
  { name: "to", long: "wheredestination", dotted: "where.destination", title: "Host", storage: "dict" },
  { name: "actor", long: "whologin", dotted: "who.login", title: "Actor", storage: "dict" },
  { name: "domain", long: "whorepository", dotted: "who.repository", title: "Domain", storage: "dict" },
  { name: "person", long: "whoidentity", dotted: "who.identity", title: "Person", storage: "dict" },
  { name: "session", long: "whosessionid", dotted: "who.sessionid", title: "Session", storage: "dict" },
  { name: "category", long: "whateventcategory", dotted: "what.category", title: "Category", storage: "dict" },
  { name: "code", long: "whateventcode", dotted: "what.code", title: "Code", storage: "dict" },
  { name: "event", long: "whateventcodelabel", dotted: "what.codelabel", title: "Event", storage: "dict" },
  { name: "action", long: "whataction", dotted: "what.action", title: "Action", storage: "dict" },
  { name: "payload", long: "whatpayload", dotted: "what.payload", title: "Payload", storage: "hash64" },
  { name: "outcome", long: "whatstatus", dotted: "what.status", title: "Outcome", storage: "dict" },
  { name: "count", long: "whatcount", dotted: "what.count", title: "Count", storage: "dict" },
  { name: "label", long: "whatdisplaylabel", dotted: "what.displaylabel", title: "Label", storage: "dict" },
  { name: "target.type", long: "whattargettype", dotted: "what.targettype", title: "Target type", storage: "dict" },
  { name: "target", long: "whattargetname", dotted: "what.targetname", title: "Target", storage: "dict" },
  {
    name: "target.parent",
    long: "whattargetparent",
    dotted: "what.targetparent",
    title: "Target parent",
    storage: "dict",
  },
  {
    name: "target2.type",
    long: "whattarget2type",
    dotted: "what.target2type",
    title: "Second target type",
    storage: "dict",
  },
  { name: "target2", long: "whattarget2name", dotted: "what.target2name", title: "Second target", storage: "dict" },
  {
    name: "target2.parent",
    long: "whattarget2parent",
    dotted: "what.target2parent",
    title: "Second target parent",
    storage: "dict",
  },
  { name: "old", long: "whatoldvalue", dotted: "what.oldvalue", title: "Old value", storage: "hash64" },
  { name: "new", long: "whatnewvalue", dotted: "what.newvalue", title: "New value", storage: "hash64" },
  { name: "data", long: "whatdata", dotted: "what.data", title: "Data", storage: "reread" },
  { name: "level", long: "level", dotted: "level", title: "Level", storage: "dict" },
];

const custom: readonly CanonicalField[] = CANONICAL.filter((name) => name.startsWith("custom")).map((name) => ({
  name,
  long: name,
  dotted: name,
  title: `Custom ${name.slice("custom".length)}`,
  storage: "dict",
}));

export const CANONICAL_FIELDS: readonly CanonicalField[] = [...standard, ...custom];

const bySpelling = new Map<string, CanonicalField>();
for (const field of CANONICAL_FIELDS) {
  for (const spelling of [field.name, field.long, field.dotted]) bySpelling.set(spelling.toLowerCase(), field);
}
bySpelling.set("host", CANONICAL_FIELDS.find((field) => field.name === "to") as CanonicalField);

/** Any spelling of a canonical field, without regard to case. */
export function canonicalField(spelling: string): CanonicalField | undefined {
  return bySpelling.get(spelling.toLowerCase());
}
