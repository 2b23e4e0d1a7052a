/** The responders' side: what the console of the response platform recorded on the same two days. */
import { seeded } from "./seeded.mjs";

const DAY1 = Date.UTC(2026, 2, 17);
const DAY2 = DAY1 + 86_400_000;
const clock = (day, text) => {
  const [h, m, s = "0"] = text.split(":");
  return day + (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000;
};
const AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";
const HOSTS = ["WEB01", "WEB02", "DB01", "MAIL01", "WKS-0142", "WKS-0177"];
const PEOPLE = {
  "eva.marsh": "192.0.2.60",
  "tomas.lind": "192.0.2.61",
  "svc-scheduler": "192.0.2.5",
  "amir.haddad": "198.51.100.80",
};

export function airDocuments() {
  const random = seeded(424242);
  const documents = [];
  const add = (at, type, performedBy, more = {}) =>
    documents.push({
      _id: { $oid: Math.floor(at / 1000).toString(16) + random.hex(16) },
      createdAt: { $date: new Date(at + random.below(1000)).toISOString() },
      type,
      performedBy,
      organizationId: 1,
      organizationName: "Example Retail",
      eventSource: performedBy.startsWith("svc-") ? "system" : "console",
      ipAddress: PEOPLE[performedBy],
      userAgent: performedBy.startsWith("svc-") ? "" : AGENT,
      success: true,
      ...more,
    });

  schedule(add, random);
  desk(add, random);
  incident(add);
  branchOffice(add, random);
  documents.sort((a, b) => a.createdAt?.$date.localeCompare(b.createdAt?.$date ?? "") ?? 0);
  delete documents[37].createdAt;
  return documents;
}

function schedule(add, random) {
  for (const day of [DAY1, DAY2]) {
    for (let hour = 0; hour < 24; hour++) {
      const host = random.pick(HOSTS);
      const at = clock(day, `${hour}:15`);
      add(at, "triage-task-scheduled", "svc-scheduler", {
        endpointName: host,
        description: `Scheduled triage of ${host}`,
        details: { rule: "daily-yara", hits: 0 },
      });
      if (hour % 3 === 0)
        add(at + 90_000, "asset-policy-updated", "svc-scheduler", {
          endpointName: host,
          details: { oldValue: "policy 12", newValue: "policy 13" },
        });
    }
  }
}

function desk(add, random) {
  for (const day of [DAY1, DAY2]) {
    for (const name of ["eva.marsh", "tomas.lind"]) {
      const start = clock(day, "08:10") + random.below(1_800_000);
      add(start, "user-login-success", name, { description: `${name} signed in` });
      for (let i = 0; i < 18; i++) {
        const host = random.pick(HOSTS);
        const [type, text] = random.pick([
          ["asset-viewed", `Opened ${host}`],
          ["case-note-added", "Note added to case C-2026-014"],
          ["report-downloaded", `Downloaded the report of ${host}`],
          ["acquisition-task-created", `Acquisition of ${host}`],
        ]);
        add(start + 600_000 + i * 900_000 + random.below(600_000), type, name, {
          endpointName: host,
          description: text,
        });
      }
      add(clock(day, "17:40") + random.below(900_000), "user-logout", name, {});
    }
  }
  for (let i = 0; i < 9; i++) {
    const more = {
      success: false,
      ipAddress: "203.0.113.57",
      errorCode: "INVALID_CREDENTIALS",
      description: "Wrong password",
    };
    add(clock(DAY2, "03:12") + i * 41_000, "user-login-failed", i % 2 === 0 ? "eva.marsh" : "tomas.lind", more);
  }
}

function incident(add) {
  const eva = (time, type, more) =>
    add(clock(DAY2, time), type, "eva.marsh", {
      endpointName: "WEB01",
      sessionId: "ir-7f3a",
      correlationId: "C-2026-015",
      ...more,
    });
  eva("07:40:10", "case-created", { description: "Case C-2026-015: unknown program on WEB01", level: "warning" });
  eva("07:41:02", "endpoint-isolation-enabled", { description: "WEB01 cut off from the network", level: "critical" });
  eva("07:43:30", "interact-session-started", { description: "Remote shell on WEB01" });
  const commands = [
    ["ps auxf", "root 61741 97.0 0.4 /tmp/.x/kworkerd --pool 198.51.100.23:4444"],
    [
      "sha256sum /tmp/.x/kworkerd",
      "9f2c51d0a7b34e1188c2d4f6a90b7c3e5d1f20a4b6c8e0d2f4a6b8c0d2e4f6a8  /tmp/.x/kworkerd",
    ],
    ["cat /var/spool/cron/crontabs/root", "*/5 * * * * /tmp/.x/kworkerd --quiet"],
    ["last -n 5", "deploy pts/0 203.0.113.57 Wed Mar 18 02:47 - 03:04"],
    ["ss -tnp | grep 4444", "ESTAB 0 0 192.0.2.10:51544 198.51.100.23:4444"],
    ["kill -9 61741", ""],
  ];
  commands.forEach(([command, output], i) =>
    eva(`07:4${4 + Math.floor(i / 2)}:${i % 2 === 0 ? "05" : "40"}`, "interact-command-executed", {
      data: { command, output, exitCode: 0 },
    }),
  );
  eva("07:55:00", "interact-session-ended", {});
  eva("08:02:44", "acquisition-task-created", {
    description: 'Full acquisition of WEB01, note: "=HYPERLINK" in a field name',
    tags: ["incident", "web"],
  });
  eva("09:31:20", "acquisition-task-completed", { duration: 5_316_000 });
  eva("09:40:00", "user-privilege-changed", {
    resourceType: "user",
    resourceName: "deploy",
    details: { oldValue: { roles: ["deploy", "sudo"] }, newValue: { roles: [] } },
  });
  eva("11:20:00", "endpoint-isolation-disabled", { description: "WEB01 back on the network", level: "warning" });
}

function branchOffice(add, random) {
  const amir = { organizationId: 2, organizationName: "Example Retail, branch office" };
  for (let i = 0; i < 36; i++) {
    const host = random.pick(["BR-POS-01", "BR-POS-02", "BR-NAS"]);
    const type = random.pick(["asset-viewed", "triage-task-created", "evidence-uploaded", "asset-registered"]);
    add(clock(DAY2, "09:00") + i * 700_000 + random.below(300_000), type, "amir.haddad", {
      ...amir,
      endpointName: host,
      description: `${type.replaceAll("-", " ")}: ${host}`,
    });
  }
}
