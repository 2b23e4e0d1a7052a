import { EvidenceText } from "./evidence-text.tsx";

/** Directory and name of a path; text that is none has no directory. */
export function splitPath(text: string): { readonly directory: string; readonly name: string } {
  const end = Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\"));
  const looksLikePath = /^(?:[/~]|[A-Za-z]:[\\/]|\.{1,2}[\\/]|\\\\)/.test(text);
  if (!looksLikePath || end < 0 || end === text.length - 1) return { directory: "", name: text };
  return { directory: text.slice(0, end + 1), name: text.slice(end + 1) };
}

/** The directory gives way first, so that the file name stays in sight. */
export function PathText({ text }: { readonly text: string }) {
  const { directory, name } = splitPath(text);
  return (
    <span className="path" title={text.length > 400 ? undefined : text}>
      {directory !== "" && <EvidenceText text={directory} className="path-directory" />}
      <EvidenceText text={name} className="path-name" />
    </span>
  );
}
