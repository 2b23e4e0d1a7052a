/** Fields of CloudTrail records (AWS CloudTrail user guide, "CloudTrail record contents" and "userIdentity element"). */
import type { FieldTable } from "../field-table.ts";
import { OUTCOME_WORDS } from "../words.ts";

/** What calls of the services that most evidence holds name the thing that they act on. */
const PARAMETERS = [
  "bucketName",
  "userName",
  "roleName",
  "roleArn",
  "groupName",
  "policyArn",
  "policyName",
  "instanceId",
  "functionName",
  "secretId",
  "keyId",
  "tableName",
  "trailName",
  "dBInstanceIdentifier",
  "name",
].map((name) => `requestParameters.${name}`);

export const TABLE: FieldTable = {
  time: ["eventTime"],
  rules: [
    { to: "ref", from: ["eventID"] },
    {
      to: "actor",
      from: [
        "userIdentity.userName",
        "userIdentity.arn",
        "userIdentity.principalId",
        "userIdentity.invokedBy",
        "userIdentity.type",
      ],
    },
    { to: "domain", from: ["userIdentity.accountId"] },
    { to: "tenant", from: ["recipientAccountId", "userIdentity.accountId"] },
    { to: "session", from: ["userIdentity.accessKeyId"] },
    { to: "from", from: ["sourceIPAddress"] },
    { to: "category", from: ["eventSource", "eventCategory"] },
    { to: "code", from: ["eventName", "insightDetails.eventName", "eventType"] },
    { to: "event", from: ["eventName", "insightDetails.eventName", "eventType"], as: "words" },
    { to: "action", from: ["eventName"], as: "verb" },
    // A failed sign-in to the console may have a message and no code.
    { to: "outcome", constant: "fail", when: ["errorCode", "errorMessage"] },
    { to: "outcome", from: ["responseElements.ConsoleLogin"], words: OUTCOME_WORDS, otherwise: "drop" },
    { to: "outcome", constant: "success", when: ["eventName"] },
    { to: "label", from: ["errorMessage"] },
    { to: "target", from: PARAMETERS },
    { to: "custom1", from: ["userIdentity.type"] },
    { to: "custom2", from: ["awsRegion"] },
    { to: "custom3", from: ["errorCode"] },
    { to: "custom4", from: ["userAgent"] },
    { to: "custom5", from: ["requestID"] },
    { to: "custom6", from: ["userIdentity.sessionContext.sessionIssuer.arn"] },
    { to: "custom7", from: ["userIdentity.sessionContext.attributes.mfaAuthenticated"] },
  ],
};
