/** LEEF messages. */
import { leefStart, parseLeef } from "./leef-parse.ts";
import { messageCarrier } from "./message-carrier.ts";

export const leef = messageCarrier({
  id: "leef",
  title: "LEEF, bare or over syslog",
  name: "LEEF",
  badHeader: "a LEEF header of fewer than five fields",
  start: leefStart,
  parse: parseLeef,
});
