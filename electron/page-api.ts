import { type BrowserWindow, clipboard, shell } from "electron";
import * as v from "valibot";
import { applyTheme } from "./appearance.ts";
import { newCasePath, sampleFiles } from "./case-places.ts";
import { channel } from "./channels.ts";
import {
  chooseCaseToCreate,
  chooseCaseToOpen,
  chooseEvidence,
  chooseExportTarget,
  chooseMapping,
  choosePasswordFile,
  grantCase,
  grantExisting,
} from "./dialogs.ts";
import type { EngineHost } from "./engine-host.ts";
import { networkCounters } from "./network-counters.ts";
import type { PageRequests } from "./page-requests.ts";
import { recentCases } from "./recent-cases.ts";
import { readSettings, settingsSchema, themeSchema, writeSettings } from "./settings.ts";

const none = v.strictTuple([]);
const nameSchema = v.pipe(v.string(), v.maxLength(1000));
const grantSchema = v.pipe(v.string(), v.hexadecimal(), v.length(32));
const pathsSchema = v.pipe(v.array(v.pipe(v.string(), v.maxLength(32_768))), v.maxLength(10_000));
const textSchema = v.pipe(v.string(), v.maxLength(64 * 1024 * 1024));

/** Everything the page can ask of main; the list of it is `Bridge`. */
export function answerPage(
  requests: PageRequests,
  window: BrowserWindow,
  engine: EngineHost,
  casePath: string | undefined,
): void {
  answerFiles(requests, window, engine);
  answerCases(requests, window, engine, casePath);
  requests.answer(channel.readSettings, none, readSettings);
  requests.answer(channel.writeSettings, v.strictTuple([settingsSchema]), writeSettings);
  requests.answer(channel.setTheme, v.strictTuple([themeSchema]), (theme) => applyTheme(window, theme));
  requests.answer(channel.networkCounters, none, networkCounters);
  requests.answer(channel.restartEngine, none, () => engine.restart());
  requests.answer(channel.copyText, v.strictTuple([textSchema]), (text) => clipboard.writeText(text));
}

function answerFiles(requests: PageRequests, window: BrowserWindow, { grants }: EngineHost): void {
  const kindSchema = v.picklist(["files", "folder"]);
  const sampleSchema = v.picklist(["auditd", "binalyze-air", "aqtive-guard"]);
  requests.answer(channel.chooseEvidence, v.strictTuple([kindSchema]), (kind) => chooseEvidence(window, grants, kind));
  requests.answer(channel.choosePasswordFile, none, () => choosePasswordFile(window, grants));
  requests.answer(channel.grantDropped, v.strictTuple([pathsSchema]), (paths) => grantExisting(grants, paths));
  requests.answer(channel.grantSample, v.strictTuple([sampleSchema]), async (id) =>
    grantExisting(grants, await sampleFiles(id)),
  );
  requests.answer(channel.chooseMapping, v.strictTuple([v.picklist(["open", "save"])]), (kind) =>
    chooseMapping(window, grants, kind),
  );
  requests.answer(channel.chooseExportTarget, v.strictTuple([nameSchema]), (name) =>
    chooseExportTarget(window, grants, name),
  );
  requests.answer(channel.showInFolder, v.strictTuple([grantSchema]), (grant) => {
    const path = grants.pathOf(grant);
    if (path !== undefined) shell.showItemInFolder(path);
  });
}

function answerCases(
  requests: PageRequests,
  window: BrowserWindow,
  { grants }: EngineHost,
  casePath: string | undefined,
): void {
  requests.answer(channel.chooseCaseToOpen, none, () => chooseCaseToOpen(window, grants));
  requests.answer(channel.chooseCaseToCreate, v.strictTuple([nameSchema]), (name) =>
    chooseCaseToCreate(window, grants, name),
  );
  requests.answer(channel.newTemporaryCase, none, async () => grantCase(grants, await newCasePath(new Date())));
  requests.answer(channel.recentCases, none, () => recentCases(grants));
  requests.answer(channel.initialCase, none, () => (casePath === undefined ? undefined : grantCase(grants, casePath)));
}
