import { useState } from "react";
import type { TimeRange } from "../../../workers/contract.ts";
import { useCommands, useView } from "../../app/services.tsx";
import { dateText, readDate } from "./bundle-model.ts";

/** From and to in the form of the bundle's own options; what is written in is included. */
export function BundleDates() {
  const range = useView((view) => view.range);
  return (
    <>
      <DateField key={`from ${range.from ?? ""}`} end="from" range={range} />
      <DateField key={`to ${range.to ?? ""}`} end="to" range={range} />
    </>
  );
}

function DateField({ end, range }: { readonly end: "from" | "to"; readonly range: TimeRange }) {
  const { setRange } = useCommands();
  const [text, setText] = useState(() => dateText(range, end));
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const apply = (): void => {
    if (text === dateText(range, end)) return setProblem(undefined);
    const { [end]: _, ...rest } = range;
    if (text.trim() === "") return setRange(rest);
    const at = readDate(text, end);
    if (at === undefined) return setProblem("Write it like 2025-03-01 or 2025-03-01 18:00:20.");
    const next: TimeRange = { ...rest, [end]: at };
    if (next.from !== undefined && next.to !== undefined && next.from >= next.to)
      return setProblem(end === "from" ? "This is after the end." : "This is before the start.");
    setProblem(undefined);
    setRange(next);
  };
  return (
    <label className="bundle-line">
      <span>{end === "from" ? "From" : "To"}</span>
      <input
        className="input"
        value={text}
        placeholder="YYYY-MM-DD, UTC"
        aria-label={end === "from" ? "From date, UTC, inclusive" : "To date, UTC, inclusive"}
        spellCheck={false}
        aria-invalid={problem !== undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => event.key === "Enter" && apply()}
      />
      {problem !== undefined && (
        <span className="bundle-problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}
