import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { Bridge } from "./bridge.ts";
import { channel, notice } from "./channels.ts";

const version = process.argv.find((argument) => argument.startsWith("--exhibit-version="))?.split("=")[1] ?? "";

// A file made by a script has no path: only what a person dropped, or picked, can be turned into one.
const paths = (files: readonly File[]): readonly string[] => files.map((file) => webUtils.getPathForFile(file));

const bridge: Bridge = {
  platform: process.platform,
  version,
  startArguments: [],
  chooseEvidence: (kind) => ipcRenderer.invoke(channel.chooseEvidence, kind),
  choosePasswordFile: () => ipcRenderer.invoke(channel.choosePasswordFile),
  grantDropped: (files) => ipcRenderer.invoke(channel.grantDropped, paths(files)),
  chooseCaseToOpen: () => ipcRenderer.invoke(channel.chooseCaseToOpen),
  chooseCaseToCreate: (name) => ipcRenderer.invoke(channel.chooseCaseToCreate, name),
  newTemporaryCase: () => ipcRenderer.invoke(channel.newTemporaryCase),
  chooseMapping: (kind) => ipcRenderer.invoke(channel.chooseMapping, kind),
  chooseExportTarget: (name) => ipcRenderer.invoke(channel.chooseExportTarget, name),
  showInFolder: (grant) => ipcRenderer.invoke(channel.showInFolder, grant),
  recentCases: () => ipcRenderer.invoke(channel.recentCases),
  grantSample: (id) => ipcRenderer.invoke(channel.grantSample, id),
  initialCase: () => ipcRenderer.invoke(channel.initialCase),
  readSettings: () => ipcRenderer.invoke(channel.readSettings),
  writeSettings: (settings) => ipcRenderer.invoke(channel.writeSettings, settings),
  setTheme: (theme) => ipcRenderer.invoke(channel.setTheme, theme),
  networkCounters: () => ipcRenderer.invoke(channel.networkCounters),
  onEngineExit: (listener) => {
    const forward = (_event: unknown, detail: { readonly code: number }): void => listener(detail);
    ipcRenderer.on(notice.engineExit, forward);
    return () => ipcRenderer.removeListener(notice.engineExit, forward);
  },
  restartEngine: () => ipcRenderer.invoke(channel.restartEngine),
  copyText: (text) => ipcRenderer.invoke(channel.copyText, text),
};

contextBridge.exposeInMainWorld("exhibit", bridge);

// A port cannot cross the context bridge; a message event of the window can carry it.
ipcRenderer.on(notice.enginePort, (event, message: unknown) => {
  window.postMessage(message, location.origin, event.ports);
});
