/** Entries of formats whose records are objects: a setting changed in AQtive Guard, a command run through Binalyze AIR. */
import type {
  DetailField,
  EntryCopy,
  EntryDetail,
  EntryId,
  EpochMicros,
  MeaningOrigin,
  MemberId,
  Overlap,
  SourceId,
} from "../../workers/contract.ts";
import { fakeDetail } from "./fake-detail.ts";
import type { FakeRow } from "./fake-rows.ts";

const RECORD: MeaningOrigin = { kind: "record", text: "record" };
export const FAKE_KEY = "csk-9f31e07d55aa";
const MASK = "•••••• 3f2a";

/** 812 lines, as a trace of a job that failed deep down. */
export const FAKE_TRACE = [
  "Traceback (most recent call last):",
  ...Array.from({ length: 810 }, (_, at) => `  File "/opt/aqg/worker/step_${at}.py", line ${at + 7}, in run_${at}`),
  "TimeoutError: the analyser did not answer in 30 s",
].join("\n");

const OLD = '{"retention_days":365,"big":9007199254740993,"notify":["ops@x.example"],"owner":"ana","mode":"strict"}';
const NEW =
  '{"retention_days":30,"big":9007199254740993,"notify":["ops@x.example"],"owner":"ana","mode":"strict","by":"x"}';

export const FAKE_OVERLAPS: readonly Overlap[] = [
  {
    member: 2 as MemberId,
    other: 1 as MemberId,
    entries: 33,
    first: (Date.UTC(2026, 7, 12) * 1000) as EpochMicros,
    last: (Date.UTC(2026, 7, 13) * 1000) as EpochMicros,
  },
];

/** The entry behind a row, as the format of its source gives it. */
export function detailOf(row: FakeRow, revealed: boolean): EntryDetail {
  if (row.member === 2) return guardDetail(row, revealed);
  return row.member === 1 ? airDetail(row) : fakeDetail(row);
}

function guardDetail(row: FakeRow, revealed: boolean): EntryDetail {
  const key = revealed ? FAKE_KEY : MASK;
  const shown = revealed ? FAKE_KEY : "*".repeat(FAKE_KEY.length);
  const text = `{"id":"7d0c","created_at":"2026-08-12T01:02:03Z","hostname":"aqg-01","level":"info","log_type":"audit","request_id":"r-${row.id % 5}","action":"setting_change","setting":"retention","api_key":"${shown}","old_value":${OLD},"new_value":${NEW}}\n`;
  const fields: readonly DetailField[] = [
    field("when", "time", (row.time / 1e6).toFixed(0)),
    field("who", "actor", row.fields["actor"]?.[0] ?? ""),
    field("what", "action", "setting_change"),
    field("what", "target", "retention"),
    field("what", "old", OLD),
    field("what", "new", NEW),
    field("what", "data", FAKE_TRACE),
    field("where", "family", "aqtive-guard"),
    { ...field("custom", "custom7", key), masked: !revealed },
    field("custom", "custom2", `r-${row.id % 5}`),
    { ...field("original", "raw.api_key", key), masked: !revealed },
    field("original", "raw.request_id", `r-${row.id % 5}`),
    field("original", "raw.stacktrace", FAKE_TRACE),
  ];
  return {
    ...around(row, "audit record", text, fields),
    action: "setting_change",
    target: "retention",
    sentence: `${row.fields["actor"]?.[0] ?? ""} changed the setting retention on aqg-01.`,
    masked: !revealed,
  };
}

function airDetail(row: FakeRow): EntryDetail {
  const output = Array.from({ length: 40 }, (_, at) => `root ${900 + at} 0.0 /usr/sbin/daemon-${at}`).join("\n");
  const text = `{"_id":{"$oid":"69ba"},"type":"interact-command-executed","performedBy":"eva","endpointName":"WEB01","data":{"command":"ps auxf","output":${JSON.stringify(output)},"exitCode":0}}\n`;
  const fields: readonly DetailField[] = [
    field("when", "time", (row.time / 1e6).toFixed(3)),
    field("who", "actor", "eva"),
    field("what", "action", "execute"),
    field("what", "label", 'eva ran "ps auxf" on WEB01'),
    field("where", "family", "binalyze-air"),
    field("original", "raw.data.command", "ps auxf"),
    field("original", "raw.data.output", output),
    field("original", "raw.data.exitCode", "0"),
  ];
  const copies: readonly EntryCopy[] = [{ entry: 4 as EntryId, source: 2 as SourceId, member: 2 as MemberId }];
  return {
    ...around(row, "interact-command-executed", text, fields),
    action: "execute",
    target: "WEB01",
    sentence: 'eva ran "ps auxf" on WEB01.',
    copies,
  };
}

function around(row: FakeRow, title: string, text: string, fields: readonly DetailField[]): EntryDetail {
  const bytes = new TextEncoder().encode(text);
  const member = row.member as MemberId;
  return {
    id: row.id as EntryId,
    member,
    time: Number.isNaN(row.time) ? undefined : (row.time as EpochMicros),
    precision: row.precision,
    timeText: "",
    flags: [],
    action: "",
    target: "",
    outcome: "success",
    sentence: "",
    fields,
    records: [{ title, member, offset: 9_120_640, length: bytes.length, line: 12, bytes, tokens: tokensOf(text) }],
    interpretations: [],
    copies: [],
    times: { recorded: undefined, uncorrected: undefined, steps: [] },
    masked: false,
  };
}

function tokensOf(text: string): EntryDetail["records"][number]["tokens"] {
  return [...text.matchAll(/"(\w+)":("(?:[^"\\]|\\.)*"|\d+)/g)].map((found) => ({
    start: found.index + (found[1] as string).length + 3,
    end: found.index + found[0].length,
    kind: "value" as const,
    field: found[1] as string,
  }));
}

const field = (group: DetailField["group"], name: string, value: string): DetailField => ({
  group,
  name,
  values: [value],
  origin: RECORD,
  mark: undefined,
  masked: false,
});
