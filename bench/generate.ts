/** Seeded input for the benchmarks, written outside the tree. The same n gives the same bytes. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";

/** mulberry32 (public domain, T. Ettinger). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What a generated file must yield, counted while it was made. */
export interface Expected {
  readonly entries: number;
  readonly records: number;
  readonly bytes: number;
  /** Counts by value of one field, the plain reference of the facet cases. */
  readonly counts: ReadonlyMap<string, number>;
  readonly countedField: string;
}

async function write(to: string | Writable, lines: (emit: (line: string) => void) => Generator<void>): Promise<number> {
  const stream = typeof to === "string" ? createWriteStream(to) : to;
  let bytes = 0;
  let pending = "";
  const flush = async (): Promise<void> => {
    bytes += Buffer.byteLength(pending);
    const isFull = !stream.write(pending);
    pending = "";
    if (isFull) await once(stream, "drain");
  };
  for (const _ of lines((line) => (pending += `${line}\n`))) if (pending.length > 1 << 20) await flush();
  await flush();
  stream.end();
  await once(stream, "finish");
  return bytes;
}

const START = Date.UTC(2026, 0, 5);
const USERS = Array.from({ length: 40 }, (_, i) => `user${String(i).padStart(2, "0")}`);
const PROGRAMS = [
  "/usr/bin/ls",
  "/usr/bin/cat",
  "/usr/bin/ssh",
  "/usr/bin/python3.11",
  "/usr/sbin/sshd",
  "/usr/bin/sudo",
];
const CALLS = [59, 257, 42, 87, 263] as const;

/** `n` raw audit lines: SYSCALL, EXECVE, CWD, PATH, PROCTITLE events of five lines, and USER_* events of one. */
export async function generateAuditd(file: string | Writable, n: number): Promise<Expected> {
  const below = seeded(1);
  const counts = new Map<string, number>();
  let [ms, serial, written, entries] = [START, 1_000, 0, 0];
  const bytes = await write(file, function* (emit) {
    while (written < n) {
      ms += below(400);
      const stamp = `msg=audit(${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, "0")}:${serial++})`;
      const uid = 1000 + below(USERS.length);
      const lines = below(10) < 3 ? userLines(stamp, uid, below) : callLines(stamp, uid, below);
      for (const line of lines.slice(0, n - written)) emit(line);
      written += Math.min(lines.length, n - written);
      entries++;
      counts.set(String(uid), (counts.get(String(uid)) ?? 0) + 1);
      yield;
    }
  });
  return { entries, records: n, bytes, counts, countedField: "raw.auid" };
}

function userLines(stamp: string, uid: number, below: (n: number) => number): string[] {
  const type = ["USER_LOGIN", "USER_AUTH", "CRED_ACQ", "USER_START", "USER_END"][below(5)] as string;
  const message = `op=PAM:session acct="user${uid - 1000}" exe="/usr/sbin/sshd" hostname=192.0.2.${below(250)} addr=192.0.2.${below(250)} terminal=ssh`;
  return [
    `type=${type} ${stamp}: pid=${below(30_000)} uid=0 auid=${uid} ses=${below(900)} msg='${message} res=${below(9) === 0 ? "failed" : "success"}'`,
  ];
}

export function callLines(stamp: string, uid: number, below: (n: number) => number): string[] {
  const exe = PROGRAMS[below(PROGRAMS.length)] as string;
  const comm = exe.slice(exe.lastIndexOf("/") + 1);
  const isFine = below(12) !== 0;
  const ids = `auid=${uid} uid=${uid} gid=${uid} euid=${uid} suid=${uid} fsuid=${uid} egid=${uid} sgid=${uid} fsgid=${uid}`;
  const path = `/srv/data/${below(500)}/file${below(4_000)}.dat`;
  return [
    `type=SYSCALL ${stamp}: arch=c000003e syscall=${CALLS[below(CALLS.length)]} success=${isFine ? "yes" : "no"} exit=${isFine ? 0 : -13} a0=${below(2 ** 31).toString(16)} a1=7ffc0 a2=0 a3=${below(4096)} items=1 ppid=${below(30_000)} pid=${below(30_000)} ${ids} tty=pts${below(9)} ses=${below(900)} comm="${comm}" exe="${exe}" key="watch-${below(12)}"`,
    `type=EXECVE ${stamp}: argc=3 a0="${comm}" a1="-l" a2="${path}"`,
    `type=CWD ${stamp}: cwd="/user/user${uid - 1000}"`,
    `type=PATH ${stamp}: item=0 name="${path}" inode=${below(900_000)} dev=fd:00 mode=0100644 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL`,
    `type=PROCTITLE ${stamp}: proctitle=${Buffer.from(`${comm}\0-l\0${path}`).toString("hex").toUpperCase()}`,
  ];
}

const ACTIONS = ["create", "read", "update", "delete", "login", "logout", "approve", "export"];

/** `n` audit entries as JSON lines of about 500 bytes, nested details, one field distinct in every entry. */
export async function generateNdjson(file: string | Writable, n: number): Promise<Expected> {
  const below = seeded(2);
  const counts = new Map<string, number>();
  let ms = START;
  const bytes = await write(file, function* (emit) {
    for (let i = 0; i < n; i++) {
      ms += below(200);
      const user = USERS[below(USERS.length)] as string;
      counts.set(user, (counts.get(user) ?? 0) + 1);
      emit(JSON.stringify(document(i, ms, user, below)));
      yield;
    }
  });
  return { entries: n, records: n, bytes, counts, countedField: "actor" };
}

/** `n` lines of text with times of one year that name no zone, in no order. */
export async function generateLocal(file: string, n: number): Promise<void> {
  const below = seeded(3);
  await write(file, function* (emit) {
    for (let i = 0; i < n; i++) {
      const at = new Date(START + below(365 * 86_400) * 1000).toISOString();
      emit(`${at.slice(0, 10)} ${at.slice(11, 19)} entry ${i} of the log`);
      yield;
    }
  });
}

function document(i: number, ms: number, user: string, below: (n: number) => number): object {
  const action = ACTIONS[below(ACTIONS.length)] as string;
  return {
    timestamp: new Date(ms).toISOString(),
    id: `evt-${i.toString(16).padStart(8, "0")}-${below(2 ** 31).toString(16)}`,
    level: below(20) === 0 ? "error" : "info",
    user,
    action,
    result: below(15) === 0 ? "failure" : "success",
    sourceIp: `10.${below(4)}.${below(250)}.${below(250)}`,
    host: `app-${below(24)}.example.com`,
    service: `service-${below(30)}`,
    target: { type: "document", name: `doc-${below(20_000)}`, parent: `folder-${below(300)}` },
    message: `${user} did ${action} on a document of folder ${below(300)} in tenant ${below(40)}`,
    details: {
      tenant: `tenant-${below(40)}`,
      region: `eu-${below(5)}`,
      durationMs: below(4_000),
      tags: [`t${below(90)}`, `t${below(90)}`],
      retry: below(3) === 0,
    },
  };
}
