import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bytesOfLatin1 } from "../../workers/base/bytes.ts";
import { FaultError } from "../../workers/base/fault.ts";
import { detect, detectAs, everyChoice, HEAD_BYTES, resolveChoice } from "../../workers/import/detect.ts";
import { formats } from "../../workers/formats/registry.ts";
import type { CarriedRecord } from "../../workers/formats/format.ts";
import { cutterOf } from "../../workers/carriers/encoded.ts";
import { SILENT } from "../../workers/carriers/message.ts";
import { sharedPath } from "../support/shared.ts";
import { utf8Of } from "../support/utf8.ts";

const of = (text: string, whole = true) => detect(utf8Of(text), whole);
const AIR =
  '{"_id":{"$oid":"65a0c1d2e3f4a5b6c7d8e9f0"},"createdAt":{"$date":"2024-11-04T08:01:02Z"},"performedBy":"eva"}';

describe("verdicts", () => {
  test("certain: the content proves it", () => {
    const detected = of(`${AIR}\n${AIR}\n`);
    expect(detected).toMatchObject({
      verdict: "certain",
      choice: "mongoexport+binalyze-air",
      title: "Binalyze AIR audit log",
    });
    expect(detected.reasons[0]).toBe("2 of 2 records have _id and two or more fields of AIR (performedBy, createdAt)");
    expect(detected.alsoTried.join("\n")).toContain("JSON records of an unknown system");
    expect(detected.alsoTried.join("\n")).not.toContain("Binalyze");
  });
  test("damage among the records is no doubt", () => {
    expect(of(`${AIR}\n${AIR}\n{"cut":\n`).verdict).toBe("certain");
    expect(of(`${AIR}\n${AIR}\n2025-01-10T12:00:00.000+0000\tconnected to: x\n`).verdict).toBe("certain");
  });
  test("likely: any JSON lines, with the column that dates them", () => {
    const detected = of('{"when":"x","ts":1736510400}\n{"ts":1736510401}\n');
    expect(detected).toMatchObject({ verdict: "likely", choice: "json-lines+generic-json" });
    expect(detected.reasons).toContain("time from ts: 2 of 2 records read as times");
    expect(of('{"a":1}\n').reasons).toContain("no column reads as a time: entries will be undated");
  });
  test("a document with few telling fields is only likely", () => {
    expect(of('{"_id":1,"createdAt":"2024-11-04T08:01:02Z","type":"x"}\n')).toMatchObject({
      verdict: "likely",
      choice: "json-lines+binalyze-air",
    });
  });
  test("text: readable, and nobody's", () => {
    expect(of("Dear colleague,\nthe logs are attached.\n")).toMatchObject({
      verdict: "text",
      choice: undefined,
      title: "Text of an unknown form",
    });
    expect(of("no line end", false).verdict).toBe("text");
  });
  test("JSON that is no line by line log", () => {
    const dated = '{"ts":"2025-01-10T12:00:00Z","user":"eva"}';
    expect(of(`[${dated},\n${dated}]`)).toMatchObject({ verdict: "likely", choice: "json-documents+generic-json" });
    expect(of(dated.replaceAll(/([{,])/g, "$1\n  "))).toMatchObject({ choice: "json-documents+generic-json" });
    expect(of(`[${AIR},${AIR}]`)).toMatchObject({ verdict: "certain", choice: "mongoexport-documents+binalyze-air" });
    // Settings, not a log.
    expect(of('{\n  "port": 8080,\n  "servers": [{ "name": "a" }]\n}\n').verdict).toBe("text");
  });
  test.each(["log", "message", "MESSAGE", "msg"])("audit records collected under %s, an array in one line", (key) => {
    const record = 'type=SYSCALL msg=audit(1736510400.123:7): arch=c000003e syscall=59 comm="id" exe="/usr/bin/id"';
    const collected = [record, "type=PROCTITLE msg=audit(1736510400.123:7): proctitle=6964"];
    const array = JSON.stringify(collected.map((line) => ({ date: 1736510401.5, [key]: line })));
    expect(of(array).choice).toBe("fluent-bit+auditd");
    expect(of(`  [ ${array.slice(1)}`).choice).toBe("fluent-bit+auditd");
  });
  test("audit records in the cells of a table are no audit log: their quotes are doubled", () => {
    const record = 'type=SYSCALL msg=audit(1736510400.123:7): arch=c000003e syscall=59 comm=""id"" exe=""/usr/bin/id""';
    const found = of(`_time,host,_raw\n${`2025-01-10T12:00:00.123+0000,web1,"${record}"\n`.repeat(3)}`);
    expect(found.choice).toBe("csv+generic-json");
  });
  test("the export form of the journal stays bytes: the length of a value is no letter of another encoding", () => {
    const value = Buffer.from(`line one\n${"x".repeat(191)}`);
    const length = Buffer.from([value.length, 0, 0, 0, 0, 0, 0, 0]);
    const head = "__CURSOR=s\n__REALTIME_TIMESTAMP=1736510400123456\nMESSAGE\n";
    const block = Buffer.concat([Buffer.from(head), length, value, Buffer.from("\n\n")]);
    const found = detect(Buffer.concat([block, block]), true);
    expect(found).toMatchObject({ choice: "journal-export+text-lines", reading: {} });
    expect(found.reading.encoding).toBeUndefined();
    // 0xe9 alone is no UTF-8 either.
    const latin = Buffer.concat([Buffer.from(head), Buffer.from("\x06\0\0\0\0\0\0\0caf\xe9\nx\n\n", "latin1")]);
    expect(detect(Buffer.concat([latin, latin]), true).choice).toBe("journal-export+text-lines");
  });
  test("a table stays one where its dates may be of either order", () => {
    const found = of("date,user,action\n01/02/2025 10:00,eva,x\n03/04/2025 10:00,eva,x\n");
    expect(found).toMatchObject({ choice: "csv+generic-json", verdict: "likely" });
    expect(found.questions.map(({ kind }) => kind)).toEqual(["date-order"]);
  });
  test("UTF-16, with a mark and without", () => {
    const utf16 = Buffer.from(`${AIR}\n${AIR}\n`, "utf16le");
    for (const head of [utf16, Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])]) {
      const found = detect(head, true);
      expect(found).toMatchObject({ verdict: "certain", choice: "mongoexport+binalyze-air" });
      expect(found.reading).toEqual({ encoding: "utf-16le" });
    }
    expect(detect(Buffer.from(utf16).swap16(), true).reading).toEqual({ encoding: "utf-16be" });
  });
  test("windows-1252 where nothing is UTF-8, with a reason to check it; never for auditd, never where both occur", () => {
    const table = 'Date,Type,User\n2025-01-10T12:00:00Z,login,zo\xeb\n2025-01-10T12:00:01Z,login,"a \x93b\x94"\n';
    const found = detect(bytesOfLatin1(table), true);
    expect(found.reading.encoding).toBe("windows-1252");
    expect(found.reasons.at(-1)).toMatch(/windows-1252/);
    expect(detect(bytesOfLatin1(`${table}2025-01-10T12:00:02Z,login,zo\xc3\xab\n`), true).reading.encoding).toBe(
      undefined,
    );
    const audit = "type=USER_LOGIN msg=audit(1736510400.000:1): pid=1 uid=0 msg='acct=\"zo\xeb\" res=success'\n";
    expect(detect(bytesOfLatin1(audit), true)).toMatchObject({ choice: "lines+auditd", reading: {} });
    const chosen = detect(bytesOfLatin1(audit), true, { asked: { encoding: "windows-1252" }, modified: undefined });
    expect(chosen.reading.encoding).toBe("windows-1252");
  });
  test("UTF-8 where a person says so: nothing is guessed then, and the answer is kept", () => {
    const table = "Date,Type,User\n2025-01-10T12:00:00Z,login,zo\xeb\n2025-01-10T12:00:01Z,login,a\n";
    const asked = { encoding: "utf-8" } as const;
    const found = detect(bytesOfLatin1(table), true, { asked, modified: undefined });
    expect(found.reading.encoding).toBe("utf-8");
    expect(found.reasons).toContain("encoding chosen by hand");
    const cutter = cutterOf(resolveChoice(found.choice ?? "").carrier, found.reading);
    const records: CarriedRecord[] = [];
    const splitter = cutter.split({ ...SILENT, record: (record) => void records.push(record) });
    splitter.push(bytesOfLatin1(table));
    splitter.finish();
    expect(records.map(({ flags }) => flags)).toEqual([["encoding"], []]);
  });
  test("of what else was tried, what fits in part has a line, and what does not is a number", () => {
    const { alsoTried } = of(`${AIR}\n${AIR}\n`);
    expect(alsoTried.length).toBeLessThanOrEqual(4);
    expect(alsoTried.at(-1)).toMatch(/^\d+ more that do not fit$/);
    const count = Number(alsoTried.at(-1)?.split(" ")[0]);
    expect(count + alsoTried.length).toBe(formats.length);
  });
  test("binary, by name where people meet it", () => {
    expect(of("\0\x01\x02\x03".repeat(50))).toMatchObject({ verdict: "binary", choice: undefined });
    expect(of(`ElfFile\0${"\0".repeat(100)}`).reasons).toEqual([
      "starts like a Windows event log (EVTX): export it as XML or CSV first",
    ]);
    expect(of(`${"a.log".padEnd(257, "\0")}ustar\0${AIR}\n`).reasons).toEqual(["starts like a tar archive"]);
    expect(detect(bytesOfLatin1("\xff\xfeh\0i\0\n\0"), true).verdict).toBe("text");
  });
  test("empty", () => {
    expect(of("")).toMatchObject({ verdict: "empty", choice: undefined });
  });
});

