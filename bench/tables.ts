/**
 * Tables read as what they are, beside the same table read as a table of nobody in the same run: what the meaning
 * of a known format costs on top of the path that every CSV takes. What a mapping costs: mapping.ts.
 */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FormatChoice } from "../workers/contract.ts";
import { seeded } from "./generate.ts";
import { best } from "./measure.ts";
import { importForm, rateLine } from "./rates.ts";
import type { Line } from "./report.ts";

const ROWS = 20_000;
const GENERIC: FormatChoice = "csv+generic-json";
/** Times the generic path. */
const TARGET = 1.5;
const START = Date.UTC(2026, 0, 5);

interface Table {
  readonly name: string;
  readonly choice: FormatChoice;
  readonly header: string;
  row(at: number, below: (n: number) => number): string;
}

const iso = (at: number): string => new Date(START + at * 613).toISOString();
const compact = (at: number): string => iso(at).replaceAll(/[-:T]/g, "").slice(0, 14);

const TABLES: readonly Table[] = [
  {
    name: "radiantone",
    choice: "csv+radiantone",
    header:
      "date,family,datasource,whologin,whorepository,externalref,whateventcode,whateventcodelabel,whataction,whatstatus,whatcount,whatdisplayname,whattargettype,whattargetname",
    row: (at, below) =>
      `${compact(at)},share,nas${below(4)},user${below(60)},ACME,${at},F-${below(6)},Read a file,read,Success,${below(9)},"Read, file ${below(5000)}",asset,/plan/${below(5000)}`,
  },
  {
    name: "air",
    choice: "csv+binalyze-air",
    header: "Date,Type,Description,Performed By,Organization,Event Source,Endpoint,IP Address,Result,Details",
    row: (at, below) =>
      `${iso(at)},user-login-success,"User, number ${below(60)}, logged in",user${below(60)},${below(9)},console,,203.0.113.${below(250)},Success,{}`,
  },
  {
    name: "timesketch",
    choice: "csv+timesketch",
    header: "message,timestamp,datetime,timestamp_desc,user,source_ip,filename",
    row: (at, below) =>
      `"opened ${below(5000)}, then closed",${(START + at * 613) * 1000},${iso(at)},Event Logged,user${below(60)},192.0.2.${below(250)},/tmp/${below(5000)}`,
  },
  {
    name: "l2tcsv",
    choice: "csv+l2tcsv",
    header:
      "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra",
    row: (at, below) =>
      `01/05/2026,${iso(at).slice(11, 19)},UTC,M...,LOG,Syslog,Content Modification Time,user${below(60)},h${below(4)},short,"a long, text ${below(5000)}",2,OS:/var/log/x,${below(5000)},-,text/syslog,a: b`,
  },
  {
    name: "siren",
    choice: "csv+siren-investigate",
    header: "@timestamp,type,user,action,instanceName,remoteIp,target.id,target.title,response.status,request",
    row: (at, below) =>
      `${iso(at)},ui,user${below(60)},openDashboard,siren-1,192.0.2.${below(250)},dashboard:${below(90)},"A ${below(90)}, title",,`,
  },
];

/** Throws where an import misses or rejects rows. */
export async function benchTables(folder: string, runs: number, say: (text: string) => void): Promise<readonly Line[]> {
  const lines: Line[] = [];
  mkdirSync(join(folder, "tables"), { recursive: true });
  for (const { name, choice, header, row } of TABLES) {
    const file = join(folder, "tables", `${name}.csv`);
    const below = seeded(6);
    const rows = Array.from({ length: ROWS }, (_, at) => row(at, below));
    writeFileSync(file, `${[header, ...rows].join("\n")}\n`);
    // By turns, so that what the machine does beside it befalls both.
    let [measured, limited] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let run = 0; run < runs; run++) {
      limited = Math.min(limited, await best(1, "cpu", () => importForm(file, { choice: GENERIC }, ROWS)));
      measured = Math.min(measured, await best(1, "cpu", () => importForm(file, { choice }, ROWS)));
    }
    const rate = { bytes: statSync(file).size, measured, limited, limitName: "generic CSV", target: TARGET, runs };
    lines.push(rateLine({ name: `table.${name}`, ...rate }));
    say(`table.${name}: ${(measured / limited).toFixed(2)}`);
  }
  return lines;
}
