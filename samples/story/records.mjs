/** Spells audit records as auditd writes them with `log_format = ENRICHED` and `name_format = hostname`. */
import { seeded } from "./seeded.mjs";

const NODE = "web01.example.com";
const IDS = { root: 0, alice: 1001, bob: 1002, carol: 1003, deploy: 1004, "svc-backup": 1005, "www-data": 33 };
const UNSET = 4294967295;
const SYSCALLS = { execve: 59, openat: 257, connect: 42, unlink: 87, fchmodat: 268, chown: 92, kill: 62, rename: 82 };
const random = seeded(20260317);
const SEPARATOR = "\x1d";

const hex = (text) => Buffer.from(text).toString("hex").toUpperCase();
/** The kernel quotes plain text and writes anything else as hex. */
const untrusted = (text) => (/^[\x21\x23-\x7e]+$/.test(text) ? `"${text}"` : hex(text));
const idOf = (name) => (name === "unset" ? UNSET : IDS[name]);

export function createLog(firstSerial) {
  const events = [];
  const milliseconds = new Map();
  let serial = firstSerial;

  function event(seconds, parts) {
    // What is told for one second happened in that order, some milliseconds apart.
    const ms = (milliseconds.get(seconds) ?? random.below(600)) + 1 + random.below(40);
    milliseconds.set(seconds, ms);
    const stamp = `${seconds}.${String(ms).padStart(3, "0")}:${serial++}`;
    events.push({
      stamp,
      lines: parts.map(([type, body]) => `node=${NODE} type=${type} msg=audit(${stamp}): ${body}`),
    });
  }

  /** One record from user space: PAM, sshd, sudo, systemd, the shadow tools. */
  function user(seconds, type, who, message, names = `UID="root" AUID="${who.auid}"`) {
    const head = `pid=${who.pid} uid=0 auid=${idOf(who.auid)} ses=${who.ses} subj=unconfined`;
    event(seconds, [[type, `${head} msg='${message}'${SEPARATOR}${names}`]]);
  }

  function pam(seconds, type, who, op, account, from, result, exe = "/usr/sbin/sshd") {
    const host = from === "" ? "hostname=? addr=?" : `hostname=${from} addr=${from}`;
    const grantors = result === "success" ? "pam_unix" : "?";
    const terminal = exe.endsWith("cron") ? "cron" : exe.endsWith("sudo") ? "/dev/pts/0" : "ssh";
    user(
      seconds,
      type,
      who,
      `op=PAM:${op} grantors=${grantors} acct="${account}" exe="${exe}" ${host} terminal=${terminal} res=${result}`,
    );
  }

  function syscall(
    seconds,
    call,
    who,
    { exe, key, exit = 0, success = true, args = [], cwd = "/root", paths = [], more = [] },
  ) {
    const uid = IDS[who.uid ?? "root"];
    const comm = exe.slice(exe.lastIndexOf("/") + 1).slice(0, 15);
    const ids = ["uid", "gid", "euid", "suid", "fsuid", "egid", "sgid", "fsgid"].map((id) => `${id}=${uid}`).join(" ");
    const names = ["UID", "GID", "EUID", "SUID", "FSUID", "EGID", "SGID", "FSGID"]
      .map((id) => `${id}="${who.uid ?? "root"}"`)
      .join(" ");
    const tty = who.tty ?? "pts0";
    const pointers = `a0=${random.hex(12)} a1=${random.hex(12)} a2=${random.below(3)} a3=${random.below(1024)}`;
    const parts = [
      [
        "SYSCALL",
        `arch=c000003e syscall=${SYSCALLS[call]} success=${success ? "yes" : "no"} exit=${exit} ${pointers} items=${paths.length} ` +
          `ppid=${who.pid} pid=${who.pid + 1 + random.below(40)} auid=${idOf(who.auid)} ${ids} tty=${tty} ses=${who.ses} ` +
          `comm=${untrusted(comm)} exe=${untrusted(exe)} subj=unconfined key=${key ? `"${key}"` : "(null)"}` +
          `${SEPARATOR}ARCH=x86_64 SYSCALL=${call} AUID="${who.auid}" ${names}`,
      ],
      ...more,
    ];
    if (args.length > 0)
      parts.push(["EXECVE", `argc=${args.length} ${args.map((arg, i) => `a${i}=${untrusted(arg)}`).join(" ")}`]);
    if (paths.length > 0) parts.push(["CWD", `cwd=${untrusted(cwd)}`]);
    paths.forEach(([name, nametype, owner = "root", mode = "0100644"], item) => {
      const file = `inode=${130000 + random.below(9000)} dev=fd:00 mode=${mode} ouid=${IDS[owner]} ogid=${IDS[owner]} rdev=00:00`;
      const caps = "cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0";
      parts.push([
        "PATH",
        `item=${item} name=${untrusted(name)} ${file} nametype=${nametype} ${caps}${SEPARATOR}OUID="${owner}" OGID="${owner}"`,
      ]);
    });
    const title = args.length > 0 ? args.join("\0") : `${exe}\0`;
    parts.push(["PROCTITLE", `proctitle=${hex(title.replace(/\0$/, ""))}`]);
    event(seconds, parts);
  }

  function exec(seconds, who, args, options = {}) {
    const exe = args[0].includes("/") ? args[0] : `/usr/bin/${args[0]}`;
    const paths = [
      [exe, "NORMAL", "root", "0100755"],
      ["/lib64/ld-linux-x86-64.so.2", "NORMAL", "root", "0100755"],
    ];
    syscall(seconds, "execve", who, { exe, key: "exec", args, paths, ...options });
  }

  function connect(seconds, who, exe, address, port) {
    const saddr = `0200${port.toString(16).padStart(4, "0")}${address
      .split(".")
      .map((n) => Number(n).toString(16).padStart(2, "0"))
      .join("")}${"0".repeat(16)}`;
    const sockaddr = `saddr=${saddr.toUpperCase()}${SEPARATOR}SADDR={ saddr_fam=inet laddr=${address} lport=${port} }`;
    syscall(seconds, "connect", who, { exe, key: "net", exit: -115, success: false, more: [["SOCKADDR", sockaddr]] });
  }

  const sudo = (seconds, who, command, cwd, result = "success") =>
    user(
      seconds,
      "USER_CMD",
      who,
      `cwd=${untrusted(cwd)} cmd=${untrusted(command)} exe="/usr/bin/sudo" terminal=pts/0 res=${result}`,
      `UID="${who.auid}" AUID="${who.auid}"`,
    );

  /** In the order of time; every event keeps the serial it was given in that order. */
  function lines() {
    events.sort((a, b) => Number(a.stamp.split(":")[0]) - Number(b.stamp.split(":")[0]));
    let number = firstSerial;
    return events.map(({ stamp, lines: parts }) => {
      const renumbered = `${stamp.split(":")[0]}:${number++}`;
      return parts.map((line) => line.replace(`audit(${stamp})`, `audit(${renumbered})`));
    });
  }

  return { event, user, pam, syscall, exec, connect, sudo, lines, random };
}
