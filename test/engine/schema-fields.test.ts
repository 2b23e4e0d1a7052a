/** The 123 fields of Linux.Auditd by name: asked for, described, and gathered as indicators. */
import { expect, it } from "vitest";
import { SCHEMA_FIELDS } from "../../workers/base/linux-auditd.ts";
import type { EntryId } from "../../workers/contract.ts";
import { Harness, query, value } from "./harness.ts";

/** One row with every field of text, so that each can be found by its value. */
function fullRow(): string {
  const own = SCHEMA_FIELDS.filter(({ type }) => type === "string").map(({ name }) => [name, `v-${name}`] as const);
  return `${JSON.stringify({
    ...Object.fromEntries(own),
    type: "SYSCALL",
    timestamp: 1_786_504_600.25,
    eventId: "901",
    extra_message_fields: { op: "login", "a b": 7 },
    p_log_type: "Linux.Auditd",
    p_event_time: "2026-08-12 03:16:40.250",
    p_parse_time: "2026-08-12 03:17:00",
  })}\n`;
}

it("every field is found by its own name, and described where it is shown", async () => {
  const h = new Harness();
  await h.newCase();
  await h.import(h.write("rows.jsonl", fullRow()));
  expect(SCHEMA_FIELDS).toHaveLength(123);
  const detail = value(await h.api.reveal(0 as EntryId));
  for (const { name, type, description, indicators, indicatorHonoured } of SCHEMA_FIELDS) {
    const isMap = type === "json";
    const asked = isMap ? `raw.${name}.op` : `raw.${name}`;
    expect(value(await h.api.open(query(`has:${asked}`))).matched, name).toBe(1);
    const shown = detail.fields.find((field) => field.name === asked);
    const own = indicatorHonoured === false ? [] : indicators;
    expect(shown?.about, name).toEqual({ type, description, indicators: own });
    if (type === "string" && name !== "type" && name !== "eventId")
      expect(shown?.values.join(), name).toContain(`v-${name}`);
  }
});

it("a field that no entry has may still be asked for, where the log is of the schema", async () => {
  const h = new Harness();
  await h.newCase();
  await h.import(
    h.write(
      "audit.log",
      "type=USER_LOGIN msg=audit(1786504601.000:902): pid=7 uid=0 auid=1004 msg='acct=\"eva\" res=success'\n",
    ),
  );
  expect(value(await h.api.open(query("raw.xattr:x"))).matched).toBe(0);
  expect(value(await h.api.open(query("new-disk:x"))).matched).toBe(0);
  const fields = value(await h.api.fields());
  expect(fields.find(({ name }) => name === "raw.xattr")).toMatchObject({ present: false });
  expect(fields.find(({ name }) => name === "raw.uid")).toMatchObject({ present: true });

  const other = new Harness();
  await other.newCase();
  await other.import(other.write("a.jsonl", '{"time":"2026-01-01T00:00:00Z","user":"eva"}\n'));
  expect(await other.api.open(query("raw.xattr:x"))).toMatchObject({ ok: false, fault: { code: "query.field" } });
});

it("indicators are counted as facets", async () => {
  const h = new Harness();
  await h.newCase();
  const row = {
    type: "USER_LOGIN",
    timestamp: 1_786_504_600.25,
    p_log_type: "Linux.Auditd",
    p_event_time: "2026-08-12 03:16:40.250",
  };
  const rows = [
    { ...row, eventId: "1", uid: "0", addr: "192.0.2.7", hostname: "gate.example", ip: "0x7f00" },
    { ...row, eventId: "2", uid: "0", addr: "192.0.2.7", hostname: "?" },
    { ...row, eventId: "3", uid: "33", addr: "?", p_any_ip_addresses: ["192.0.2.9"] },
  ];
  await h.import(h.write("rows.jsonl", `${rows.map((each) => JSON.stringify(each)).join("\n")}\n`));
  const result = value(await h.api.open(query()));
  const names = ["raw.indicator.ip", "raw.indicator.hostname", "raw.indicator.actor_id"];
  const facets = value(await h.api.facets(result.id, names, 10, ""));
  expect(facets.map(({ values }) => Object.fromEntries(values.map((each) => [each.value, each.count])))).toEqual([
    { "192.0.2.7": 2, "192.0.2.9": 1 },
    { "gate.example": 1 },
    { "0": 2, "33": 1 },
  ]);
  expect(value(await h.api.fields()).find(({ name }) => name === names[0])).toMatchObject({ title: "IP indicator" });
});
