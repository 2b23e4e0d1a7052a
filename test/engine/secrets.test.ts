import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unzipped } from "../support/unzip.ts";
import type { EntryDetail, EntryId, ExportRequest, MemberId, ResultInfo } from "../../workers/contract.ts";
import { namesInText, starAfterNames } from "../../workers/engine/secret-scan.ts";
import { Masking, spellings, starred } from "../../workers/engine/secrets.ts";
import { Harness, query, value } from "./harness.ts";

const KEYS = ["kq2f8c1d-94aa-4c01", 'odd "quoted" \\ key', "kq2f8c1d-94aa-4c01"] as const;
const MASK = /^•••••• [0-9a-f]{4}$/u;

/** Records of a guarded system: three with an API key, one without. */
function guardLog(): string {
  const record = (at: number, more: object): string =>
    JSON.stringify({
      id: `12fbc888-2749-4024-a004-7f337d343fb${at}`,
      created_at: `2025-03-03T18:00:0${at}.549000Z`,
      hostname: "aqg-01",
      level: "info",
      log_type: "audit",
      pid: 1000,
      user_id: 43,
      user_name: "eva",
      action: "api_key_used",
      ...more,
    });
  const keyed = KEYS.map((key, at) => record(at, { api_key: key, details: `called with ${key} twice` }));
  return `${[...keyed, record(4, { action: "login_attempt" })].join("\n")}\n`;
}

/** The same name in a system whose fields are no secrets that we know of. */
const OTHER = `{"time":"2025-03-03T18:00:00Z","user":"bob","action":"use","api_key":"public-key-of-another-log"}\n`;

async function guarded(): Promise<{ readonly h: Harness; readonly all: ResultInfo }> {
  const h = new Harness();
  await h.newCase();
  const job = await h.import(h.write("guard.log", guardLog()), h.write("other.jsonl", OTHER));
  expect(job).toMatchObject({ state: "done", entries: 5 });
  return { h, all: value(await h.api.open(query())) };
}

/** No key in any spelling. */
function expectHidden(told: unknown): void {
  const text = typeof told === "string" ? told : JSON.stringify(told);
  for (const key of KEYS) {
    for (const spelling of spellings(key)) {
      expect(text).not.toContain(spelling);
      expect(text).not.toContain(JSON.stringify(spelling).slice(1, -1));
    }
  }
}

const bytesOf = (detail: EntryDetail): string =>
  Buffer.concat(detail.records.map(({ bytes }) => bytes)).toString("utf8");
const valuesOf = (detail: EntryDetail, name: string): readonly string[] =>
  detail.fields.find((field) => field.name === name)?.values ?? [];

