/**
 * Fields of Windows events. System and RenderingInfo: Microsoft, "Event Schema", SystemPropertiesType and RenderingInfoType.
 * EventData: Microsoft, advanced security audit policy settings, the pages of the events that have these fields. UserData:
 * what the event log service (1102, 104) and the session manager of Terminal Services write.
 */
import { lookup } from "../../base/lookup.ts";
import type { FieldRule, FieldTable } from "../field-table.ts";

export const ID = ["System.EventID", "System.EventID.#text"] as const;

const TARGET = ["EventData.TargetUserName", "EventData.TargetUserSid"] as const;
const SUBJECT = [
  "EventData.SubjectUserName",
  "EventData.SubjectUserSid",
  "UserData.LogFileCleared.SubjectUserName",
] as const;
const USER = [
  "EventData.AccountName",
  "EventData.User",
  "EventData.UserName",
  "UserData.EventXML.User",
  "System.Security.UserID",
] as const;

/** Where the account that is named as target acts itself. */
export const RULES_OF_OWN: readonly FieldRule[] = [
  { to: "actor", from: [...TARGET, ...SUBJECT, ...USER] },
  { to: "domain", from: ["EventData.TargetDomainName", "EventData.SubjectDomainName"] },
  { to: "session", from: ["EventData.TargetLogonId", "EventData.LogonID", "EventData.SubjectLogonId"] },
  { to: "target", from: ["EventData.ServiceName"] },
];

export const RULES_OF_OTHERS: readonly FieldRule[] = [
  { to: "actor", from: [...SUBJECT, ...TARGET, ...USER] },
  {
    to: "domain",
    from: ["EventData.SubjectDomainName", "UserData.LogFileCleared.SubjectDomainName", "EventData.TargetDomainName"],
  },
  { to: "session", from: ["EventData.SubjectLogonId", "EventData.LogonId", "UserData.EventXML.SessionID"] },
  { to: "target", from: TARGET, when: SUBJECT },
  { to: "target.parent", from: ["EventData.TargetDomainName"], when: SUBJECT },
];

/** LevelType of the Event Schema: winmeta.xml. 0 (LogAlways) says nothing of how grave it is: audit events have it. */
const LEVELS: Readonly<Record<string, string>> = lookup({
  1: "critical",
  2: "error",
  3: "warning",
  4: "info",
  5: "debug",
});
const OUTCOMES: Readonly<Record<string, string>> = lookup({ "audit success": "success", "audit failure": "fail" });

export const TABLE: FieldTable = {
  time: ["System.TimeCreated.SystemTime"],
  rules: [
    { to: "to", from: ["System.Computer"] },
    {
      to: "from",
      from: [
        "EventData.IpAddress",
        "EventData.ClientAddress",
        "EventData.SourceIp",
        "UserData.EventXML.Address",
        "EventData.WorkstationName",
        "EventData.Workstation",
      ],
    },
    { to: "category", from: ["System.Channel"] },
    { to: "code", from: ID },
    { to: "event", from: ["RenderingInfo.Task", ...ID] },
    { to: "outcome", from: ["RenderingInfo.Keywords.Keyword"], words: OUTCOMES, otherwise: "drop" },
    { to: "level", from: ["System.Level"], words: LEVELS, otherwise: "drop" },
    { to: "label", from: ["RenderingInfo.Message"] },
    {
      to: "target",
      from: [
        "EventData.ObjectName",
        "EventData.NewProcessName",
        "EventData.ServiceName",
        "EventData.TaskName",
        "EventData.ShareName",
      ],
    },
    { to: "custom1", from: ["System.Provider.Name"] },
    { to: "custom2", from: ["EventData.LogonType"] },
    { to: "custom3", from: ["EventData.ProcessName", "EventData.ParentProcessName"] },
    { to: "custom4", from: ["EventData.Status"] },
    { to: "custom5", from: ["System.Task"] },
    { to: "custom6", from: ["EventData.CommandLine"] },
    { to: "custom7", from: ["EventData.MemberName", "EventData.MemberSid"] },
  ],
};
