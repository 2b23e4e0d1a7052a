/**
 * The meaning of each field of a record for the detail view, with where that meaning comes from. A value that needs
 * none stands as it is, so that an event can be read from its first record to its last.
 */
import type { Interpretation } from "../../contract.ts";
import { utf8Text } from "../../base/bytes.ts";
import { socketCallName } from "./arguments.ts";
import { hexText } from "./decode.ts";
import type { Field } from "./fields.ts";
import { meaningOf, type Around, type Meaning } from "./meanings.ts";
import { HEX, RECORD, TYPE_TABLE } from "./origins.ts";
import { archName, syscallName } from "./tables.ts";
import { rawValue } from "./values.ts";
import { typeMark, type EventView, type RecordView } from "./view.ts";

export function aroundOf(event: EventView): Around {
  const call = event.first("SYSCALL");
  const machine = archName(call?.raw("arch", "header") ?? "");
  const isSocketCall = syscallName(machine, call?.raw("syscall", "header") ?? "") === "socketcall";
  return { machine, socketCall: isSocketCall ? socketCallName(call?.raw("a0", "header") ?? "") : undefined };
}

/** The type of the record first, as a heading for what follows. */
export function interpretRecord(view: RecordView, around: Around): readonly Interpretation[] {
  const found: Interpretation[] = [
    {
      field: "type",
      recorded: view.record.typeWord === "" ? view.type : view.record.typeWord,
      meaning: view.record.type.words,
      origin: TYPE_TABLE,
      mark: typeMark(view),
    },
  ];
  for (const field of view.fields) {
    if (field.scope === "trailer" || field.end === field.start) continue;
    const recorded = utf8Text(rawValue(view.record.text, field));
    const own = view.type === "EXECVE" ? argument(field, recorded) : meaningOf(view, field, recorded, around);
    const { text, origin } = own ?? { text: view.valueOf(field), origin: RECORD };
    found.push({ field: field.field.name, recorded, meaning: text, origin, mark: view.mark(field) });
  }
  return found;
}

/** Pieces of a long argument make sense only together: `command` shows them. */
function argument(field: Field, recorded: string): Meaning | undefined {
  const text = field.quoted || !/^a\d+$/.test(field.field.name) ? undefined : hexText(recorded);
  return text === undefined ? undefined : { text, origin: HEX };
}