describe("secrets", () => {
  it("are masked in rows; equal ones look equal, and the same name elsewhere is shown", async () => {
    const { h, all } = await guarded();
    const columns = ["raw.api_key", "custom7", "data", "label", "raw.details", "format"];
    const page = value(await h.api.rows(all.id, 0, 10, columns));
    const keys = page.cells[0] ?? [];
    const formats = page.cells[5] ?? [];
    const guardRows = [...keys.keys()].filter((row) => formats[row] === "aqtive-guard");
    const masked = guardRows.map((row) => keys[row]).filter((key) => key !== "");
    expect(masked).toHaveLength(3);
    for (const key of masked) expect(key).toMatch(MASK);
    expect(new Set(masked).size).toBe(2);
    expect(keys).toContain("public-key-of-another-log");
    expectHidden(page.cells);
    expect(
      value(await h.api.fields())
        .filter(({ secret }) => secret)
        .map(({ name }) => name),
    ).toEqual(["custom7", "raw.api_key"]);
  });

  it("are counted masked, found by what is shown, and filtered by without being told", async () => {
    const { h, all } = await guarded();
    const [facet] = value(await h.api.facets(all.id, ["raw.api_key"], 20, ""));
    expect(facet).toMatchObject({ field: "raw.api_key", distinct: 3, missing: 1 });
    const shown = facet?.values.map(({ value: text, count }) => [MASK.test(text) ? "mask" : text, count]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ["mask", 2],
        ["mask", 1],
        ["public-key-of-another-log", 1],
      ]),
    );
    expect(facet?.values[0]?.count).toBe(2);
    expectHidden(facet);
    // What a secret holds cannot be found out letter by letter.
    const [probed] = value(await h.api.facets(all.id, ["raw.api_key"], 20, "kq2f"));
    expect(probed?.values).toEqual([]);

    const mask = facet?.values[0]?.value ?? "";
    const [narrowed] = value(await h.api.facets(all.id, ["raw.api_key"], 20, mask.slice(-4)));
    expect(narrowed?.values).toEqual([{ value: mask, count: 2 }]);
    const clauses = [{ field: "raw.api_key", not: false, values: [mask], enabled: true }];
    const chosen = value(await h.api.open(query("", { clauses })));
    expect(chosen.matched).toBe(2);
    expectHidden(chosen);
    expect(chosen.query).toContain(mask);
    expectHidden(value(await h.api.explain(query("", { clauses }))));
    const without = [{ field: "raw.api_key", not: true, values: [mask], enabled: true }];
    expect(value(await h.api.open(query("", { clauses: without }))).matched).toBe(3);
  });

  it("are hidden in an entry, in its values, its words and its bytes, at the same places", async () => {
    const { h, all } = await guarded();
    const page = value(await h.api.rows(all.id, 0, 10, ["format"]));
    const raw = Buffer.from(guardLog());
    let keyed = 0;
    for (const entry of page.entries) {
      const detail = value(await h.api.entry(entry as EntryId));
      expectHidden({ ...detail, records: detail.records.map((record) => ({ ...record, bytes: "" })) });
      expectHidden(bytesOf(detail));
      const isGuard = detail.fields.some(({ name, values }) => name === "source" && values.includes("guard.log"));
      const key = valuesOf(detail, "raw.api_key")[0];
      if (!isGuard) expect([key, detail.masked]).toEqual(["public-key-of-another-log", false]);
      if (!isGuard || key === undefined) continue;
      keyed++;
      expect(key).toMatch(MASK);
      expect(detail.masked).toBe(true);
      const field = detail.fields.find(({ name }) => name === "raw.api_key");
      expect(field?.masked).toBe(true);
      const [record] = detail.records;
      if (record === undefined || field?.mark === undefined) throw new Error("the key has no place");
      // Every other byte is as it was.
      const real = raw.subarray(record.offset, record.offset + record.length);
      const differing = [...record.bytes.entries()].filter(([at, byte]) => byte !== real[at]);
      expect(differing.every(([, byte]) => byte === 0x2a)).toBe(true);
      expect(differing.length).toBeLessThan(real.length / 4);
      const marked = Buffer.from(record.bytes.subarray(field.mark.start, field.mark.end)).toString();
      expect(marked).toMatch(/^\*+$/);
      expect(bytesOf(detail)).toContain('"user_name":"eva"');
    }
    expect(keyed).toBe(3);
  });

  it("are revealed on purpose, and the case says which and where, not what", async () => {
    const { h } = await guarded();
    const [id] = value(await h.api.rows(value(await h.api.open(query("raw.api_key:kq2f*"))).id, 0, 1, [])).entries;
    if (id === undefined) throw new Error("no entry has the key");
    const revealed = value(await h.api.reveal(id as EntryId));
    expect(valuesOf(revealed, "raw.api_key")).toEqual([KEYS[0]]);
    expect(revealed.masked).toBe(false);
    expect(bytesOf(revealed)).toContain(KEYS[0]);
    const [action, ...more] = h.actions().filter(({ kind }) => kind === "secret.reveal");
    expect(more).toEqual([]);
    const told = JSON.parse(action?.payload ?? "") as object;
    expect(told).toMatchObject({ entry: id, member: revealed.member, offset: revealed.records[0]?.offset });
    expect(told).toMatchObject({ fields: expect.arrayContaining(["raw.api_key", "custom7"]) });
    expectHidden(action);
    // Only this once: asked again, it is masked again, and a look at it is not logged.
    expect(value(await h.api.entry(id as EntryId)).masked).toBe(true);
    expect(h.actions().filter(({ kind }) => kind === "secret.reveal")).toHaveLength(1);
  });

  it("are not logged for an entry that has none", async () => {
    const { h } = await guarded();
    const [id] = value(await h.api.rows(value(await h.api.open(query("login_attempt"))).id, 0, 1, [])).entries;
    value(await h.api.reveal((id ?? 0) as EntryId));
    expect(h.actions().some(({ kind }) => kind === "secret.reveal")).toBe(false);
  });

  it("leave the case masked, unless one says otherwise, which is logged", async () => {
    const { h } = await guarded();
    const request: Omit<ExportRequest, "target"> = {
      query: query(),
      format: "csv-zip",
      columns: "all",
      provenance: true,
      formulaGuard: true,
      lineEnd: "lf",
      secrets: "masked",
    };
    expectHidden(value(await h.api.exportPreview(request)));
    const written = async (name: string, secrets: ExportRequest["secrets"]): Promise<string> => {
      const target = h.grant(h.path(name), "write-new");
      const job = await h.finished(value(await h.api.startExport({ ...request, secrets, target })));
      expect(job).toMatchObject({ state: "done" });
      const files = await unzipped(h.path(name));
      return [...files.values()].map((bytes) => bytes.toString("utf8")).join("\n");
    };
    const masked = await written("masked.zip", "masked");
    expectHidden(masked.replaceAll('""', '"'));
    expect(masked).toContain("••••••");
    expect(masked).toContain("public-key-of-another-log");
    expect(await written("full.zip", "full")).toContain(KEYS[0]);
    const logged = h.actions().filter(({ kind }) => kind === "export");
    expect(logged.map(({ payload }) => (JSON.parse(payload) as { secrets: string }).secrets)).toEqual([
      "masked",
      "full",
    ]);
  });

  it("are masked in a preview, before the file is in any case", async () => {
    const h = new Harness();
    const grant = h.grant(h.write("guard.log", guardLog()));
    const [item] = value(await h.api.inspect([grant]));
    const preview = value(await h.api.preview(grant, "guard.log", item?.members[0]?.choice ?? "", {}));
    expect(preview.rows).toHaveLength(4);
    expectHidden(preview.rows.map(({ cells }) => cells));
    for (const { raw } of preview.rows) expectHidden(Buffer.from(raw).toString("utf8"));
    expect(Buffer.from(preview.rows[0]?.raw ?? []).toString()).toContain('"user_name":"eva"');
  });

  it("look different in another case", async () => {
    const masks: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { h, all } = await guarded();
      masks.push(String(value(await h.api.rows(all.id, 0, 1, ["raw.api_key"])).cells[0]?.[0]));
      await h.engine.closeCase();
      await h.api.openCase(h.grant(h.path("test.exhibit"), "case"));
      const again = value(await h.api.open(query()));
      expect(value(await h.api.rows(again.id, 0, 1, ["raw.api_key"])).cells[0]?.[0]).toBe(masks[i]);
    }
    const plain = createHash("sha256").update(KEYS[0]).digest("hex").slice(0, 4);
    expect(masks[0] === masks[1] && masks[0]?.endsWith(plain)).toBe(false);
  });
});

