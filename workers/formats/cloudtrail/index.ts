/**
 * AWS CloudTrail: records of the files that it delivers, of `aws cloudtrail lookup-events` unwrapped, or a record a line.
 * Source of names and rules: AWS CloudTrail user guide, "CloudTrail record contents".
 */
import { isJsonArray, isJsonObject, type JsonObject, jsonText } from "../../base/json.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { defineMapped } from "../mapped.ts";
import type { Mapping } from "../mapper.ts";
import { TABLE } from "./table.ts";

const RESOURCES: MeaningOrigin = { kind: "computed", text: "the names in `resources`" };

export const cloudtrail = defineMapped({
  id: "cloudtrail",
  title: "AWS CloudTrail",
  samples: [
    '{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::123456789012:user/eva","accountId":"123456789012","userName":"eva"},"eventTime":"2025-01-10T12:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"eu-west-1","sourceIPAddress":"192.0.2.10","requestParameters":{"bucketName":"b"},"eventID":"6f4b3c2e-0000-4000-8000-000000000001"}',
  ],
  table: TABLE,
  recordTitle: "CloudTrail record",
  has: "eventVersion, eventTime and eventSource with eventName",
  fits,
  write: writeResources,
});

/** Insights events tell of a rate, not of a call: they have details in the place of a source and a name. */
function fits(object: JsonObject): boolean {
  const isCall = typeof object["eventSource"] === "string" && typeof object["eventName"] === "string";
  return "eventVersion" in object && "eventTime" in object && (isCall || isJsonObject(object["insightDetails"]));
}

const LIST = ["resources"] as const;

/** The first two of the resources that a call named; all of them stay in the data. */
function writeResources(mapping: Mapping): void {
  const found = mapping.find(LIST);
  if (found === undefined || !isJsonArray(found.value)) return;
  const [first, second] = found.value.filter(isJsonObject).filter((resource) => nameOf(resource) !== undefined);
  if (first !== undefined) {
    mapping.write("target", nameOf(first) ?? "", found, RESOURCES);
    writeType(mapping, "target.type", first);
  }
  if (second !== undefined) {
    mapping.write("target2", nameOf(second) ?? "", found, RESOURCES);
    writeType(mapping, "target2.type", second);
  }

  function writeType(to: Mapping, field: "target.type" | "target2.type", { type }: JsonObject): void {
    if (typeof type === "string" && type !== "") to.write(field, type, found, RESOURCES);
  }
}

/** Written `ARN`, in some records `arn` or `ARNPrefix`. */
function nameOf(resource: JsonObject): string | undefined {
  const name = resource["ARN"] ?? resource["arn"] ?? resource["ARNPrefix"];
  return name === undefined || name === null || name === "" ? undefined : jsonText(name);
}
