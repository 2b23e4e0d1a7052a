import type { MemberInfo, RejectRow, SourceInfo } from "../../../workers/contract.ts";
import { useCommands } from "../../app/services.tsx";
import { useKept, useRejects } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { ddLine, sumLines } from "./check-lines.ts";

/** The same figures from a terminal, with tools that every system has. */
export function CheckPanel({
  source,
  member,
}: {
  readonly source: SourceInfo;
  readonly member: MemberInfo | undefined;
}) {
  const { copy } = useCommands();
  const rejects = useKept(useRejects(0, 6, member && member.rejects > 0 ? member.id : undefined, undefined));
  const reject = rejects?.rows.find((row) => row.member === member?.id);
  const lines = [...sumLines(source, member), ...cutLine(source, member, reject)];
  return (
    <section className="check" aria-label="Check it without Exhibit">
      <h3 className="evidence-view-subhead">
        Check it without Exhibit
        <Button kind="link" small label="Copy the commands" onPress={() => copy(lines.join("\n"))}>
          copy
        </Button>
      </h3>
      <pre className="check-lines mono selectable">{lines.join("\n")}</pre>
    </section>
  );
}

/** Cuts the first reject out; of a member without one, its first bytes. */
function cutLine(source: SourceInfo, member: MemberInfo | undefined, reject: RejectRow | undefined): readonly string[] {
  if (member === undefined || member.bytes === 0) return [];
  const span = reject ?? { offset: 0, length: Math.min(512, member.bytes) };
  return [ddLine(source, member, { offset: span.offset, length: span.length })];
}