describe("bytes of a member", () => {
  const TORN = [
    `{"log_type":"audit","created_at":"2025-03-03T18:00:06Z","api_key":"torn-key-0001","user_name":"x`,
    `{"log_type":"audit","user_name":"bea","api_key":"torn-key-0002`,
    `log_type audit, api_key=torn-key-0003 and more`,
  ];
  const log = `${guardLog()}${TORN.join("\n")}\n`;

  async function read(h: Harness, member: number, offset: number, length: number, entry?: number): Promise<Buffer> {
    return Buffer.from(value(await h.api.bytes(member as MemberId, offset, length, entry as EntryId | undefined)));
  }

  async function torn() {
    const h = new Harness();
    await h.newCase();
    const job = await h.import(h.write("guard.log", log), h.write("other.jsonl", OTHER));
    expect(job).toMatchObject({ state: "done", entries: 5, rejects: 3 });
    const members = (await h.info()).sources.flatMap((source) => source.members);
    const guard = members.find(({ format }) => format === "aqtive-guard")?.id ?? 0;
    const other = members.find(({ format }) => format !== "aqtive-guard")?.id ?? 0;
    return { h, guard, other };
  }

  it("hide the secrets of its entries and what follows their name elsewhere, and nothing else", async () => {
    const { h, guard, other } = await torn();
    const bytes = await read(h, guard, 0, 1_048_576);
    let expected = log.replace('"torn-key-0001"', "*".repeat(15)).replace('"torn-key-0002', "*".repeat(14));
    // A value without its closing quote may go on in the next line.
    expected = expected.replace(TORN[2] ?? "", (text) => "*".repeat(text.length));
    for (const key of KEYS) {
      const quoted = JSON.stringify(key);
      expected = expected.replaceAll(quoted, "*".repeat(quoted.length));
      expected = expected.replaceAll(key, "*".repeat(key.length));
      expected = expected.replaceAll(quoted.slice(1, -1), "*".repeat(quoted.length - 2));
    }
    expect(bytes.toString()).toBe(expected);
    expect((await read(h, other, 0, 1_048_576)).toString()).toBe(OTHER);
    // The case keeps what was read.
    const revealed = value(await h.api.reveal(0 as EntryId));
    expect(bytesOf(revealed)).toContain(KEYS[0]);
  });

  it("hide them wherever a stretch begins or ends", async () => {
    const { h, guard } = await torn();
    const whole = await read(h, guard, 0, 1_048_576);
    const at = log.indexOf(KEYS[0]);
    const tornAt = log.indexOf("torn-key-0001");
    for (const cut of [at + 1, at + 7, at + KEYS[0].length - 1, tornAt, tornAt + 6, log.indexOf("torn-key-0002") + 9]) {
      expect((await read(h, guard, 0, cut)).equals(whole.subarray(0, cut))).toBe(true);
      expect((await read(h, guard, cut, 300)).equals(whole.subarray(cut, cut + 300))).toBe(true);
      expect((await read(h, guard, cut, 1))[0]).toBe(0x2a);
    }
    const parts: Buffer[] = [];
    for (let from = 0; from < log.length; from += 37) parts.push(await read(h, guard, from, 37));
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
    expect(await read(h, guard, log.length + 10, 10)).toHaveLength(0);
  });

  it("show those of an entry that was revealed, asked for on its behalf, and of no other", async () => {
    const { h, guard } = await torn();
    const masked = await read(h, guard, 0, 1_048_576);
    const { offset = 0, length = 0 } = value(await h.api.entry(0 as EntryId)).records[0] ?? {};
    expect((await read(h, guard, 0, 1_048_576, 0)).equals(masked)).toBe(true);
    value(await h.api.reveal(0 as EntryId));
    const shown = await read(h, guard, 0, 1_048_576, 0);
    expect(shown.subarray(offset, offset + length).toString()).toBe(log.slice(offset, offset + length));
    expect(shown.subarray(offset + length).equals(masked.subarray(offset + length))).toBe(true);
    expect((await read(h, guard, 0, 1_048_576)).equals(masked)).toBe(true);
    expect((await read(h, guard, 0, 1_048_576, 1)).equals(masked)).toBe(true);
  });

  it("hide what follows the name of a secret in rejects, too", async () => {
    const { h } = await torn();
    const { rows } = value(await h.api.rejects(0, 500, undefined, undefined));
    const texts = rows.map(({ bytes }) => Buffer.from(bytes).toString());
    expect(texts).toHaveLength(3);
    expect(texts.join("\n")).not.toContain("torn-key");
    expect(texts[0]).toContain('"user_name":"x');
    expect(texts[1]).toMatch(/"user_name":"bea","api_key":\*{14}\n?$/);
    expect(rows.map(({ bytes, length }) => bytes.length === length)).toEqual([true, true, true]);
  });

  it("are hidden in as many entries as one call can hold", async () => {
    const h = new Harness();
    await h.newCase();
    const text = guardLog().repeat(1_300);
    await h.import(h.write("guard.log", text));
    const [member] = (await h.info()).sources.flatMap((source) => source.members);
    const bytes = await read(h, member?.id ?? 0, 1_000, 1_048_576);
    expect(bytes).toHaveLength(Math.min(1_048_576, text.length - 1_000));
    expectHidden(bytes.toString());
    const shown = bytes.toString().match(/"user_name":"eva"/g) ?? [];
    expect(shown.length).toBeGreaterThan(3_800);
  });
});

