import { readdir, readFile, readlink } from "node:fs/promises";

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** A process and all that descend from it, from Linux's /proc. */
export async function processTree(root: number): Promise<readonly Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)));
  const isInTree = (pid: number | undefined): boolean => {
    for (let at = pid; at !== undefined && at > 1; at = parents.get(at)) if (at === root) return true;
    return false;
  };
  const inTree = pids.filter(isInTree);
  return Promise.all(inTree.map(async (pid) => ({ pid, command: await textOf(`/proc/${pid}/cmdline`) })));
}

/** One socket as /proc/net lists it: addresses in hexadecimal, the state as a number in hexadecimal. */
export interface OpenSocket {
  readonly protocol: string;
  readonly local: string;
  readonly remote: string;
  readonly state: string;
}

/** Every network socket of these processes. */
export async function openSockets(pids: readonly number[]): Promise<readonly OpenSocket[]> {
  const owned = new Set((await Promise.all(pids.map(socketsOf))).flat());
  const found = await Promise.all(
    ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"].map(async (protocol) => {
      const table = await textOf(`/proc/net/${protocol}`);
      return table
        .split("\n")
        .slice(1)
        .flatMap((line) => {
          const [, local = "", remote = "", state = "", , , , , , inode = ""] = line.trim().split(/\s+/);
          return owned.has(inode) ? [{ protocol, local, remote, state }] : [];
        });
    }),
  );
  return found.flat();
}

/** Addresses, as in /proc/net/tcp, on which any of these processes waits for connections. */
export async function listeningSockets(pids: readonly number[]): Promise<readonly string[]> {
  // 0A is TCP's LISTEN; 07 is how an unconnected UDP socket shows.
  return (await openSockets(pids)).flatMap(({ local, state }) => (state === "0A" || state === "07" ? [local] : []));
}

/** Whether an address, as in /proc/net, is this machine's own. */
export const isLoopback = (address: string): boolean =>
  /^(?:0100007F|0{24}0100007F|0{16}FFFF00000100007F|0{24}01000000):/i.test(address);

async function parentOf(pid: number): Promise<number | undefined> {
  const stat = await textOf(`/proc/${pid}/stat`);
  const afterName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return afterName[1] === undefined ? undefined : Number(afterName[1]);
}

async function socketsOf(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  const links = await Promise.all(descriptors.map((name) => readlink(`${folder}/${name}`).catch(() => "")));
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

/** Processes come and go while they are looked at: one that has gone has no text. */
async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
