/** Events of Windows as XML: what the Event Viewer and wevtutil export, in `<Events>` or one after another. */
import { decodeUtf8, latin1Of } from "../base/bytes.ts";
import { isJsonObject } from "../base/json.ts";
import type { CarriedRecord, Recognition } from "../formats/format.ts";
import type { Carrier, Splitter, UnitOutput } from "./carrier.ts";
import { recogniseText } from "./lines.ts";
import { elementSpans, parseElement } from "./xml-element.ts";
import { XmlEventCutter } from "./xml-event-cutter.ts";

export const windowsXml: Carrier = {
  id: "windows-xml",
  title: "Windows events, XML",
  version: "1",
  yields: "object",
  recognise,
  split: (output) => splitEvents(output),
  reread(bytes, offset, line) {
    const text = latin1Of(bytes);
    const record = recordOf(text, offset, line);
    if (typeof record === "string" || record.body.kind !== "object") return undefined;
    const spans = (): ReturnType<typeof elementSpans> => {
      const parsed = parseElement(text);
      return elementSpans(parsed.ok ? parsed.parts : [], text.length);
    };
    return { ...record, body: { kind: "object", value: record.body.value, bytes, spans } };
  },
};

function splitEvents(output: UnitOutput): Splitter {
  return new XmlEventCutter({
    event(text, offset, length, line) {
      const record = recordOf(text, offset, line);
      if (typeof record === "string") output.reject(offset, length, line, "xml.syntax", record);
      else output.record(record);
    },
    around: (offset, length) => output.ignore(offset, length, 0),
    reject: (...reject) => output.reject(...reject),
  });
}

/** The reason, where the element is none. */
function recordOf(text: string, offset: number, line: number): CarriedRecord | string {
  const parsed = parseElement(text);
  if (!parsed.ok) return `${parsed.reason}, at byte ${offset + parsed.offset}`;
  const flags = decodeUtf8(text).valid ? [] : (["encoding"] as const);
  return { offset, length: text.length, line, body: { kind: "object", value: parsed.value, text }, flags };
}

function recognise(head: Uint8Array, whole: boolean): Recognition {
  if (!/<(?:[\w.-]{1,63}:)?Event[\s>]/.test(latin1Of(head)) || recogniseText(head, whole).confidence === 0) {
    return { confidence: 0, reasons: ["holds no <Event>"] };
  }
  let events = 0;
  let others = 0;
  const splitter = splitEvents({
    record({ body }) {
      const system = body.kind === "object" ? body.value["System"] : undefined;
      if (isJsonObject(system) && "EventID" in system) events++;
      else others++;
    },
    reject: () => others++,
    ignore() {},
    blank() {},
    note() {},
  });
  splitter.push(head);
  if (whole) splitter.finish();
  if (events === 0) return { confidence: 0, reasons: ["no <Event> has a System with an EventID"] };
  const share = events / (events + others);
  const reasons = [`${events} of ${events + others} elements are events of Windows`];
  // One reject for each event is a log of another kind, whose lines hold events.
  return { confidence: share <= 0.5 ? share : 0.9 + share / 10, reasons };
}