test("one record longer than the head is told by its start", () => {
  const long = `${AIR.slice(0, -1)},"data":{"command":"${"x".repeat(HEAD_BYTES)}"}}`;
  expect(of(long.slice(0, HEAD_BYTES), false)).toMatchObject({
    verdict: "certain",
    choice: "mongoexport+binalyze-air",
  });
});

test("one event of Windows longer than the head is told by its start, in UTF-16 as well", () => {
  const [sample = ""] = formats.find(({ id }) => id === "windows-events")?.samples ?? [];
  const long = sample.replace("eva", `${"x &lt; y ".repeat(9000)}`);
  const expected = { verdict: "certain", choice: "windows-xml+windows-events" };
  for (const cut of [HEAD_BYTES, sample.indexOf("eva") + 10, sample.indexOf("</System>") + 9]) {
    expect(detect(Buffer.from(`<Events>${long}`).subarray(0, cut), false)).toMatchObject(expected);
  }
  expect(detect(Buffer.from(`\ufeff${long}`, "utf16le").subarray(0, HEAD_BYTES), false)).toMatchObject(expected);
  expect(detect(Buffer.from(long.slice(0, 40)), false).choice).toBeUndefined();
});

test("a last line that the head cuts off is not held against the rest", () => {
  expect(of(`${AIR}\n${AIR.slice(0, 40)}`, false)).toMatchObject({ verdict: "certain" });
});

