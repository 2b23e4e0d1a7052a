import type { ReactNode } from "react";
import type { EpochMicros, MemberInfo, Sha256, SourceInfo } from "../../../workers/contract.ts";
import { readingLines } from "../../app/reading-words.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { formatTime } from "../../app/time-format.ts";
import { Button } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { EvidenceText } from "../../ui/evidence-text.tsx";
import { memberReasons } from "./member-reasons.ts";

/** Where the bytes come from, and who read them how. */
export function OriginPanel({
  source,
  member,
}: {
  readonly source: SourceInfo;
  readonly member: MemberInfo | undefined;
}) {
  const packed = member !== undefined && source.container !== "plain";
  return (
    <section className="origin" aria-label="Origin">
      <h3 className="evidence-view-subhead">Origin</h3>
      <dl>
        <Hash title="sha256" hash={member === undefined ? source.sha256 : member.sha256} />
        {packed && <Hash title="of the archive" hash={source.sha256} />}
        <Line title="file">
          <span className="mono">
            <EvidenceText text={source.path} limit={400} />
          </span>
          , <Count value={source.bytes} /> bytes
        </Line>
        <Line title={source.sha256 === undefined ? "import" : "hashed"}>
          {source.sha256 === undefined ? "begun" : "on import"} <Moment ms={source.importedAt} />
        </Line>
        <Line title="modified">
          <Moment ms={source.mtime} />, as the file system says
        </Line>
        {member !== undefined && <Reading member={member} />}
      </dl>
    </section>
  );
}

function Reading({ member }: { readonly member: MemberInfo }) {
  const { because, comment, oneLogWith } = memberReasons(member.reasons);
  return (
    <>
      {comment !== undefined && (
        <Line title="comment">
          <EvidenceText text={comment} limit={2000} className="origin-comment" />
        </Line>
      )}
      {oneLogWith !== undefined && (
        <Line title="read as">
          one log with <EvidenceText text={oneLogWith} limit={600} />
        </Line>
      )}
      {readingLines(member.reading).map(({ kind, title, text, assumed }) => (
        <Line key={kind} title={title}>
          <span className={assumed ? "origin-care" : undefined}>
            {assumed && "≈ "}
            <EvidenceText text={text} limit={600} />
          </span>
        </Line>
      ))}
      <Line title="parser">
        {member.parser === "" ? "none" : member.parser}
        {member.formatTitle !== "" && `, ${member.formatTitle}`},{" "}
        {member.overridden ? (
          <span className="origin-care">chosen at the import</span>
        ) : (
          "found by content, not overridden"
        )}
      </Line>
      {because.length > 0 && (
        <Line title="because">
          {because.map((reason) => (
            <span key={reason} className="origin-reason">
              <EvidenceText text={reason} limit={300} />
            </span>
          ))}
        </Line>
      )}
      <Line title="read">
        <Count value={member.entries} /> entries of <Count value={member.records} /> records
        {member.undated > 0 && (
          <>
            , <Count value={member.undated} /> undated
          </>
        )}
        {member.duplicates > 0 && (
          <>
            , <Count value={member.duplicates} /> duplicates
          </>
        )}
      </Line>
    </>
  );
}

function Line({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="origin-line">
      <dt>{title}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  );
}

/** All 64 digits, in groups that can be compared by eye; copied in one piece. */
function Hash({ title, hash }: { readonly title: string; readonly hash: Sha256 | undefined }) {
  const { copy } = useCommands();
  if (hash === undefined) return <Line title={title}>not known: it was not read to its end</Line>;
  const groups = hash.match(/.{8}/g) ?? [];
  return (
    <Line title={title}>
      <span className="origin-hash mono">
        {groups.map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </span>
      <Button kind="link" small label={`Copy ${title}`} onPress={() => copy(hash)}>
        copy
      </Button>
    </Line>
  );
}

function Moment({ ms }: { readonly ms: number }) {
  const zone = useView((view) => view.zone);
  return <span className="figures">{formatTime((ms * 1000) as EpochMicros, 0, zone)}</span>;
}