describe("a table with a column of secrets", () => {
  it("shows the bytes of its rows without them, and no other", async () => {
    const h = new Harness();
    await h.newCase();
    const rows = [0, 1, 2].map(
      (at) =>
        `12fbc888-2749-4024-a004-7f337d343fb${at},2025-03-03T18:00:0${at}Z,aqg-01,info,audit,eva,used,${at === 1 ? "" : `table-key-${at}`}`,
    );
    const table = `id,created_at,hostname,level,log_type,user_name,action,api_key\n${rows.join("\n")}\nshort,torn-table-key\n`;
    const file = h.write("guard.csv", table);
    const items = [{ grant: h.grant(file), choices: { "guard.csv": "csv+aqtive-guard" }, skip: [] }];
    const job = await h.finished(value(await h.api.startImport({ items })));
    expect(job).toMatchObject({ state: "done", entries: 3, rejects: 1 });
    const bytes = Buffer.from(value(await h.api.bytes(1 as MemberId, 0, 4_096))).toString();
    const lines = table.split("\n");
    expect(bytes.split("\n")).toEqual([
      "*".repeat(lines[0]?.length ?? 0),
      lines[1]?.replace("table-key-0", "*".repeat(11)),
      lines[2],
      lines[3]?.replace("table-key-2", "*".repeat(11)),
      "*".repeat(lines[4]?.length ?? 0),
      "",
    ]);
    const [reject] = value(await h.api.rejects(0, 10, undefined, undefined)).rows;
    expect(Buffer.from(reject?.bytes ?? []).toString()).toMatch(/^\*+\n?$/);
  });
});

