/** `exhibit verify`: what the case holds against what it says, and with --sources against the files it was made from. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { MemberInfo, SourceInfo } from "../contract.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { type Context, type Status, withCase } from "./context.ts";
import { inert, json } from "./print.ts";

const STEP = 1 << 20;

interface Check {
  readonly what: "member" | "source";
  readonly name: string;
  /** unknown: there is no digest to compare with, because the import was cut off. */
  readonly state: "verified" | "different" | "unknown" | "missing";
  readonly detail: string;
}

export async function verifyCommand(context: Context): Promise<Status> {
  const { command, output } = context;
  const checks = await withCase(context, async (service) => {
    const reader = service.reader();
    const live = reader.sources.filter((source) => source.state !== "replaced");
    const found: Check[] = live.flatMap((source) =>
      source.members.map((member) => checkMember(reader, source, member)),
    );
    if (command.flag("sources")) for (const source of live) found.push(await checkSource(source));
    return found;
  });
  const isWhole = checks.every((check) => check.state === "verified");
  if (command.flag("json")) await output.out(json({ verified: isWhole, checks }));
  else
    for (const check of checks)
      await output.out(`${check.state}  ${check.what} ${inert(check.name)}: ${check.detail}\n`);
  return isWhole ? 0 : 2;
}

/** The blocks unpacked, in order, are the member; the ledger accounts for each of its bytes. */
function checkMember(reader: CaseReader, source: SourceInfo, member: MemberInfo): Check {
  const name = source.name === member.path ? member.path : `${source.name}!${member.path}`;
  const { entries, rejects, ignored, blank, total } = member.ledger;
  const accounted = entries + rejects + ignored + blank;
  const result = (state: Check["state"], detail: string): Check => ({ what: "member", name, state, detail });
  if (member.state === "refused" || member.state === "unrecognised") {
    return result("verified", `${member.state}: nothing of it is kept`);
  }
  if (accounted !== total) return result("different", `${accounted} of ${total} bytes are accounted for`);
  if (member.sha256 === undefined) return result("unknown", "the import recorded no digest");
  const hash = createHash("sha256");
  let at = 0;
  for (let part = reader.bytes(member.id, 0, STEP); part.length > 0; part = reader.bytes(member.id, at, STEP)) {
    hash.update(part);
    at += part.length;
  }
  const digest = hash.digest("hex");
  if (at !== member.bytes || digest !== member.sha256) {
    return result(
      "different",
      `the case holds ${at} bytes with sha256 ${digest}, not ${member.bytes} with ${member.sha256}`,
    );
  }
  return result("verified", `${at} bytes, sha256 ${digest}, all accounted for`);
}

async function checkSource(source: SourceInfo): Promise<Check> {
  const result = (state: Check["state"], detail: string): Check => ({
    what: "source",
    name: source.path,
    state,
    detail,
  });
  if (source.sha256 === undefined) return result("unknown", "the import recorded no digest");
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(source.path) as AsyncIterable<Uint8Array>) hash.update(chunk);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return result("missing", `cannot be read now (${String(error.code)})`);
  }
  const digest = hash.digest("hex");
  if (digest === source.sha256) return result("verified", `sha256 ${digest}`);
  return result("different", `sha256 is ${digest} now, and was ${source.sha256}`);
}
