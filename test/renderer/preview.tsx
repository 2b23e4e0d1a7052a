/**
 * The whole window in a plain browser over a fake engine: `vite --config test/renderer/vite.preview.ts`, then
 * preview.html?theme=light&closed&importing&entries=5000&view=evidence&text=actor:root&dialog=import
 */
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import { createRoot } from "react-dom/client";
import { ServicesProvider } from "../../renderer/app/services.tsx";
import { Shell } from "../../renderer/app/shell.tsx";
import { start } from "../../renderer/app/start.ts";
import type { EntryId, GrantId, JobId, MatchState, MemberId } from "../../workers/contract.ts";
import type { OpenView } from "../../renderer/state/view-state.ts";
import { fakeBridge } from "./fake-bridge.ts";
import { fakeEngine } from "./fake-engine.ts";

const asked = new URLSearchParams(location.search);
const engine = fakeEngine({
  entries: Number(asked.get("entries") ?? 5000),
  closed: asked.has("closed"),
  importing: asked.has("importing"),
  troubled: asked.has("troubled"),
  overlapping: asked.has("overlapping"),
  ledger: asked.has("ledger"),
});
const bridge = fakeBridge({ theme: asked.get("theme") ?? "dark", zone: asked.get("zone") ?? "UTC" });
const services = await start(bridge, engine);
const { commands, jobs } = services;
Object.assign(window, { services });

const root = document.getElementById("root");
if (root === null) throw new Error("preview.html has no root");
createRoot(root).render(
  <ServicesProvider services={services}>
    <Shell />
  </ServicesProvider>,
);

// The first layout of a case is put in place when it opens; what the address asks for comes after.
setTimeout(() => {
  if (asked.has("importing")) jobs.follow(1 as JobId).catch(console.error);
  const text = asked.get("text");
  if (text !== null) commands.setText(text);
  for (const pair of asked.getAll("include")) commands.includeValue(pair.split(":")[0] ?? "", pair.split(":")[1] ?? "");
  for (const pair of asked.getAll("exclude")) commands.excludeValue(pair.split(":")[0] ?? "", pair.split(":")[1] ?? "");
  const entry = asked.get("entry");
  if (entry !== null) commands.focusEntry(Number(entry) as EntryId);
  const outage = asked.get("outage");
  if (outage !== null) for (let times = outage === "stopped" ? 4 : 1; times > 0; times -= 1) services.recovery.ended();
  const member = asked.get("member");
  const view = asked.get("view");
  if (view !== null) commands.openView(view as OpenView, member === null ? {} : { member: Number(member) as MemberId });
  const worklist = asked.get("worklist");
  if (worklist !== null) commands.chooseWorklist("actor", worklist as MatchState);
  if (asked.has("ledger")) commands.showColumn("actor.identity");
  const dialog = asked.get("dialog");
  if (dialog === "import") {
    // ?dialog=import&ask=locked&ask=year shows what an import can ask.
    const asks = asked.getAll("ask");
    const names = asks.length > 0 ? asks : ["g-audit.log", "g-air-auditlogs-dump.json", "g-cs-logs-bundle.zip"];
    const grants = names.map((name) => ({ grant: name as GrantId, name, bytes: 1000, kind: "file" as const }));
    commands.openDialog({ kind: "import", grants });
  } else if (dialog !== null) {
    commands.openDialog({ kind: dialog as "export" });
  }
}, 100);