describe("names of secrets in text", () => {
  const NAMES = namesInText(new Set(["raw.api_key", "custom7", "raw.auditd.data.data", "raw.data"]));
  const hidden = (text: string, reading = {}): string => {
    const bytes = Buffer.from(text, "latin1");
    starAfterNames(bytes, NAMES, reading);
    return bytes.toString("latin1");
  };

  it("are the last parts of original names", () => {
    expect(NAMES).toEqual(["api_key", "data"]);
  });

  it.each([
    ['{"api_key": "k3y", "b": 1}', '{"api_key": *****, "b": 1}'],
    ['{"log":"{\\"api_key\\":\\"k3y\\",\\"b\\":1}"}', '{"log":"{\\"api_key\\":*******,\\"b\\":1}"}'],
    ['{"api_key":"k\\"3y","b":1}', '{"api_key":*******,"b":1}'],
    ['{"api_key":"k3y', '{"api_key":****'],
    ['{"api_key":12}', '{"api_key":**}'],
    ['{"api_key":["a","b"],"b":1}', `{"api_key":${"*".repeat(16)}`],
    ['{"auditd":{"data":{"data":"6C73"},"b":1}}', '{"auditd":{"data":{"data":******},"b":1}}'],
    ['{"api_key":"torn\nin two","b":1}', '{"api_key":*****\n*******,"b":1}'],
    ['{"api_key":"torn\n{"b":1}', '{"api_key":*****\n{"b":1}'],
    ['comm="bash" data=6C730D\u001dUID="eva"', 'comm="bash" data=******\u001dUID="eva"'],
    ["data=6C7", "data=***"],
    ['data="su -",<nl>,"pw",<nl>\nnext', `data=${"*".repeat(21)}\nnext`],
    ['{"metadata":"m","my_api_key_id":"x"}', '{"metadata":"m","my_api_key_id":"x"}'],
    ["API_KEY=k3y and\nmore", "API_KEY=*******\nmore"],
  ])("%j", (text, expected) => {
    expect(hidden(text)).toBe(expected);
  });

  it("are found in UTF-16 and in the long form of a journal's field", () => {
    const wide = Buffer.from('{"api_key":"k3y","b":1}', "utf16le");
    for (const encoding of ["utf-16le", "utf-16be"] as const) {
      const bytes = encoding === "utf-16be" ? Buffer.from(wide).swap16() : Buffer.from(wide);
      starAfterNames(bytes, NAMES, { encoding });
      const text = (encoding === "utf-16be" ? Buffer.from(bytes).swap16() : bytes).toString("utf16le");
      expect(text).toBe(`{"api_key":${"\u2a2a".repeat(5)},"b":1}`);
    }
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(6n);
    expect(hidden(`data\n${size.toString("latin1")}6C730D\nb=1\n`)).toBe(`data\n${"*".repeat(14)}\nb=1\n`);
  });

  it("leave no value behind", () => {
    const value_ = fc.string({ minLength: 1, unit: "binary-ascii" });
    fc.assert(
      fc.property(value_, fc.nat(400), (secret, end) => {
        const head = '{"b":1,"api_key":';
        const text = `${head}${JSON.stringify(secret)},"c":"end"}`.slice(0, head.length + end);
        const shown = hidden(text);
        const quoted = JSON.stringify(secret).slice(0, Math.max(0, text.length - head.length));
        expect(shown.slice(head.length, head.length + quoted.length)).toBe("*".repeat(quoted.length));
      }),
    );
  });
});

