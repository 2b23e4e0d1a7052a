/** What is asked while evidence arrives must not spoil what is asked afterwards: columns in memory grow with the case. */
import { expect, test } from "vitest";
import type { Facet, QueryRequest, RowPage } from "../../workers/contract.ts";
import { Harness, value } from "./harness.ts";

const FIELDS = ["actor", "action", "target", "outcome", "session", "code", "label", "ref"];
const ALL: QueryRequest = {
  clauses: [],
  text: "",
  range: {},
  zone: "UTC",
  sort: { field: "time", descending: false },
};
const EVENTS = 20_000;

function auditLog(first: number): string {
  const lines: string[] = [];
  for (let i = first; i < first + EVENTS; i++) {
    const stamp = `audit(${1_700_000_000 + i}.${100 + (i % 900)}:${i})`;
    const values = `pid=${i % 7000} uid=${i % 40} auid=${i % 500} ses=${i % 90}`;
    lines.push(
      `type=USER_CMD msg=${stamp}: ${values} msg='cwd="/srv/${i % 300}" cmd="job-${i}" exe="/bin/tool-${i % 800}" res=success'`,
    );
  }
  return `${lines.join("\n")}\n`;
}

interface View {
  readonly facets: readonly Facet[];
  readonly rows: RowPage;
}

async function look({ api }: Harness): Promise<View> {
  const { id, matched } = value(await api.open(ALL));
  const facets = value(await api.facets(id, FIELDS, 40, ""));
  const rows = value(await api.rows(id, Math.max(0, matched - 50), 50, FIELDS));
  await api.close(id);
  return { facets, rows };
}

test("a case that was asked again and again while it grew answers like one that is opened afterwards", async () => {
  const harness = new Harness();
  await harness.newCase();
  const small = harness.write(
    "small.json",
    '{"time":"2026-01-01T00:00:00Z","user":"ada"}\n{"time":"2026-01-02T00:00:00Z","user":"bo"}\n',
  );
  await harness.import(small);
  await look(harness);
  const big = [0, 1].map((at) => harness.write(`audit-${at}.log`, auditLog(at * EVENTS)));
  const job = await harness.start(...big);
  let looks = 0;
  let state = value(await harness.api.watch(job, -1));
  while (state.state === "running") {
    await look(harness);
    looks++;
    state = value(await harness.api.watch(job, -1));
  }
  expect(looks).toBeGreaterThan(2);
  const grown = await look(harness);
  await harness.api.closeCase();
  value(await harness.api.openCase(harness.grant(harness.path("test.exhibit"), "case")));
  expect(grown).toEqual(await look(harness));
  expect(grown.facets.find(({ field }) => field === "actor")?.distinct).toBe(502);
}, 240_000);
