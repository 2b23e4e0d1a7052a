/** Dates and values of `ausearch -i`. */
import { describe, expect, it } from "vitest";
import { readBody } from "../../../workers/formats/auditd/ausearch/fields.ts";
import { orderOf, readHead, readTime } from "../../../workers/formats/auditd/ausearch/line.ts";
import { numberOf } from "../../../workers/formats/auditd/ausearch/numbers.ts";
import { readSaddr } from "../../../workers/formats/auditd/saddr.ts";
import { first, flagsOf, readForm } from "./support.ts";

const line = (date: string, serial = 7): string =>
  `type=LOGIN msg=audit(${date} 22:48:09.295:${serial}) : pid=1 uid=root old-auid=unset auid=eva old-ses=unset ses=3 res=yes \n`;
const iso = (micros: number | undefined): string | undefined =>
  micros === undefined ? undefined : new Date(micros / 1000).toISOString();

describe("a date", () => {
  it.each([
    ["04/12/17", "month-first", "2017-04-12"],
    ["04/12/2017", "month-first", "2017-04-12"],
    ["04/12/17", "day-first", "2017-12-04"],
    ["13/12/17", undefined, "2017-12-13"],
    ["12/13/2017", undefined, "2017-12-13"],
    ["12.04.2017", undefined, "2017-04-12"],
    ["12.04.17", undefined, "2017-04-12"],
    ["2017-04-12", undefined, "2017-04-12"],
    ["12-04-2017", "day-first", "2017-04-12"],
    ["2017\u5e7404\u670812\u65e5", undefined, "2017-04-12"],
    ["2017. 04. 12.", undefined, "2017-04-12"],
    ["04/12/17", undefined, undefined],
    ["02/30/17", "month-first", undefined],
  ] as const)("%s, %s", (date, order, day) => {
    const text = `${date} 22:48:09.295`;
    const head = readHead(Buffer.from(line(date)).toString("latin1"));
    expect(head?.serial).toBe("7");
    expect(Buffer.from(head?.timeText ?? "", "latin1").toString()).toBe(text);
    const at = readTime(head?.timeText ?? "", order)?.at;
    expect(iso(at)).toBe(day === undefined ? undefined : `${day}T22:48:09.295Z`);
  });

  it("with noon of a clock of twelve hours", () => {
    expect(iso(readTime("04/13/17 12:00:00 AM.000", undefined)?.at)).toBe("2017-04-13T00:00:00.000Z");
    expect(iso(readTime("04/13/17 10:48:09 PM.295", undefined)?.at)).toBe("2017-04-13T22:48:09.295Z");
  });

  it("that is a raw stamp is none", () => {
    expect(readHead("type=CWD msg=audit(1492037289.295:58): cwd=/")).toBeUndefined();
    expect(orderOf("1492037289.295")).toBeUndefined();
  });
});

describe("a file whose dates may mean two days", () => {
  const open = Buffer.from(line("04/12/17") + line("05/11/17", 8));

  it("asks, and without an answer its entries are undated and say so", () => {
    const form = readForm(open);
    expect(form.found.questions).toEqual([
      { kind: "date-order", samples: ["04/12/17 22:48:09.295", "05/11/17 22:48:09.295"] },
    ]);
    for (const { fields } of form.entries) {
      expect(fields.when.at).toBeUndefined();
      expect(fields.when.text).toMatch(/^0[45]\/1[12]\/17 22:48:09\.295$/);
      expect(flagsOf(fields)).toContain("timeUnusable");
    }
  });

  it("is read as the answer says, in the zone that was named", () => {
    const form = readForm(open, { asked: { dateOrder: "day-first" }, zone: "+02:00" });
    expect(form.found.questions).toEqual([]);
    expect(form.entries.map(({ fields }) => iso(fields.when.at))).toEqual([
      "2017-12-04T20:48:09.295Z",
      "2017-11-05T20:48:09.295Z",
    ]);
    expect(flagsOf(form.entries[0]?.fields ?? expect.fail())).toContain("zoneAssumed");
  });

  it("asks nothing when one of them can mean only one", () => {
    const form = readForm(Buffer.from(line("04/12/17") + line("05/31/17", 8)));
    expect([form.reading.dateOrder, form.found.questions]).toEqual(["month-first", []]);
  });
});

