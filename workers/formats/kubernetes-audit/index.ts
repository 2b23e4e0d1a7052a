/**
 * Audit events of the Kubernetes API server: its log file (an event a line) or an EventList of its webhook.
 * Source of names: the type Event of k8s.io/apiserver/pkg/apis/audit/v1, and "Auditing" of the Kubernetes documentation.
 */
import { type JsonObject, jsonText } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { defineMapped } from "../mapped.ts";
import type { Mapping } from "../mapper.ts";
import { TABLE } from "./table.ts";

const FROM_STATUS: MeaningOrigin = { kind: "computed", text: "failed from HTTP status 400 on" };
const FROM_STAGE: MeaningOrigin = { kind: "computed", text: "the API server panicked" };

export const kubernetesAudit = defineMapped({
  id: "kubernetes-audit",
  title: "Kubernetes audit events",
  samples: [
    '{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"0d6c2a41-0000-4000-8000-000000000001","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/shop/pods","verb":"list","user":{"username":"eva"},"sourceIPs":["192.0.2.10"],"objectRef":{"resource":"pods","namespace":"shop"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2025-01-10T12:00:00.000100Z","stageTimestamp":"2025-01-10T12:00:00.000200Z"}',
  ],
  table: TABLE,
  recordTitle: "Kubernetes audit event",
  has: "the kind Event of audit.k8s.io, or auditID, stage and verb",
  fits,
  write: writeOutcome,
});

/** Items of an EventList may leave their kind to the list. */
function fits(object: JsonObject): boolean {
  const version = object["apiVersion"];
  const isEvent = typeof version === "string" && version.startsWith("audit.k8s.io/") && object["kind"] === "Event";
  return isEvent || ["auditID", "stage", "verb", "requestURI"].every((name) => typeof object[name] === "string");
}

const STATUS = ["responseStatus.code"] as const;
const STAGE = ["stage"] as const;

/** A request that was only received has no outcome yet. */
function writeOutcome(mapping: Mapping): void {
  const status = mapping.find(STATUS);
  const code = status === undefined ? Number.NaN : Number(jsonText(status.value));
  if (code > 0) mapping.write("outcome", code >= 400 ? "fail" : "success", status, FROM_STATUS);
  const stage = mapping.find(STAGE);
  if (stage?.value === "Panic") mapping.write("outcome", "fail", stage, FROM_STAGE);
}
