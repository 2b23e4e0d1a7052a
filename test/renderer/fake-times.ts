import type {
  EngineApi,
  Fault,
  LoggedTimeChange,
  MemberId,
  TimeAssumptions,
  TimeChange,
} from "../../workers/contract.ts";

type TimeMethods = Pick<EngineApi, "timeAssumptions" | "changeTime" | "undoTimeChange" | "redoTimeChange">;

const FIRST: LoggedTimeChange[] = [
  {
    id: 1,
    at: Date.UTC(2026, 7, 17, 9, 40),
    examiner: "ana",
    change: { kind: "zone", member: 0 as MemberId, zone: "Europe/Paris" },
    state: "done",
  },
];

/** Assumptions about the first member of the fake case, which can be changed, undone and redone; `asked` hears of each. */
export function fakeTimes(asked: (change: TimeChange) => Fault | undefined = () => undefined): TimeMethods {
  let changes: LoggedTimeChange[] = FIRST;
  const state = (): TimeAssumptions => {
    const done = changes.filter((each) => each.state === "done").map(({ change }) => change);
    const last = <Kind extends TimeChange["kind"]>(kind: Kind): Extract<TimeChange, { kind: Kind }> | undefined =>
      done.findLast((change): change is Extract<TimeChange, { kind: Kind }> => change.kind === kind);
    const clock = last("clock");
    return {
      members: [
        {
          member: 0 as MemberId,
          zoneless: 412,
          yearless: 0,
          twice: 2,
          skipped: 0,
          corrected: clock?.clock === undefined ? 0 : 12_880,
          zone: last("zone")?.zone,
          importedZone: undefined,
          year: undefined,
          importedYear: undefined,
          clock: clock !== undefined && "member" in clock.of ? clock.clock : undefined,
          clockText: clock !== undefined && "member" in clock.of && clock.clock ? "as set" : undefined,
          hosts: [
            { field: "to", host: "pay-db-02" },
            { field: "datasource", host: "audit.log" },
          ],
        },
      ],
      hosts: [],
      changes: changes.map((each) => ({ ...each, text: `audit.log: ${each.change.kind}` })),
    };
  };
  const flip = (at: number, to: LoggedTimeChange["state"]): LoggedTimeChange | undefined => {
    const found = changes[at];
    if (found === undefined) return undefined;
    const next = { ...found, state: to };
    changes = changes.with(at, next);
    return next;
  };
  return {
    timeAssumptions: async () => ({ ok: true, value: state() }),
    async changeTime(change) {
      const fault = asked(change);
      if (fault !== undefined) return { ok: false, fault };
      const kept = changes.filter((each) => each.state === "done");
      const made = { id: kept.length + 1, at: Date.UTC(2025, 0, 1), examiner: "ana", change, state: "done" } as const;
      changes = [...kept, made];
      return { ok: true, value: made };
    },
    undoTimeChange: async () => ({
      ok: true,
      value: flip(
        changes.findLastIndex((each) => each.state === "done"),
        "undone",
      ),
    }),
    redoTimeChange: async () => ({
      ok: true,
      value: flip(
        changes.findIndex((each) => each.state === "undone"),
        "done",
      ),
    }),
  };
}
