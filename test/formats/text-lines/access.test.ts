import { describe, expect, test } from "vitest";
import { lines } from "../../../workers/carriers/lines.ts";
import { textLines } from "../../../workers/formats/text-lines/index.ts";
import { detect } from "../../../workers/import/detect.ts";
import { entriesOf, readMember } from "../../support/read-member.ts";
import { utf8Of } from "../../support/utf8.ts";

const TIME = "[10/Oct/2024:13:55:36 -0700]";
const COMMON = `192.0.2.1 - eva ${TIME} "GET /a?b=1 HTTP/1.0" 200 2326`;

function fieldsOf(line: string) {
  const [entry] = entriesOf(readMember(lines, textLines, utf8Of(`${line}\n`)));
  if (entry === undefined) throw new Error("a line is an entry");
  return entry;
}

describe("a line of an access log", () => {
  test("tells who asked for what, and what was answered; the whole line stays", () => {
    const { fields, originals, at } = fieldsOf(COMMON);
    expect(fields).toMatchObject({
      actor: ["eva"],
      from: ["192.0.2.1"],
      action: ["GET"],
      target: ["/a?b=1"],
      code: ["200"],
      outcome: ["success"],
      label: [COMMON],
    });
    expect(originals).toMatchObject({ bytes: ["2326"], protocol: ["HTTP/1.0"], request: ["GET /a?b=1 HTTP/1.0"] });
    expect(new Date((at ?? 0) / 1000).toISOString()).toBe("2024-10-10T20:55:36.000Z");
  });
  test("every mark points to the bytes of its value", () => {
    const line = `${COMMON} "https://example.test/" "curl/8 (\\"x\\")"`;
    const { originals, marks } = fieldsOf(line);
    expect(originals["user_agent"]).toEqual(['curl/8 (\\"x\\")']);
    for (const name of ["vhost", "host", "user", "method", "path", "status", "referer", "user_agent"]) {
      const mark = marks[`raw.${name}`] ?? marks[name];
      if (mark !== undefined) expect([line.slice(mark.start, mark.end)]).toEqual(originals[name]);
    }
    expect(marks["target"]).toEqual({ record: 0, start: line.indexOf("/a?"), end: line.indexOf(" HTTP/1.0") });
  });
  test.each([
    [
      "the virtual host",
      `www.test:443 192.0.2.1 - eva ${TIME} "GET / HTTP/2.0" 301 -`,
      { to: ["www.test:443"], actor: ["eva"] },
    ],
    ["an address of IPv6", `::1 - eva smith ${TIME} "GET / HTTP/1.1" 200 1`, { from: ["::1"], actor: ["eva smith"] }],
    [
      "nobody",
      `192.0.2.1 - - ${TIME} "POST /x HTTP/1.1" 403 9`,
      { actor: undefined, outcome: ["fail"], action: ["POST"] },
    ],
    ["no request", `192.0.2.1 - - ${TIME} "-" 408 -`, { action: undefined, target: undefined, code: ["408"] }],
    ["bytes of TLS", `192.0.2.1 - - ${TIME} "\\x16\\x03\\x01" 400 150`, { action: undefined, outcome: ["fail"] }],
    ["a blank in the path", `192.0.2.1 - - ${TIME} "GET /a b HTTP/1.1" 200 1`, { target: ["/a b"] }],
    ["an upgrade", `192.0.2.1 - - ${TIME} "GET /ws HTTP/1.1" 101 0`, { code: ["101"], outcome: undefined }],
  ])("with %s", (_, line, expected) => {
    const { fields } = fieldsOf(line);
    for (const [name, values] of Object.entries(expected)) expect(fields[name]).toEqual(values);
  });
  test("is told from other lines with a date in brackets", () => {
    expect(detect(utf8Of(`${COMMON}\n${COMMON}\n`), true).title).toBe("Access log of a web server");
    expect(fieldsOf(`192.0.2.1 - eva ${TIME} a note of another form "x" 200`).fields["actor"]).toBeUndefined();
    expect(fieldsOf('2025-01-01T00:00:00Z [a] "b" 200 5').fields["code"]).toBeUndefined();
  });
});