describe("keystrokes of a terminal", () => {
  it("are hidden in an audit event", async () => {
    const h = new Harness();
    await h.newCase();
    const typed = Buffer.from("passw0rd-typed\r").toString("hex").toUpperCase();
    const line = `type=TTY msg=audit(1700000000.123:77): tty pid=1 uid=0 auid=1000 ses=1 major=136 minor=0 comm="bash" data=${typed}\n`;
    await h.import(h.write("audit.log", line));
    const detail = value(await h.api.entry(0 as EntryId));
    const told = JSON.stringify({ ...detail, records: [] }) + bytesOf(detail);
    expect(told).not.toContain("passw0rd");
    expect(told.toUpperCase()).not.toContain(typed);
    expect(bytesOf(detail)).toContain('comm="bash" data=***');
    expect(detail.masked).toBe(true);
    const lines = Buffer.from(value(await h.api.bytes(1 as MemberId, 0, 4_096))).toString();
    expect(lines).toBe(line.replace(typed, "*".repeat(typed.length)));
    const revealed = JSON.stringify(value(await h.api.reveal(0 as EntryId)).fields);
    expect(revealed).toMatch(/passw0rd|7061737377307264/i);
  });
});

describe("keystrokes in the second file of a rotated log", () => {
  it("are hidden in the bytes of that file", async () => {
    const h = new Harness();
    await h.newCase();
    const head = (serial: number): string => `msg=audit(1700000000.123:${serial}):`;
    const old = `type=USER_LOGIN ${head(70)} pid=1 uid=0 auid=1000 ses=1 msg='op=login res=success'\ntype=SYSCALL ${head(77)} arch=c000003e syscall=1 success=yes exit=1 a0=1 a1=2 a2=3 a3=0 items=0 ppid=1 pid=2 auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=1 comm="bash" exe="/usr/bin/bash" key=(null)\n`;
    const typed = Buffer.from("passw0rd-typed\r").toString("hex").toUpperCase();
    const young = `type=TTY ${head(77)} tty pid=2 uid=0 auid=1000 ses=1 major=136 minor=0 comm="bash" data=${typed}\ntype=USER_END ${head(80)} pid=1 uid=0 auid=1000 ses=1 msg='op=logout res=success'\n`;
    await h.import(h.write("audit.log.1", old), h.write("audit.log", young));
    const members = (await h.info()).sources.flatMap((source) => source.members);
    const details = await Promise.all([0, 1, 2].map(async (id) => value(await h.api.entry(id as EntryId))));
    // One entry lies in both.
    expect(details.map(({ records }) => new Set(records.map(({ member }) => member)).size)).toContain(2);
    for (const member of members) {
      const bytes = Buffer.from(value(await h.api.bytes(member.id, 0, 4_096))).toString();
      const text = member.path === "audit.log" ? young.replace(typed, "*".repeat(typed.length)) : old;
      expect(bytes).toBe(text);
    }
  });
});

describe("masking", () => {
  const masking = new Masking("salt");

  it("never leaves a secret in other text", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (secret, before, after) => {
        const masked = masking.without(`${before}${secret}${after}`, [secret], false);
        const left = masked.replaceAll(masking.mask(secret), "\0");
        expect(left.includes(secret) && !masking.mask(secret).includes(secret)).toBe(false);
      }),
    );
  });

  it("overwrites a secret in bytes and nothing else; where it stands nowhere, everything", () => {
    const bytes = Buffer.from('{"a":"x","key":"s3cr3t","b":"s3cr3t!"}\n');
    expect(Buffer.from(starred(bytes, ["s3cr3t"]).bytes).toString()).toBe('{"a":"x","key":"******","b":"******!"}\n');
    const hidden = Buffer.from(starred(bytes, ["absent"]).bytes).toString();
    expect(hidden).toBe(`${"*".repeat(bytes.length - 1)}\n`);
    expect(Buffer.from(starred(bytes, ["x"]).bytes).toString()).toBe(hidden);
  });
});
