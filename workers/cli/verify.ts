/** `exhibit verify`: what the case holds against what it says, and with --sources against the files it was made from. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Fault, MemberInfo, SourceInfo } from "../contract.ts";
import { assumptionTexts } from "../engine/time-assumption-text.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { type Context, type Status, withCase } from "./context.ts";
import { timesTrouble } from "./verify-times.ts";
import { inert, json } from "./print.ts";

const STEP = 1 << 20;

interface Check {
  readonly what: "member" | "source" | "times";
  readonly name: string;
  /**
   * unknown: there is no digest to compare with, because the import was cut off. incomplete: a part of it was never read.
   * not-kept: it is no log that was read, so the case holds none of its bytes, and there is nothing to compare.
   */
  readonly state: "verified" | "different" | "incomplete" | "unknown" | "missing" | "not-kept";
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
    found.push(...checkTimes(reader));
    if (command.flag("sources")) for (const source of live) found.push(await checkSource(source));
    return found;
  });
  const isWhole = checks.every(({ state }) => state === "verified" || state === "not-kept");
  if (command.flag("json")) await output.out(json({ verified: isWhole, checks }));
  else
    for (const check of checks)
      await output.out(`${check.state}  ${check.what} ${inert(check.name)}: ${check.detail}\n`);
  return isWhole ? 0 : 2;
}

/** The blocks unpacked, in order, are the member; the ledger accounts for each of its bytes. */
function checkMember(reader: CaseReader, source: SourceInfo, member: MemberInfo): Check {
  const name = source.name === member.path ? member.path : `${source.name}!${member.path}`;
  const result = (state: Check["state"], detail: string): Check => ({ what: "member", name, state, detail });
  if (member.format === "") return result("not-kept", whyNotKept(member));
  const { entries, rejects, ignored, blank, total } = member.ledger;
  const accounted = entries + rejects + ignored + blank;
  const { bytes, digest } = heldOf(reader, member);
  const isSame = member.sha256 === undefined || (bytes === member.bytes && digest === member.sha256);
  if (!isSame) {
    return result(
      "different",
      `the case holds ${bytes} bytes with sha256 ${digest}, not ${member.bytes} with ${String(member.sha256)}`,
    );
  }
  if (member.state !== "ready") return result("incomplete", whyIncomplete(member, bytes));
  if (accounted !== total) return result("different", `${accounted} of ${total} bytes are accounted for`);
  if (member.sha256 === undefined) return result("unknown", "the import recorded no digest");
  return result("verified", `${bytes} bytes, sha256 ${digest}, all accounted for`);
}

/** Where something was assumed about time after the import, what is stored of it agrees with what is recorded. */
function checkTimes(reader: CaseReader): readonly Check[] {
  const inForce = assumptionTexts(reader);
  if (inForce.length === 0) return [];
  const trouble = timesTrouble(reader);
  const name = `${inForce.length} assumptions about time`;
  const detail = trouble ?? `order and extents are those of the recorded times with them: ${inForce.join("; ")}`;
  return [{ what: "times", name, state: trouble === undefined ? "verified" : "different", detail: inert(detail) }];
}

function heldOf(reader: CaseReader, member: MemberInfo): { readonly bytes: number; readonly digest: string } {
  const hash = createHash("sha256");
  let bytes = 0;
  for (let part = reader.bytes(member.id, 0, STEP); part.length > 0; part = reader.bytes(member.id, bytes, STEP)) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, digest: hash.digest("hex") };
}

function whyNotKept({ state, bytes, sha256, problem, reasons }: MemberInfo): string {
  if (state === "unrecognised" && bytes === 0) return "empty";
  if (state === "unrecognised")
    return `no log: of its ${bytes} bytes only the digest was taken, sha256 ${String(sha256)}`;
  const why = problem?.message ?? reasons[0] ?? "nothing of it was read";
  return state === "refused" ? `not opened: ${why}` : `no log, and not read to its end: ${stopOf(bytes, problem, why)}`;
}

function whyIncomplete({ state, sha256, problem }: MemberInfo, bytes: number): string {
  const why = problem?.message ?? (state === "cancelled" ? "the import was cancelled" : "the import was cut off");
  const held = sha256 === undefined ? "with no digest to compare them with" : "and are what was read";
  return `${bytes} bytes are kept, ${held}; the rest is missing: ${stopOf(bytes, problem, why)}`;
}

function stopOf(bytes: number, problem: Fault | undefined, why: string): string {
  return problem?.code === "container.too-large" ? `stopped by a limit after ${bytes} bytes` : why;
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
