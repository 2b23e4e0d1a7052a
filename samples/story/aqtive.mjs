/** The cryptography team's side: what their analyzer wrote on the same two days, with someone trying a stolen key. */
import { seeded } from "./seeded.mjs";

const DAY1 = Date.UTC(2026, 2, 17);
const DAY2 = DAY1 + 86_400_000;
const HOST = "aqg-01";
const PEOPLE = { "lena.orth": [41, "192.0.2.71"], "max.hale": [42, "192.0.2.72"], "svc-jira": [50, "192.0.2.9"] };
const STOLEN = "198.51.100.23";
const TRACE = [
  "Traceback (most recent call last):",
  '  File "/opt/analyzer/jobs.py", line 214, in run',
  "    report = self.parse(upload)",
  '  File "/opt/analyzer/parse.py", line 88, in parse',
  "    return decode(upload.read())",
  '  File "/opt/analyzer/decode.py", line 31, in decode',
  "    raise ParseError(f'unexpected tag {tag:#x} at byte {at}')",
  "analyzer.errors.ParseError: unexpected tag 0x7f at byte 4096",
].join("\n");

/** Records by the file of the bundle that they stand in. */
export function aqtiveLogs() {
  const random = seeded(70317);
  const uuid = () =>
    [8, 4, 4, 4, 12]
      .map((digits) => random.hex(digits))
      .join("-")
      .replace(/^(.{14})./, "$14")
      .replace(/^(.{19})./, "$18");
  const record = (at, log_type, level, more) => ({
    id: uuid(),
    created_at: new Date(at + random.below(900)).toISOString().replace("Z", `${random.between(100, 999)}Z`),
    hostname: HOST,
    level,
    log_type,
    pid: 1800 + random.below(9),
    ...more,
  });
  const person = (name) => ({ user_id: PEOPLE[name][0], user_name: name, client_ip: PEOPLE[name][1] });
  const office = (day, from, to, step, make) => {
    for (let at = day + from * 3_600_000; at < day + to * 3_600_000; at += step + random.below(step)) make(at);
  };
  return {
    "logs/audit.log.2026-03-17": auditDay(DAY1, record, person, office, random, uuid),
    "logs/audit.log": [...auditDay(DAY2, record, person, office, random, uuid), ...intrusion(record, uuid)].sort(
      byTime,
    ),
    "logs/application.log": application(record, person, office, random, uuid),
  };
}

const byTime = (a, b) => (a.created_at < b.created_at ? -1 : 1);

function auditDay(day, record, person, office, random, uuid) {
  const records = [];
  const add = (at, level, more) => records.push(record(at, "audit", level, { request_id: uuid(), ...more }));
  office(day, 7, 18, 1_500_000, (at) => {
    const who = person(random.pick(["lena.orth", "max.hale"]));
    add(at, "info", { ...who, action: "login_attempt", access_granted: true });
    add(at + 40_000, "info", {
      ...who,
      action: "access",
      access_granted: true,
      element: "project",
      element_id: random.between(1, 9),
    });
    if (random.below(4) === 0)
      add(at + 90_000, "info", {
        ...who,
        action: "update",
        access_granted: true,
        element: "report",
        element_id: random.between(20, 60),
        old_value: "draft",
        new_value: "released",
      });
  });
  office(day, 0, 24, 14_400_000, (at) =>
    add(at, "info", {
      ...person("svc-jira"),
      action: "export_jira",
      access_granted: true,
      element: "project",
      element_id: 3,
    }),
  );
  return records.sort(byTime);
}

/** A key that was read from the web server is tried; with a person's password a way in is left open. */
function intrusion(record, uuid) {
  const at = DAY2 + 2.6 * 3_600_000;
  const from = { client_ip: "192.0.2.80", forwarded_for_client_ip: STOLEN };
  const tries = Array.from({ length: 9 }, (_, i) =>
    record(at + i * 4_000, "audit", "warning", {
      request_id: uuid(),
      ...from,
      action: "api_request",
      access_granted: false,
      access_denied_reason: "invalid api key",
      api_key: `aqk_${"0123456789abcdef".repeat(2).slice(i, i + 24)}`,
    }),
  );
  const who = { user_id: 42, user_name: "max.hale", ...from };
  const setting = (minutes, name, before, after) =>
    record(at + minutes * 60_000, "audit", "warning", {
      request_id: uuid(),
      ...who,
      action: "setting_change",
      access_granted: true,
      setting: name,
      old_value: before,
      new_value: after,
    });
  return [
    ...tries,
    record(at + 120_000, "audit", "info", {
      request_id: uuid(),
      ...who,
      action: "login_attempt",
      access_granted: true,
    }),
    setting(4, "session_timeout", 900, 86_400),
    setting(6, "allowed_networks", ["192.0.2.0/24"], ["192.0.2.0/24", "198.51.100.0/24"]),
    setting(
      9,
      "audit_forwarding",
      { target: "siem.example.com", enabled: true },
      { target: "siem.example.com", enabled: false },
    ),
  ];
}

function application(record, person, office, random, uuid) {
  const records = [];
  office(DAY1, 0, 48, 2_700_000, (at) => {
    const request_id = uuid();
    records.push(
      record(at, "web", "info", {
        ...person("lena.orth"),
        request_id,
        method: "GET",
        path: `/api/v2/projects/${random.between(1, 9)}`,
        status_code: random.pick([200, 200, 200, 304, 404]),
      }),
    );
    records.push(
      record(at + 2_000, "analysis", "debug", {
        request_id,
        memory_mb: 120 + random.below(400) / 10,
        module: "analyzer.rules",
        message: "rules applied",
      }),
    );
    if (random.below(5) === 0)
      records.push(record(at + 3_000, "application", "info", { request_id, message: "report written" }));
  });
  for (const hours of [3, 14, 31])
    records.push(
      record(DAY1 + hours * 3_600_000, "application", "error", {
        request_id: uuid(),
        message: "upload could not be analyzed",
        stacktrace: TRACE,
      }),
    );
  for (const hours of [5, 29])
    records.push(
      record(DAY1 + hours * 3_600_000, "tanium", "warning", {
        computer_group: "Servers",
        endpoint_id: "WEB01",
        target: "tanium.example.com",
        path: "/api/v2/endpoints",
        status_code: 503,
        message: "endpoint list not refreshed",
      }),
    );
  return records.sort(byTime);
}