describe("a value", () => {
  const fieldsOf = (type: string, body: string): Readonly<Record<string, string>> =>
    Object.fromEntries(readBody(body, 0, type).fields.map(({ name, start, end }) => [name, body.slice(start, end)]));

  it.each([
    [
      "PATH",
      " item=0 name=/tmp/x inode=9 mode=y inode=7 dev=08:01 mode=file,644 ouid=eva",
      { name: "/tmp/x inode=9 mode=y" },
    ],
    ["CWD", "  cwd=/tmp/a b c ", { cwd: "/tmp/a b c" }],
    [
      "SYSCALL",
      " exit=EINPROGRESS(Operation now in progress) a0=0x6",
      { exit: "EINPROGRESS(Operation now in progress)" },
    ],
    [
      "SYSCALL",
      " exe=/usr/bin/python2.7;58d1 (deleted) subj==/usr/sbin/ntpd (enforce) key=k",
      { exe: "/usr/bin/python2.7;58d1 (deleted)", subj: "=/usr/sbin/ntpd (enforce)", key: "k" },
    ],
    [
      "EXECVE",
      " argc=3 a0=sh a1=-c a2=a1=x a3 type=CWD msg=audit(1.000:2): ",
      { a1: "-c", a2: "a1=x a3 type=CWD msg=audit(1.000:2):" },
    ],
    [
      "USER_ACCT",
      " pid=1 msg='PAM: accounting acct=root : exe=/usr/sbin/crond (hostname=?, addr=?, terminal=cron res=success)' ",
      { acct: "root", hostname: "?", res: "success" },
    ],
    [
      "LOGIN",
      " pid=1 uid=root old auid=unset new auid=eva old ses=unset new ses=2",
      { "old-auid": "unset", auid: "eva", "old-ses": "unset", ses: "2" },
    ],
  ])("%s %s", (type, body, fields) => {
    expect(fieldsOf(type, body)).toMatchObject(fields);
  });

  it.each([
    ["SYSCALL", "exit", "EACCES(Permission denied)", "-13"],
    ["SYSCALL", "a0", "0x1fd", "1fd"],
    ["SYSCALL", "a0", "AT_FDCWD", "ffffff9c"],
    ["SYSCALL", "auid", "unset", "4294967295"],
    ["SYSCALL", "auid", "unknown(1000)", "1000"],
    ["SYSCALL", "auid", "eva", "eva"],
    ["PATH", "mode", "file,suid,755", "0104755"],
    ["PATH", "mode", "dir,sticky,777", "041777"],
  ])("%s %s=%s is %s", (type, name, text, number) => {
    expect(numberOf(type, name, text)).toBe(number);
  });

  it.each([
    ["{ saddr_fam=inet laddr=169.254.169.254 lport=80 }", "inet 169.254.169.254:80"],
    ["{ saddr_fam=inet6 laddr=2001:db8::7 lport=443 }", "inet6 [2001:db8::7]:443"],
    ["{ saddr_fam=inet6 laddr=::ffff:10.0.0.1 lport=22 }", "inet6 [::ffff:10.0.0.1]:22"],
    ["{ fam=local path=/var/run/a b }", "local /var/run/a b"],
    ["{ saddr_fam=netlink nlnk-fam=16 nlnk-pid=77 }", "netlink pid 77 groups 0"],
  ])("%s is the address %s", (text, address) => {
    expect(readSaddr(numberOf("SOCKADDR", "saddr", text))?.text).toBe(address);
  });
});

it("an actor is who ausearch named, and a number where it knew no name", () => {
  const names = ["eva", "unknown(1004)", "unset"].map((auid, i) =>
    line("12/13/17", i).replace("old-auid=unset", `old-auid=${auid}`),
  );
  const form = readForm(Buffer.from(names.join("")));
  expect(form.entries.map(({ fields }) => first(fields, "actor"))).toEqual(["eva", "1004", "root"]);
  for (const { fields } of form.entries) expect(fields.canonical.get("actor")?.origin?.text).toBe("ausearch");
});
