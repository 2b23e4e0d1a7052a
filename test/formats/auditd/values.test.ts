import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexBytes, hexText, isHex } from "../../../workers/formats/auditd/decode.ts";
import { keystrokes } from "../../../workers/formats/auditd/keystrokes.ts";
import { fieldName } from "../../../workers/formats/auditd/names.ts";
import { readSaddr } from "../../../workers/formats/auditd/saddr.ts";
import { SCHEMA_FIELDS } from "../../../workers/base/linux-auditd.ts";
import { onlyEntry } from "./run-log.ts";

const hex = (text: string) => Buffer.from(text, "utf8").toString("hex").toUpperCase();
const value = (type: string, body: string, name: string) =>
  onlyEntry(`type=${type} msg=audit(1700000000.001:7): ${body}`).originals[name]?.[0];

describe("hex", () => {
  it("decodes what was encoded, in both cases", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
        expect(hexText(hex(text))).toBe(text.toWellFormed() === text ? text : Buffer.from(text).toString());
        expect(hexText(hex(text).toLowerCase())).toBe(hexText(hex(text)));
      }),
    );
  });

  it("takes only whole bytes of hex digits", () => {
    for (const text of ["", "A", "ABC", "0G", "(null)", "?"]) expect(isHex(text)).toBe(false);
    expect(hexBytes("00ff7E")).toBe("\0ÿ~");
  });

  it.each([
    ['name="cafe"', "name", "cafe"],
    ["name=63616665", "name", "cafe"],
    ["name=(null)", "name", "(null)"],
    ["name=2F746D702FFF", "name", "/tmp/\\xFF"],
    ["name=636", "name", "636"],
    ["a0=63616665", "a0", "63616665"],
    ["exe=2F62696E2F61202864656C6574656429", "exe", "/bin/a (deleted)"],
    ["ses=1234", "ses", "1234"],
  ])("PATH %s is %s=%s", (body, name, text) => expect(value("PATH", body, name)).toBe(text));

  it.each([
    ["acct=1001", "1001"],
    ["acct=28756E6B6E6F776E207573657229", "(unknown user)"],
    ["acct=root", "root"],
    ['acct="a b"', "a b"],
  ])("account %s is %s", (body, text) =>
    expect(value("USER_AUTH", `msg='op=x ${body} res=failed'`, "acct")).toBe(text),
  );

  it("splits several keys, joined by 0x01", () => {
    expect(
      onlyEntry(`type=SYSCALL msg=audit(1.000:1): arch=c000003e key=${hex("a\x01b c\x01d")}`).originals["key"],
    ).toEqual(["a", "b c", "d"]);
  });

  it("shows blanks between the arguments of a command line", () => {
    expect(value("PROCTITLE", `proctitle=${hex("cat\0/etc/my file\0")}`, "proctitle")).toBe("cat /etc/my file");
  });
});

describe("names", () => {
  it("decode every field that the schema calls encoded", () => {
    const decoding = ["escaped", "account", "key", "proctitle", "keystrokes", "execve"];
    const encoded = SCHEMA_FIELDS.filter((field) => field.encoded === true).map(({ name }) => name);
    expect(encoded.length).toBeGreaterThan(15);
    expect(encoded.filter((name) => !decoding.includes(fieldName(name).kind))).toEqual([]);
  });
});

describe("keystrokes", () => {
  it("names the keys that are no text", () => {
    expect(keystrokes("ls\x7f\x1b[A\x03\r\x1b")).toBe('"ls",<backspace>,<up>,<^C>,<ret>,<esc>');
  });
});

describe("socket addresses", () => {
  it.each([
    ["020001BBCB00714D0000000000000000", "inet 203.0.113.77:443"],
    ["000201BBCB00714D0000000000000000", "inet 203.0.113.77:443"],
    ["0A0001BB0000000020010DB800000000000000000000000100000000", "inet6 [2001:db8::1]:443"],
    ["0A0001BB0000000000000000000000000000FFFF0A00000100000000", "inet6 [::ffff:10.0.0.1]:443"],
    ["0A000000000000000000000000000000000000000000000000000000", "inet6 [::]:0"],
    ["01002F6465762F6C6F6700000000", "local /dev/log"],
    ["0100002F746D702F2E58", "local @/tmp/.X"],
    ["0100", "local unnamed"],
    ["100000000700000001000000", "netlink pid 7 groups 1"],
    ["0010000000000007000000FF", "netlink pid 7 groups 255"],
    ["1100080002000000", "packet protocol 0x0800 interface 2"],
    ["28000000D20400000300000000000000", "vsock cid 3 port 1234"],
    ["00000000", "unspec"],
    ["02000050", "inet too short"],
    ["0A000050", "inet6 too short"],
    ["02", "unknown too short for a family"],
    ["FF000000", "family 255"],
  ])("%s is %s", (saddr, text) => expect(readSaddr(saddr)?.text).toBe(text));

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        (bytes) => typeof readSaddr(Buffer.from(bytes).toString("hex")) !== "string",
      ),
    );
    expect(readSaddr("no hex")).toBeUndefined();
  });
});
