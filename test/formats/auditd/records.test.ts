import { describe, expect, it } from "vitest";
import { findHeading, readStamp } from "../../../workers/formats/auditd/stamp.ts";
import { recordType } from "../../../workers/formats/auditd/record-types.ts";
import { logOf, onlyEntry } from "./run-log.ts";

const stamp = "msg=audit(1700000000.001:7):";

describe("stamps", () => {
  it.each([
    ["audit(1492037289.295:58):", 1492037289295000, 3, "1492037289.295:58"],
    ["audit(1492037289.1:58):", 1492037289001000, 3, "1492037289.001:58"],
    ["audit(1492037289.0:58):", 1492037289000000, 3, "1492037289.000:58"],
    ["audit(1492037289:58):", 1492037289000000, 0, "1492037289.000:58"],
    ["audit(1492037289.295123:58):", 1492037289295123, 6, "1492037289.295123:58"],
    ["audit(1492037289.295:4294967295):", 1492037289295000, 3, "1492037289.295:4294967295"],
    ["audit(0.000:0):", 0, 3, "0.000:0"],
    ["audit(1337845201):", 1337845201000000, 0, undefined],
    ["audit(1337845201.5):", 1337845201005000, 3, undefined],
    ["audit(1337845201.5:):", 1337845201005000, 3, undefined],
    ["audit(99999999999999.1:5):", undefined, 3, "99999999999999.001:5"],
  ])("%s", (text, time, precision, key) => {
    const read = readStamp(text, 0);
    expect([read?.time, read?.precision, read?.key, read?.end]).toEqual([time, precision, key, text.length]);
  });

  it.each(["audit():", "audit(x):", "audit(16523210---):", "audit(1.2:3", "audit(.5:3):", "audit(1.2:3 ):"])(
    "%s cannot be read",
    (text) => {
      expect(readStamp(text, 0)).toBeUndefined();
    },
  );

  it.each([
    ["type=CWD msg=audit(1.000:2): x", "CWD", "", 0],
    ["node=a.b type=CWD msg=audit(1.000:2): x", "CWD", "a.b", 0],
    ["node=fe80::1  type=CWD  msg=audit(1.000:2):", "CWD", "fe80::1", 0],
    ["audispd: node=h type=CWD msg=audit(1.000:2):", "CWD", "h", 9],
    ["Jun 24 10:35:29 h kernel: [4.9] audit: type=1307 audit(1.000:2):", "1307", "", 39],
    ["Jun 24 10:35:29 h kernel: [4.9] audit: type =1307 audit(1.000:2):", "1307", "", 39],
    ["[  1.2] type=1307 audit(1.000:2):", "1307", "", 8],
    ["type=UNKNOWN[1329] msg=audit(1.000:2):", "UNKNOWN[1329]", "", 0],
    ["<13>1 2016-12-07T02:16:32.414Z h audisp-syslog 1 - - type=CWD msg=audit(1.000:2):", "CWD", "", 53],
    ["msg=audit(1.000:2): x", "", "", 0],
    ["type=PATH msg=audit(14810770type=CWD msg=audit(1.000:2):", "CWD", "", 28],
  ])("%s", (text, type, node, start) => {
    const heading = findHeading(text, 0);
    expect([heading?.type, heading?.node, heading?.start]).toEqual([type, node, start]);
  });

  it("does not take a word that ends in audit", () => expect(findHeading("myaudit(1.000:2): x", 0)).toBeUndefined());
});

describe("record types", () => {
  it("are the same by name, by number and as UNKNOWN[number]", () => {
    for (const word of ["PROCTITLE", "1327", "UNKNOWN[1327]"]) expect(recordType(word).name).toBe("PROCTITLE");
    expect(recordType("1329").name).toBe("REPLACE");
    expect(recordType("UNKNOWN[1599]").category).toBe("mac-decision");
    expect(recordType("SOMETHING_NEW").name).toBe("SOMETHING_NEW");
  });

  it("keep the number where it alone proves no name", () => {
    const entry = onlyEntry(`type=UNKNOWN[1420] ${stamp} subj_apparmor=unconfined`);
    expect(entry.fields["code"]).toBe("UNKNOWN[1420]");
    expect(entry.explanation.records[0]?.title).toContain("IPE_ACCESS");
  });
});

