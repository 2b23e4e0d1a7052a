import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { InspectedItem } from "../../workers/contract.ts";
import { encryptedZip } from "./encrypted-zip.ts";
import { Harness, auditLines, faultCode, query, value } from "./harness.ts";

const SECRET = "correct horse battery staple";

async function locked(h: Harness, name = "locked.zip", password = SECRET): Promise<string> {
  return h.write(name, await encryptedZip({ "logs/audit.log": auditLines(12), "notes.txt": "hello\n" }, password));
}

function only(items: readonly InspectedItem[]): InspectedItem {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`${items.length} items`);
  return item;
}

/** No file of the case, nor anything that was told, has the password in it. */
function expectNotKept(h: Harness, told: unknown): void {
  expect(JSON.stringify(told)).not.toContain(SECRET);
  for (const name of readdirSync(h.folder).filter((file) => file.includes(".exhibit"))) {
    expect(readFileSync(join(h.folder, name)).includes(SECRET), name).toBe(false);
  }
}

describe("an archive with a password", () => {
  it("is listed before any password, tells a wrong one, and opens with the right one, which is remembered", async () => {
    const h = new Harness();
    await h.newCase();
    const grant = h.grant(await locked(h));
    const before = only(value(await h.api.inspect([grant])));
    expect(before.password).toBe("locked");
    expect(before.members.map(({ path, bytes, problem }) => [path, bytes, problem?.code])).toEqual([
      ["logs/audit.log", auditLines(12).length, "container.encrypted"],
      ["notes.txt", 6, "container.encrypted"],
    ]);
    const wrong = value(await h.api.unlock(grant, "no"));
    expect(wrong.password).toBe("wrong");
    expect(wrong.members[0]?.problem?.code).toBe("container.password");
    // A wrong one is not remembered: nobody has given one for this archive yet.
    expect(only(value(await h.api.inspect([grant]))).password).toBe("locked");

    const right = value(await h.api.unlock(grant, SECRET));
    expect(right.password).toBe("open");
    expect(right.members[0]).toMatchObject({ path: "logs/audit.log", verdict: "certain", problem: undefined });
    expect(only(value(await h.api.inspect([grant]))).password).toBe("open");
    const preview = value(await h.api.preview(grant, "logs/audit.log", right.members[0]?.choice ?? "", {}));
    expect(preview.rows).toHaveLength(12);
    const job = await h.finished(value(await h.api.startImport({ items: [{ grant, choices: {}, skip: [] }] })));
    expect(job).toMatchObject({ state: "done", entries: 12 });
    expect(value(await h.api.open(query())).matched).toBe(12);
    expectNotKept(h, [before, wrong, right, job, await h.info(), h.actions(), h.bugs]);
  });

  it("is opened by a password that fitted another one; one that does not fit is not blamed on it", async () => {
    const h = new Harness();
    const [a, b, c] = [await locked(h, "a.zip"), await locked(h, "b.zip"), await locked(h, "c.zip", "other")];
    value(await h.api.unlock(h.grant(a), SECRET));
    const items = value(await h.api.inspect([h.grant(b), h.grant(c)]));
    expect(items.map(({ password }) => password)).toEqual(["open", "locked"]);
  });

  it("fails its import while it is locked, with a reason and no entries", async () => {
    const h = new Harness();
    await h.newCase();
    const job = await h.import(await locked(h));
    expect(job).toMatchObject({ state: "failed", entries: 0, fault: { code: "container.encrypted" } });
    expect((await h.info()).state).not.toBe("sealed");
  });

  it("is opened from the case: its password is tried where the file was, and it is imported again", async () => {
    const h = new Harness();
    await h.newCase();
    await h.import(await locked(h));
    const id = (await h.info()).sources[0]?.id;
    if (id === undefined) throw new Error("the locked archive is a source");
    expect(value(await h.api.unlockSource(id, "no")).password).toBe("wrong");
    const seen = value(await h.api.unlockSource(id, SECRET));
    expect(seen.password).toBe("open");
    const job = await h.finished(value(await h.api.importAgain(id, false)));
    expect(job).toMatchObject({ state: "done", entries: 12 });
    const shown = (await h.info()).sources.filter(({ state }) => state !== "replaced");
    expect(shown).toMatchObject([{ state: "ready", name: "locked.zip" }]);
    expectNotKept(h, [seen, job, await h.info(), h.actions(), h.bugs]);
    expect(faultCode(await h.api.unlockSource(id, SECRET))).toBe("request.stale");
  });

  it("tells where its file is gone", async () => {
    const h = new Harness();
    await h.newCase();
    const file = await locked(h);
    await h.import(file);
    const id = (await h.info()).sources[0]?.id;
    if (id === undefined) throw new Error("the locked archive is a source");
    rmSync(file);
    expect(faultCode(await h.api.unlockSource(id, SECRET))).toBe("source.missing");
  });

  it("needs no typing in a folder with a table of passwords, which says what it misses", async () => {
    const h = new Harness();
    await h.newCase();
    const folder = h.path("collections");
    mkdirSync(join(folder, "site 1"), { recursive: true });
    writeFileSync(join(folder, "site 1", "case-1.zip"), await encryptedZip({ "audit.log": auditLines(7) }, SECRET));
    const table = `File Name,Note,Zip Password\ncase-1.zip,first floor,${SECRET}\nmissing-case.zip,,abc\n`;
    writeFileSync(join(folder, "passwords.csv"), table);
    const items = value(await h.api.inspect([h.grant(folder)]));
    expect(items.map(({ name, password }) => [name, password])).toEqual([
      ["passwords.csv", "none"],
      ["site 1/case-1.zip", "open"],
    ]);
    expect(items[0]?.problem).toMatchObject({
      code: "source.missing",
      message: expect.stringMatching(/missing-case\.zip not found/),
    });
    expect(items[0]?.members[0]?.choice).toBeUndefined();
    expectNotKept(h, items);
  });

  it("says which line of a table in a folder is wrong, and takes nothing from it", async () => {
    const h = new Harness();
    const folder = h.path("collections");
    mkdirSync(folder);
    writeFileSync(join(folder, "a.zip"), await encryptedZip({ "audit.log": auditLines(7) }, SECRET));
    writeFileSync(join(folder, "p.csv"), `File Name,Zip Password\na.zip,${SECRET}\na.zip,again\n`);
    const items = value(await h.api.inspect([h.grant(folder)]));
    expect(items.map(({ name, password, problem }) => [name, password, problem?.code])).toEqual([
      ["a.zip", "locked", undefined],
      ["p.csv", "none", "format.unfit"],
    ]);
  });

  it("takes a password file that a person chose", async () => {
    const h = new Harness();
    const archive = h.grant(await locked(h));
    const words = h.grant(h.write("words.txt", `first\n${SECRET}\n`));
    expect(value(await h.api.usePasswordFile(words, [archive]))).toEqual({ passwords: 2, missing: [] });
    expect(only(value(await h.api.inspect([archive]))).password).toBe("open");
    const table = h.grant(h.write("t.csv", "File Name,Zip Password\nlocked.zip,bad\nx.zip,y\n"));
    expect(value(await h.api.usePasswordFile(table, [archive]))).toEqual({ passwords: 2, missing: ["x.zip"] });
    const wrong = h.grant(h.write("wrong.csv", "File Name,Zip Password\nx.zip,\n"));
    expect(faultCode(await h.api.usePasswordFile(wrong, [archive]))).toBe("format.unfit");
    expect(faultCode(await h.api.usePasswordFile(h.grant(h.path("none")), []))).toBe("source.missing");
  });

  it("is reported wrong when the table names a wrong password for it", async () => {
    const h = new Harness();
    const archive = h.grant(await locked(h));
    const table = h.grant(h.write("t.csv", "File Name,Zip Password\nLOCKED.zip,bad\n"));
    value(await h.api.usePasswordFile(table, [archive]));
    expect(only(value(await h.api.inspect([archive]))).password).toBe("wrong");
  });
});
