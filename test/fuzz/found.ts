/** Inputs that were once read wrongly, as small as they could be made. */
import type { FormatChoice } from "../../workers/contract.ts";

export interface Found {
  readonly what: string;
  readonly text: string;
  readonly choice?: FormatChoice;
}

const glued = "type=A msg=audit(1.000:1): a=1 type=B msg=audit(1.000:2): b=2";

export const FOUND: readonly Found[] = [
  { what: "a lone CR in the last line, which has no end", text: "\ntype=audit(8)\r_", choice: "lines+auditd" },
  { what: "a lone CR in a line of CEF", text: "\nCEF:0|||||||\r<1>", choice: "cef+cef" },
  { what: "a lone CR in a line of syslog", text: "\nMar 3 18:17:04 \rr", choice: "syslog+text-lines" },
  {
    what: "LF and lone CR by turns",
    text: '\r{"":1,"log":"audit(1754265688.844:116)"}\n{"":1,"log":"audit(1754265688.844:116)\\""}\r{"":4,"log":"audit(1754265688.844:116)"}\n',
    choice: "fluent-bit+auditd",
  },
  {
    what: "a lone CR in text of ausearch",
    text: "\ntype=H msg=audit(5/9/6 19:40:33.188:5)\rt",
    choice: "ausearch-text+ausearch-interpreted",
  },
  { what: "events glued behind one header", text: `Mar  3 18:17:04 host audispd: ${glued}\n`, choice: "syslog+auditd" },
  { what: "events glued in one value", text: `{"date":1,"log":"${glued}"}\n`, choice: "fluent-bit+auditd" },
  {
    what: "events glued in UTF-16",
    text: Buffer.from(`\ufeff${glued}\n`, "utf16le").toString("latin1"),
    choice: "lines+auditd",
  },
  { what: "a result named like what every object has", text: 'audit(1)res="__proto__"\n', choice: "lines+auditd" },
  {
    what: "a date before what is exact",
    text: "type=O msg=audit(8/30/229 09:56:31.646:6)\n",
    choice: "ausearch-text+ausearch-interpreted",
  },
  { what: "a day that its year has not", text: "<4>Dec 1 23:59:58\n1735689607.000000 h: \nFeb 29 00:00:00" },
  { what: "thousands of columns of one name", text: `${",x".repeat(3800)}\n`, choice: "csv+generic-json" },
  {
    what: "damage in one of two glued events",
    text: "type=A msg=audit(1.000:1): a=1 type=B msg=audit(1.000:2): b=\xe9\n",
    choice: "lines+auditd",
  },
];
