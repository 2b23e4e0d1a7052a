/** Files that lie beside logs, are none, and are good for something: account names, passwords. Told by their content. */
import { latin1Of } from "../base/bytes.ts";

export interface Aside {
  readonly kind: "passwd" | "group" | "passwords";
  readonly title: string;
  readonly reasons: readonly string[];
}

/** name:password:uid:gid:comment:home:shell */
const PASSWD_LINE = /^[^:\s][^:]*:[^:]*:\d{1,10}:\d{1,10}:[^:]*:[^:]*:[^:]*$/;
/** name:password:gid:members */
const GROUP_LINE = /^[^:\s][^:]*:[^:]*:\d{1,10}:[^:\s]*$/;
/** `+::::::` and the like send the reader to a directory service; they name nobody. */
const DIRECTORY_LINE = /^[+-]/;

/** What a file that is no log is; undefined for anything else. Pure. */
export function asideOf(head: Uint8Array, whole: boolean): Aside | undefined {
  if (isPasswordFile(head)) {
    return { kind: "passwords", title: "Password file", reasons: ["has the columns File Name and Zip Password"] };
  }
  const lines = identityLines(latin1Of(head), whole);
  if (lines.length === 0) return undefined;
  if (lines.every((line) => PASSWD_LINE.test(line)) && lines.some((line) => numberOf(line) === 0)) {
    const reasons = [`${lines.length} of ${lines.length} lines are name:password:uid:gid:comment:home:shell`];
    return { kind: "passwd", title: "Account names (passwd)", reasons };
  }
  if (lines.every((line) => GROUP_LINE.test(line)) && lines.some((line) => numberOf(line) === 0)) {
    const reasons = [`${lines.length} of ${lines.length} lines are name:password:gid:members`];
    return { kind: "group", title: "Account names (group)", reasons };
  }
  return undefined;
}

/** The lines that name somebody; the last one of a head may be cut. */
export function identityLines(text: string, whole: boolean): string[] {
  const lines = text.split("\n");
  if (!whole) lines.pop();
  const bare = lines.map((line) => line.replace(/\r$/, ""));
  return bare.filter((line) => line !== "" && !line.startsWith("#") && !DIRECTORY_LINE.test(line));
}

function numberOf(line: string): number {
  return Number(line.split(":")[2]);
}

/** A CSV whose header has these columns holds passwords of archives, in whatever order, quoted or not, UTF-16 or not. */
function isPasswordFile(head: Uint8Array): boolean {
  const start = latin1Of(head, 0, 4096).replaceAll("\0", "");
  const header = /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*([^\r\n]*)/.exec(start)?.[1] ?? "";
  const columns = header.split(/[,;\t|]/).map((column) =>
    column
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .trim()
      .toLowerCase(),
  );
  return columns.includes("file name") && columns.includes("zip password");
}
