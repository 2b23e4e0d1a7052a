/** The objects of a system call: PATH records and the directory that relative names start from. */
import { COMPUTED, pathItem } from "./origins.ts";
import type { EventView, RecordView, Said } from "./view.ts";

export type NameType = "NORMAL" | "PARENT" | "DELETE" | "CREATE" | "UNKNOWN";

export interface PathRecord {
  readonly view: RecordView;
  readonly item: number;
  readonly nameType: string;
}

export function pathsOf(event: EventView): readonly PathRecord[] {
  const paths: PathRecord[] = [];
  for (const view of event.records) {
    if (view.type !== "PATH") continue;
    const item = Number(view.raw("item") ?? paths.length);
    paths.push({ view, item, nameType: view.raw("nametype") ?? view.raw("objtype") ?? "" });
  }
  return paths.length > 1 ? paths.sort((a, b) => a.item - b.item) : paths;
}

/** Never the PARENT: the object of an event is its CREATE, DELETE or NORMAL item. */
export function lastObject(paths: readonly PathRecord[]): PathRecord | undefined {
  return (
    paths.findLast((path) => path.nameType === "CREATE") ??
    paths.findLast((path) => path.nameType !== "PARENT") ??
    paths.at(-1)
  );
}

export function byNameType(paths: readonly PathRecord[], nameType: NameType): PathRecord | undefined {
  return paths.findLast((path) => path.nameType === nameType);
}

/** Calls whose first argument is the directory that a relative name starts from. */
const AT_CALL = /at2?$|^statx$/;

/** A path's name, joined to the working directory where it is relative and starts from there. */
export function pathName(event: EventView, path: PathRecord | undefined, call: string): Said | undefined {
  if (path === undefined) return undefined;
  const said = path.view.said("name", pathItem(String(path.item)));
  if (said === undefined || said.value.startsWith("/")) return said;
  const start = startDirectory(event, call) ?? parentDirectory(event, path);
  if (start === undefined) return said;
  return { value: join(start, said.value), origin: COMPUTED, mark: said.mark };
}

/** With a real directory descriptor the start is unknown: joining to the working directory would invent a path. */
function startDirectory(event: EventView, call: string): string | undefined {
  if (AT_CALL.test(call) && !isCwd(event.first("SYSCALL")?.raw("a0"))) return undefined;
  return event.first("CWD")?.text("cwd");
}

/**
 * The directory behind a descriptor, as the event's PARENT item names it. Kernels write the working directory there
 * when they do not know it, so that one proves nothing.
 */
function parentDirectory(event: EventView, path: PathRecord): string | undefined {
  if (path.nameType !== "CREATE" && path.nameType !== "DELETE") return undefined;
  if (path.view.text("name")?.includes("/") === true) return undefined;
  const parents = pathsOf(event).filter(({ nameType, item }) => nameType === "PARENT" && item < path.item);
  const name = parents.length === 1 ? parents[0]?.view.text("name") : undefined;
  const isWorking = name?.replace(/(?<=.)\/$/, "") === event.first("CWD")?.text("cwd");
  return name?.startsWith("/") === true && !isWorking ? name : undefined;
}

/** AT_FDCWD is -100, in 32 or 64 bits. */
function isCwd(argument: string | undefined): boolean {
  return argument === "ffffff9c" || argument === "ffffffffffffff9c";
}

function join(directory: string, name: string): string {
  const rest = name.replace(/^(?:\.\/)+/, "");
  if (rest === "" || rest === ".") return directory;
  return directory.endsWith("/") ? directory + rest : `${directory}/${rest}`;
}
