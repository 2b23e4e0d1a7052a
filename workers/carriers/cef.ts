/** CEF messages. */
import { cefStart, parseCef } from "./cef-parse.ts";
import { messageCarrier } from "./message-carrier.ts";

export const cef = messageCarrier({
  id: "cef",
  title: "CEF, bare or over syslog",
  name: "CEF",
  badHeader: "a CEF header of fewer than seven fields",
  start: cefStart,
  parse: parseCef,
});