describe("fields", () => {
  const originals = (type: string, body: string) => onlyEntry(`type=${type} ${stamp} ${body}`).originals;

  it("may be empty, start with =, or end with a profile's mode", () => {
    expect(originals("DAEMON_END", "auditd normal halt, sending auid=0 pid=1 subj= res=success")).toMatchObject({
      lead: ["auditd normal halt, sending"],
      res: ["success"],
    });
    expect(originals("DAEMON_END", "subj= res=success")["subj"]).toBeUndefined();
    expect(originals("USER_AUTH", "pid=1 subj==/usr/sbin/ntpd (enforce) msg='op=x res=success'")["subj"]).toEqual([
      "=/usr/sbin/ntpd (enforce)",
    ]);
    expect(originals("USER_AUTH", "subj==unconfined pid=1")).toMatchObject({ subj: ["=unconfined"], pid: ["1"] });
  });

  it("of old LOGIN records have blanks in their names", () => {
    expect(
      originals("LOGIN", "login pid=25000 uid=0 old auid=4294967295 new auid=42 old ses=1 new ses=17"),
    ).toMatchObject({
      "old-auid": ["4294967295"],
      auid: ["42"],
      "old-ses": ["1"],
      ses: ["17"],
    });
  });

  it("of old PAM text lose their commas and brackets, (none) keeps its own", () => {
    const found = originals(
      "USER_START",
      "user pid=1 msg='PAM: session open acct=root : exe=\"/usr/sbin/crond\" (hostname=?, addr=?, terminal=cron res=success)'",
    );
    expect(found).toMatchObject({
      op: ["PAM: session open"],
      acct: ["root"],
      hostname: ["?"],
      terminal: ["cron"],
      res: ["success"],
      lead: ["user"],
    });
    expect(originals("LOGIN", "tty=(none) a=f(x) key=(null), b=1")).toMatchObject({
      tty: ["(none)"],
      a: ["f(x)"],
      key: ["(null)"],
      b: ["1"],
    });
  });

  it("keep op with blanks whole, up to the next name", () => {
    expect(
      originals("ADD_USER", "msg='op=adding home directory id=1003 exe=\"/usr/sbin/useradd\" res=success'")["op"],
    ).toEqual(["adding home directory"]);
    expect(originals("CONFIG_CHANGE", "op=set audit_enabled=0 old=1")).toMatchObject({
      op: ["set"],
      audit_enabled: ["0"],
      old: ["1"],
    });
  });

  it("of a nested message end at its last quote", () => {
    const found = originals("USER_AUTH", "msg='op=a acct=\"o'neil' res=success\" exe=\"/x\" res=failed'");
    expect(found).toMatchObject({ acct: ["o'neil' res=success"], res: ["failed"], exe: ["/x"] });
  });

  it("of a torn line are kept and the entry says so", () => {
    const entry = onlyEntry(`type=ACCT_LOCK ${stamp} pid=1 msg='op=locked-password id=1001 exe="/usr/bin/pas`);
    expect(entry.originals).toMatchObject({ op: ["locked-password"], id: ["1001"], exe: ["/usr/bin/pas"] });
    expect(entry.flags).toContain("incomplete");
  });

  it("that repeat are a list, several on one line too", () => {
    const entry = onlyEntry(
      `node=h type=PATH ${stamp} item=0 name="/a" type=PATH ${stamp} item=1 name="/b type=PATH ${stamp} x"`,
    );
    expect(entry.originals["name"]?.length).toBe(2);
    expect(entry.originals["node"]).toEqual(["h"]);
  });
});

describe("trailers", () => {
  const enriched = (body: string) => onlyEntry(`type=SYSCALL ${stamp} ${body}`).originals;

  it.each([
    ["a GS", 'auid=7 uid=0 key="x"\x1dAUID="al" UID="root"'],
    ["nothing", 'auid=7 uid=0 key="x"AUID="al" UID="root"'],
    ["a blank", 'auid=7 uid=0 key="x" AUID="al" UID="root"'],
    ["nothing, after hex", 'auid=7 uid=0 key=6C6FAUID="al" UID="root"'],
    ["nothing, after a number", 'auid=7 uid=0 code=0x80000000AUID="al" UID="root"'],
  ])("behind %s", (_what, body) => expect(enriched(body)).toMatchObject({ AUID: ["al"], UID: ["root"], auid: ["7"] }));

  it("cut hex values at whole bytes", () => {
    const found = onlyEntry(`type=TTY ${stamp} tty pid=1 uid=0 auid=7 data=6C73410AUID="root" AUID="al"`).originals;
    expect(found).toMatchObject({ data: ['"lsA",<nl>'], UID: ["root"], AUID: ["al"] });
  });

  it("hold a socket address in braces", () => {
    expect(
      onlyEntry(`type=SOCKADDR ${stamp} saddr=0200005000000000SADDR={ saddr_fam=inet laddr=0.0.0.0 lport=80 }`)
        .originals["SADDR"],
    ).toEqual(["{ saddr_fam=inet laddr=0.0.0.0 lport=80 }"]);
  });

  it("are none where the text is quoted or the lower-case field is missing", () => {
    expect(enriched('uid=0 comm="UID=x" pid=1')).toMatchObject({ comm: ["UID=x"], pid: ["1"] });
    expect(enriched('uid=0 key="x"\x1d')["key"]).toEqual(["x"]);
    expect(enriched("GUID=5 pid=1")).toMatchObject({ GUID: ["5"] });
  });
});

describe("lines that are no record", () => {
  it("are rejects with a code, or ignored", () => {
    const log = logOf(
      "# comment",
      "type=UNKNOWN[1329] msg=g",
      "type=CWD msg=audit(): x",
      "----",
      "time->Wed Apr 12 22:48:09 2017",
    );
    expect(log.rejects.map(({ code }) => code)).toEqual(["auditd.no-stamp", "auditd.no-stamp", "auditd.bad-stamp"]);
    expect(log.ignored.map(({ line }) => line)).toEqual([4, 5]);
  });
});