describe("choices", () => {
  test("every one resolves to itself and has a title of its own", () => {
    const choices = everyChoice();
    expect(choices.map(({ choice }) => choice)).toContain("lines+text-lines");
    expect(new Set(choices.map(({ title }) => title)).size).toBe(choices.length);
    for (const { choice } of choices) {
      const { carrier, format } = resolveChoice(choice);
      expect(`${carrier.id}+${format.id}`).toBe(choice);
    }
  });

  test.each(["", "lines", "lines+nothing", "nothing+text-lines", "lines+generic-json", "lines+text-lines+more"])(
    "%j is a fault that names what there is",
    (choice) => {
      let caught: unknown;
      try {
        resolveChoice(choice);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(FaultError);
      const { fault } = caught as FaultError;
      expect(fault.code).toBe("format.unfit");
      expect(fault.next).toContain("lines+text-lines");
      expect(fault.suggestions).toContain("json-lines+generic-json");
    },
  );

  test("one made by hand stands, whatever the content", () => {
    expect(detectAs("lines+text-lines", utf8Of(`${AIR}\n`), true)).toMatchObject({
      choice: "lines+text-lines",
      reasons: ["chosen by hand", "readable text; no known format claims it", expect.stringContaining("0 of 1 lines")],
    });
  });
});

test.each([
  ["binalyze-air/mongoexport-lines.json", "certain", "mongoexport+binalyze-air"],
  ["binalyze-air/mongoexport-noise-crlf.json", "certain", "mongoexport+binalyze-air"],
  ["binalyze-air/mongoexport-v1-dates.json", "certain", "mongoexport+binalyze-air"],
  ["binalyze-air/INDEX.md", "text", undefined],
  ["binalyze-air/console-export.zip", "binary", undefined],
])("%s", (path, verdict, choice) => {
  const file = sharedPath("corpus", path);
  if (file === undefined) return;
  const bytes = readFileSync(file);
  const detected = detect(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES);
  expect(detected).toMatchObject({ verdict, choice });
});
