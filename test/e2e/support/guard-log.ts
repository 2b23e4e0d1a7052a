/** Logs of AQtive Guard from two hosts, written by the test: a change, a refused key, one request, a long trace. */

/** A key that nobody may see unasked. */
export const API_KEY = "csk-71c0-never-shown";
export const REQUEST = "4f6a9f0e-2b6d-4d27-9a55-0d7c1a8f3b11";

const OLD = { retention_days: 365, notify: ["ops@acme.example"], mode: "strict" };
const NEW = { retention_days: 30, notify: ["ops@acme.example"], mode: "strict" };

const TRACE = [
  "Traceback (most recent call last):",
  ...Array.from({ length: 600 }, (_, at) => `  File "/opt/aqg/worker/step_${at}.py", line ${at + 7}, in run_${at}`),
  "TimeoutError: the analyser did not answer in 30 s",
].join("\n");

/** 5 of audit, 3 of application, 1 of web; the web one is critical. */
export const guardLog: string = [
  audit(1, "2025-03-01T08:00:00Z", "aqg-01", { action: "login_attempt", access_granted: true, user_name: "ana" }),
  audit(2, "2025-03-01T08:00:05Z", "aqg-01", {
    action: "setting_change",
    setting: "retention",
    user_name: "ana",
    request_id: REQUEST,
    old_value: OLD,
    new_value: NEW,
  }),
  audit(3, "2025-03-01T08:00:06Z", "aqg-01", { action: "access", user_name: "ana", request_id: REQUEST }),
  audit(4, "2025-03-02T09:10:00Z", "aqg-01", {
    action: "api_request",
    access_granted: false,
    access_denied_reason: "invalid key",
    api_key: API_KEY,
    client_ip: "192.0.2.9",
  }),
  audit(5, "2025-03-03T09:10:00Z", "aqg-02", { action: "login_attempt", access_granted: true, user_name: "bo" }),
  record(6, "2025-03-01T08:00:07Z", "aqg-01", "application", "debug", { message: "job 1", request_id: REQUEST }),
  record(7, "2025-03-01T08:01:07Z", "aqg-01", "application", "error", { message: "job 1 failed", stacktrace: TRACE }),
  record(8, "2025-03-04T08:01:07Z", "aqg-02", "application", "info", { message: "job 2" }),
  record(9, "2025-03-04T08:02:07Z", "aqg-02", "web", "critical", { method: "GET", path: "/x", status_code: 500 }),
]
  .map((each) => `${JSON.stringify(each)}\n`)
  .join("");

function audit(id: number, at: string, host: string, more: object): object {
  return record(id, at, host, "audit", "info", more);
}

function record(id: number, at: string, host: string, type: string, level: string, more: object): object {
  const uuid = `12fbc888-2749-4024-a004-${String(id).padStart(12, "0")}`;
  return { id: uuid, created_at: at, hostname: host, level, log_type: type, pid: 900 + id, ...more };
}
