import { aqtiveGuard } from "./aqtive-guard/index.ts";
import { ausearchInterpreted } from "./auditd/ausearch/index.ts";
import { auditdEvents } from "./auditd/events/index.ts";
import { auditd } from "./auditd/index.ts";
import { panther } from "./auditd/panther/index.ts";
import { binalyzeAir } from "./binalyze-air/index.ts";
import { cefEvents } from "./cef/index.ts";
import { cloudtrail } from "./cloudtrail/index.ts";
import { ecs } from "./ecs/index.ts";
import type { AnyFormat } from "./format.ts";
import { genericJson } from "./generic-json/index.ts";
import { kubernetesAudit } from "./kubernetes-audit/index.ts";
import { l2tcsv } from "./l2tcsv/index.ts";
import { leefEvents } from "./leef/index.ts";
import { okta } from "./okta/index.ts";
import { sirenInvestigate } from "./siren-investigate/index.ts";
import { radiantoneDefinition } from "./radiantone/definition.ts";
import { radiantone, radiantoneViewer } from "./radiantone/index.ts";
import { textLines } from "./text-lines/index.ts";
import { timesketch } from "./timesketch/index.ts";
import { windowsEvents } from "./windows-events/index.ts";

/** Every format; of two that fit a member alike, the first is taken. */
export const formats: readonly AnyFormat[] = [
  auditd,
  ausearchInterpreted,
  auditdEvents,
  panther,
  binalyzeAir,
  aqtiveGuard,
  sirenInvestigate,
  cefEvents,
  leefEvents,
  cloudtrail,
  kubernetesAudit,
  okta,
  ecs,
  timesketch,
  l2tcsv,
  windowsEvents,
  radiantone,
  radiantoneViewer,
  radiantoneDefinition,
  genericJson,
  textLines,
];

export function formatById(id: string): AnyFormat | undefined {
  return formats.find((format) => format.id === id);
}
