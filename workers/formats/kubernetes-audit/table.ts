/** Fields of audit events (type Event of k8s.io/apiserver/pkg/apis/audit/v1). */
import { lookup } from "../../base/lookup.ts";
import type { FieldTable } from "../field-table.ts";

/** Verbs of API requests (Kubernetes documentation, "Authorization", request verbs) in the words of the canonical model. */
const VERBS: Readonly<Record<string, string>> = lookup({
  get: "read",
  list: "read",
  watch: "read",
  create: "create",
  update: "modify",
  patch: "modify",
  delete: "delete",
  deletecollection: "delete",
});

export const TABLE: FieldTable = {
  time: ["requestReceivedTimestamp", "stageTimestamp"],
  rules: [
    { to: "ref", from: ["auditID"] },
    { to: "actor", from: ["user.username", "user.uid"] },
    // The client, and every proxy that it came through.
    { to: "from", from: ["sourceIPs"], as: "list" },
    { to: "code", from: ["verb"] },
    { to: "event", from: ["verb"] },
    { to: "action", from: ["verb"], words: VERBS },
    { to: "category", from: ["objectRef.resource"] },
    { to: "target", from: ["objectRef.name"] },
    { to: "target.type", from: ["objectRef.resource"] },
    { to: "target.parent", from: ["objectRef.namespace"] },
    { to: "target", from: ["requestURI"] },
    { to: "label", from: ["responseStatus.message"] },
    { to: "custom1", from: ["impersonatedUser.username"] },
    { to: "custom2", from: ["stage"] },
    { to: "custom3", from: ["responseStatus.code"] },
    { to: "custom4", from: ["userAgent"] },
    // How much the audit policy has written of the request: no severity.
    { to: "custom5", from: ["level"] },
    { to: "custom6", from: ["objectRef.subresource"] },
    { to: "custom7", from: ["requestURI"] },
    { to: "custom8", from: ["user.groups"], as: "list" },
  ],
};
