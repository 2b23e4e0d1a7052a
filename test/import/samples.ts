/** Small members of each kind, made here so that a clone without the corpus tests everything that matters. */

const stamp = (at: number): string =>
  `msg=audit(17356896${String(at % 100).padStart(2, "0")}.${String(100 + (at % 900))}:${1000 + at})`;

function auditEvent(at: number): string {
  return [
    `type=SYSCALL ${stamp(at)}: arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c a1=7ffd${at} items=1 ppid=1 pid=${4000 + at} auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 comm="cat" exe="/usr/bin/cat" key="secrets"`,
    `type=CWD ${stamp(at)}: cwd="/root"`,
    `type=PATH ${stamp(at)}: item=0 name="/etc/shadow${at % 7}" inode=${at} dev=08:01 mode=0100640 ouid=0 ogid=42 rdev=00:00 nametype=NORMAL`,
    `type=PROCTITLE ${stamp(at)}: proctitle=${Buffer.from(`cat\0/etc/shadow${at % 7}\0žluťoučký${at % 5}`)
      .toString("hex")
      .toUpperCase()}`,
  ].join("\n");
}

/** Events whose records lie among each other's, a line that is no record, and blank lines. */
export function auditLog(events: number): string {
  const lines: string[] = [];
  for (let at = 0; at < events; at += 2) {
    const [first, second] = [auditEvent(at).split("\n"), auditEvent(at + 1).split("\n")];
    first.forEach((line, place) => lines.push(line, second[place] ?? ""));
    if (at % 10 === 0) lines.push("", "this line is no audit record");
  }
  return `${lines.join("\n")}\n`;
}

export function jsonLog(entries: number): string {
  const lines: string[] = [];
  for (let at = 0; at < entries; at++) {
    const time = new Date(1_735_689_600_000 + at * 1000).toISOString();
    lines.push(
      JSON.stringify({
        timestamp: time,
        id: `event-${at % 90}`,
        user: { name: `user${at % 11}` },
        action: at % 3 === 0 ? "login" : "read",
        message: `opened\tfile "č${at}"`,
        tags: [`t${at % 4}`, "all"],
      }),
    );
    if (at % 25 === 0) lines.push("{ broken", "");
  }
  return `${lines.join("\r\n")}\r\n`;
}

export const SAMPLES: readonly (readonly [string, string])[] = [
  ["auditd", auditLog(60)],
  ["JSON lines", jsonLog(120)],
];
