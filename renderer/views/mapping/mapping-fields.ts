/** The columns of the attribute mapping as the form shows them: grouped, with words, and the field that each one fills. */

interface MappingField {
  readonly column: string;
  readonly title: string;
  /** Column of a preview; undefined for what becomes no field. */
  readonly name: string | undefined;
}
export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly MappingField[];
}

const field = (column: string, title: string, name: string | undefined): MappingField => ({ column, title, name });

/** In the order of the canonical model, which is that of the file but for the groups. */
export const FIELD_GROUPS: readonly FieldGroup[] = [
  {
    title: "When and where from",
    fields: [
      field("log_date", "Date", "time"),
      field("log_datasource", "Data source", "datasource"),
      field("log_externalref", "Reference", "ref"),
      field("log_family", "Family", "family"),
      field("log_mandant", "Tenant", "tenant"),
      field("log_wheresource", "From", "from"),
      field("log_wheredestination", "Host", "to"),
    ],
  },
  {
    title: "Who",
    fields: [
      field("log_whologin", "Login", "actor"),
      field("log_whorepository", "Repository", "domain"),
      field("log_whoidentity", "Identity", "person"),
      field("log_whosessionid", "Session", "session"),
    ],
  },
  {
    title: "What",
    fields: [
      field("log_whateventcategory", "Category", "category"),
      field("log_whateventcode", "Code", "code"),
      field("log_whateventcodelabel", "Label of the code", "event"),
      field("log_whataction", "Action", "action"),
      field("log_whatstatus", "Status", "outcome"),
      field("log_whatcount", "Count", "count"),
      field("log_whatpayload", "Payload", "payload"),
      field("log_whatdisplayname", "Display label", "label"),
    ],
  },
  {
    title: "Targets",
    fields: [
      field("log_whattargettype", "Target type", "target.type"),
      field("log_whattargetname", "Target", "target"),
      field("log_whattargetparent", "Target parent", "target.parent"),
      field("log_whattarget2type", "Second target type", "target2.type"),
      field("log_whattarget2name", "Second target", "target2"),
      field("log_whattarget2parent", "Second target parent", "target2.parent"),
      field("log_whatoldvalue", "Old value", "old"),
      field("log_whatnewvalue", "New value", "new"),
      field("log_whatdata", "Data", "data"),
    ],
  },
  {
    title: "Custom",
    fields: Array.from({ length: 19 }, (_, at) => field(`log_custom${at + 1}`, `Custom ${at + 1}`, `custom${at + 1}`)),
  },
  { title: "For the designer", fields: [field("description", "Description", undefined)] },
];
