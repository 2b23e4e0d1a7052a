import { useState } from "react";
import type { EntryId, MemberId } from "../../../workers/contract.ts";
import { FaultPanel } from "../../app/trouble.tsx";
import { useBytes } from "../../engine/use-result.ts";
import { Button } from "../../ui/button.tsx";
import { countText, sizeText } from "../../ui/count.tsx";
import { RawBytes } from "./raw-record.tsx";
import { wholeEnd } from "./utf8.ts";

const CHUNK = 262_144;
const NO_TOKENS = [] as const;

interface MoreBytesProps {
  /** Whose bytes they are: revealed, all of them are shown. */
  readonly entry: EntryId;
  readonly member: MemberId;
  /** Offset in the member of the first byte that is not shown yet. */
  readonly offset: number;
  readonly length: number;
}

/** The rest of a long record, on request, in pieces that end between characters. */
export function MoreBytes({ entry, member, offset, length }: MoreBytesProps) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <span className="raw-more">
        <Button small onPress={() => setAsked(true)}>
          {`Show ${sizeText(Math.min(CHUNK, length))} more of ${countText(length)} bytes`}
        </Button>
      </span>
    );
  }
  return <Chunk entry={entry} member={member} offset={offset} length={length} />;
}

function Chunk({ entry, member, offset, length }: MoreBytesProps) {
  const wanted = Math.min(CHUNK, length);
  const loaded = useBytes(member, offset, wanted, entry);
  if (loaded.state === "fault") return <FaultPanel fault={loaded.fault} />;
  if (loaded.state === "loading") return null;
  const last = wanted === length;
  // A piece without any end of a character is no text at all: it is shown as the bytes it holds.
  const end = last ? loaded.value.length : wholeEnd(loaded.value) || loaded.value.length;
  return (
    <>
      <RawBytes bytes={loaded.value.subarray(0, end)} tokens={NO_TOKENS} />
      {!last && end > 0 && <MoreBytes entry={entry} member={member} offset={offset + end} length={length - end} />}
    </>
  );
}
