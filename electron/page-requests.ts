import { type IpcMainInvokeEvent, ipcMain } from "electron";
import * as v from "valibot";
import { pageOrigin } from "./channels.ts";

/** Answers requests of the page, and of nobody else, whose arguments are what they should be. */
export class PageRequests {
  readonly #origins: readonly string[];

  constructor(developmentOrigin: string | undefined) {
    this.#origins = developmentOrigin === undefined ? [pageOrigin] : [pageOrigin, new URL(developmentOrigin).origin];
  }

  /** Registers the one answer to a channel; its arguments are decoded by `schema` first. */
  answer<const Items extends v.TupleItems>(
    channel: string,
    schema: v.StrictTupleSchema<Items, undefined>,
    respond: (...args: v.InferOutput<v.StrictTupleSchema<Items, undefined>>) => unknown,
  ): void {
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      if (!this.#isFromPage(event)) throw new Error(`${channel}: refused, the request is not the page's`);
      const parsed = v.safeParse(schema, args);
      if (!parsed.success) throw new TypeError(`${channel}: ${parsed.issues[0].message}`);
      return respond(...parsed.output);
    });
  }

  #isFromPage(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    return frame !== null && frame === event.sender.mainFrame && this.#origins.includes(frame.origin);
  }
}
