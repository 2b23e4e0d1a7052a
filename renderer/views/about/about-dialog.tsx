import { useEffect, useMemo, useState } from "react";
import { useServices } from "../../app/services.tsx";
import { countText } from "../../ui/count.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { LicenceText } from "./licence-text.tsx";
import { type LicensedPart, findParts, readLicences } from "./licences.ts";
import { PartList } from "./part-list.tsx";
import "./about.css";

type Reading =
  | { readonly state: "reading" }
  | { readonly state: "read"; readonly parts: readonly LicensedPart[] }
  | { readonly state: "failed" };

/** What Exhibit is, and the licences of everything in it. */
export function AboutDialog(props: {
  readonly onClose: () => void;
  /** Where the list comes from. */
  readonly read?: () => Promise<readonly LicensedPart[]>;
}) {
  const { onClose, read = readLicences } = props;
  const { bridge, fail } = useServices();
  const [reading, setReading] = useState<Reading>({ state: "reading" });
  useEffect(() => {
    read().then(
      (parts) => setReading({ state: "read", parts }),
      (error: unknown) => {
        setReading({ state: "failed" });
        fail(error);
      },
    );
  }, [read, fail]);
  return (
    <Dialog
      title="About Exhibit"
      about={`version ${bridge.version}, works without a network`}
      onClose={onClose}
      width={1000}
      height={640}
      className="about"
    >
      {reading.state === "read" ? (
        <Licences parts={reading.parts} />
      ) : (
        <p className="about-note">{WORDS[reading.state]}</p>
      )}
    </Dialog>
  );
}

const WORDS = {
  reading: "Reading the licences",
  failed: "The list of licences is missing from this installation. Install Exhibit anew.",
} as const;

function Licences({ parts }: { readonly parts: readonly LicensedPart[] }) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(parts[0]?.id);
  const found = useMemo(() => findParts(parts, typed), [parts, typed]);
  const part = found.find(({ id }) => id === chosen) ?? found[0];
  return (
    <div className="about-body">
      <div className="about-left">
        <p className="about-intro">
          Exhibit is made of {countText(parts.length)} parts. Each is listed with its licence in full.
        </p>
        <input
          // The first thing to do here is to look for a name.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          className="input about-search"
          type="search"
          aria-label="Find a part by name or licence"
          placeholder="Find a name or a licence"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <p className="about-count" role="status">
          {found.length === 0
            ? "No part has these words"
            : `${countText(found.length)} of ${countText(parts.length)} parts`}
        </p>
        <PartList parts={found} chosen={part?.id} onChoose={setChosen} />
      </div>
      {part !== undefined && <LicenceText key={part.id} part={part} />}
    </div>
  );
}
