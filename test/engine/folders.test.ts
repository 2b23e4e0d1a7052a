import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { InspectedItem } from "../../workers/contract.ts";
import { filesIn } from "../../workers/engine/folder.ts";
import { Harness, auditLines, faultCode, query, value } from "./harness.ts";

const names = (items: readonly InspectedItem[]): readonly string[] => items.map(({ name }) => name);

const sockets: { close(): void }[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

async function evidence(h: Harness): Promise<string> {
  const folder = h.path("evidence");
  mkdirSync(join(folder, "host a", "var", "log"), { recursive: true });
  writeFileSync(join(folder, "host a", "var", "log", "audit.log"), auditLines(30));
  writeFileSync(join(folder, "zz.log"), auditLines(20, 1_600_000_000));
  writeFileSync(join(folder, "host a", "notes.txt"), "call the customer\n");
  symlinkSync(join(folder, "zz.log"), join(folder, "linked.log"));
  symlinkSync("..", join(folder, "host a", "loop"));
  symlinkSync("/nowhere/at/all", join(folder, "host a", "broken"));
  const server = createServer();
  sockets.push(server);
  await new Promise<void>((resolve) => server.listen(join(folder, "plug"), resolve));
  return folder;
}

describe("a folder", () => {
  it("is listed at any depth, under names from the folder; links and sockets say why they are not read", async () => {
    const h = new Harness();
    await h.newCase();
    const items = value(await h.api.inspect([h.grant(await evidence(h))]));
    expect(names(items)).toEqual([
      "host a/broken",
      "host a/loop",
      "host a/notes.txt",
      "host a/var/log/audit.log",
      "linked.log",
      "plug",
      "zz.log",
    ]);
    const refused = items.filter(({ problem }) => problem !== undefined);
    expect(refused.map(({ name, problem }) => [name, problem?.code])).toEqual([
      ["host a/broken", "source.not-a-file"],
      ["host a/loop", "source.not-a-file"],
      ["linked.log", "source.not-a-file"],
      ["plug", "source.not-a-file"],
    ]);
    expect(refused.map(({ problem }) => problem?.message)).toEqual([
      "host a/broken is a link, which is not followed.",
      "host a/loop is a link, which is not followed.",
      "linked.log is a link, which is not followed.",
      "plug is a socket, which is not opened.",
    ]);
    expect(new Set(items.map(({ grant }) => grant)).size).toBe(items.length);
    expect(items[3]?.members[0]).toMatchObject({ path: "host a/var/log/audit.log", verdict: "certain" });
  });

  it("imports as one job, names its sources by their place, and notes what it left out", async () => {
    const h = new Harness();
    await h.newCase();
    const items = value(await h.api.inspect([h.grant(await evidence(h))]));
    const request = { items: items.map(({ grant }) => ({ grant, choices: {}, skip: [] })) };
    const job = await h.finished(value(await h.api.startImport(request)));
    expect(job.items.map(({ name, entries }) => [name, entries])).toEqual([
      ["host a/notes.txt", 0],
      ["host a/var/log/audit.log", 30],
      ["zz.log", 20],
    ]);
    const info = await h.info();
    expect(info.sources.map(({ name }) => name)).toEqual(["host a/notes.txt", "host a/var/log/audit.log", "zz.log"]);
    expect(info.sources[1]?.members[0]?.path).toBe("host a/var/log/audit.log");
    expect(value(await h.api.open(query())).matched).toBe(50);
    expect(h.actions().find(({ kind }) => kind === "import.left-out")?.payload).toContain("linked.log is a link");
    const link = items.find(({ name }) => name === "linked.log");
    if (link === undefined) throw new Error("the link was not listed");
    const refused = await h.api.startImport({ items: [{ grant: link.grant, choices: {}, skip: [] }] });
    expect(faultCode(refused)).toBe("source.not-a-file");
  });

  it("keeps the grants of what it found, and gives none for what it did not", async () => {
    const h = new Harness();
    const grant = h.grant(await evidence(h));
    const first = value(await h.api.inspect([grant]));
    const again = value(await h.api.inspect([grant]));
    expect(again.map((item) => item.grant)).toEqual(first.map((item) => item.grant));
    const audit = first.find(({ name }) => name.endsWith("audit.log"));
    if (audit === undefined) throw new Error("the log was not listed");
    const choice = audit.members[0]?.choice ?? "";
    const preview = value(await h.api.preview(audit.grant, "host a/var/log/audit.log", choice, {}));
    expect(preview.rows).toHaveLength(30);
  });

  it("says which sub-folder may not be read, and reads the rest", async ({ skip }) => {
    if (process.getuid?.() === 0) skip("skipped: root may read everything");
    const h = new Harness();
    const folder = await evidence(h);
    const shut = join(folder, "host a", "var");
    chmodSync(shut, 0);
    try {
      const items = value(await h.api.inspect([h.grant(folder)]));
      expect(items.find(({ name }) => name === "host a/var/")?.problem?.code).toBe("source.unreadable");
      expect(names(items)).toContain("zz.log");
    } finally {
      chmodSync(shut, 0o700);
    }
  });

  it("tells a folder that is gone, and one that cannot be read, by its reason", async () => {
    const [gone] = await filesIn("/nowhere/at/all");
    expect(gone?.problem?.code).toBe("source.unreadable");
    expect(gone?.problem?.message).toContain("ENOENT");
  });

  it("stops at its limits and says so", async () => {
    const h = new Harness();
    const folder = h.path("wide");
    mkdirSync(join(folder, "a", "b", "c"), { recursive: true });
    for (let i = 0; i < 20; i++) writeFileSync(join(folder, `f${i}.log`), "x");
    const few = await filesIn(folder, { entries: 10, depth: 64 });
    expect(few.filter(({ problem }) => problem === undefined).length).toBeLessThanOrEqual(10);
    expect(few.flatMap(({ problem }) => problem?.code ?? [])).toEqual(["container.too-large"]);
    const flat = await filesIn(folder, { entries: 1_000, depth: 2 });
    expect(flat.filter(({ problem }) => problem !== undefined)).toMatchObject([
      { name: "a/b/", problem: { code: "container.too-large" } },
    ]);
    expect(await filesIn(folder)).toHaveLength(20);
  });

  it("does not take the open case for evidence", async () => {
    const h = new Harness();
    await h.newCase();
    h.write("a.log", auditLines(5));
    expect(names(value(await h.api.inspect([h.grant(h.folder)])))).toEqual(["a.log"]);
  });
});
