import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { CaseInfo, Fault, MemberInfo, SourceInfo } from "../../workers/contract.ts";
import { noticesOf, standingOf } from "../../renderer/app/source-standing.ts";
import { ddLine, shellWord, sumLines } from "../../renderer/views/evidence/check-lines.ts";
import { ticksOf } from "../../renderer/views/evidence/coverage-ticks.ts";
import { evidenceRows, evidenceSum, memberLedger } from "../../renderer/views/evidence/evidence-rows.ts";
import { EvidenceView } from "../../renderer/views/evidence/evidence-view.tsx";
import { ledgerTable, shareOf } from "../../renderer/views/evidence/ledger-lines.ts";
import { cellOffset, firstOf, mapRuns } from "../../renderer/views/evidence/map-runs.ts";
import { fakeCase, troubledCase } from "./fake-case.ts";
import { fakeRows } from "./fake-rows.ts";
import { FAKE_PASSWORD } from "./fake-import.ts";
import { renderWith } from "./render.tsx";

afterEach(cleanup);

const info = fakeCase(fakeRows(200), "sealed", 7);
const [plain, , zip] = info.sources as readonly [SourceInfo, SourceInfo, SourceInfo];
const member = plain.members[0] as MemberInfo;
const packed = zip.members[0] as MemberInfo;
const withFirst = (source: SourceInfo): CaseInfo => ({ ...info, sources: [source] });

describe("the ledger", () => {
  test("adds up, and names what is missing when it does not", () => {
    expect(ledgerTable(member)).toMatchObject({ sum: member.bytes, total: member.bytes, missing: 0 });
    const short = { ...member, ledger: { ...member.ledger, entries: member.ledger.entries - 5 } };
    expect(ledgerTable(short).missing).toBe(5);
    expect(memberLedger(plain, short)).toEqual({ kind: "short", text: "99.99 %" });
  });

  test("shares are cut off: only all is 100 %, and something is never nothing", () => {
    expect(shareOf(0, 100)).toBe("0 %");
    expect(shareOf(100, 100)).toBe("100 %");
    expect(shareOf(188_739_402, 188_741_760)).toBe("99.9987 %");
    expect(shareOf(999_999_999, 1_000_000_000)).toBe("99.9999 %");
    expect(shareOf(40, 188_741_760)).toBe("< 0.0001 %");
    expect(shareOf(9_007_199_254_740_990, 9_007_199_254_740_991)).toBe("99.9999 %");
  });

  test("blank lines and other ignored units, which are counted together, are shown together", () => {
    const lines = ledgerTable(member).lines.map(({ kind, count, note }) => [kind, count, note]);
    expect(lines.slice(2)).toEqual([
      ["ignored", undefined, "with blank:"],
      ["blank", 2, undefined],
    ]);
    const uncounted = { ...member, ignored: 0, ledger: { ...member.ledger, blank: 0 } };
    expect(ledgerTable(uncounted).lines[2]?.count).toBeUndefined();
    const noBlank = { ...member, ledger: { ...member.ledger, blank: 0 } };
    expect(
      ledgerTable(noBlank)
        .lines.slice(2)
        .map(({ count }) => count),
    ).toEqual([2, 0]);
  });

  test("each state of a member has its word", () => {
    const kind = (part: Partial<MemberInfo>, source: Partial<SourceInfo> = {}) =>
      memberLedger({ ...plain, ...source }, { ...member, ...part }).kind;
    expect(kind({})).toBe("whole");
    expect(kind({ state: "importing" }, { state: "importing" })).toBe("yet");
    expect(kind({ state: "importing" }, { state: "cancelled" })).toBe("incomplete");
    expect(kind({ state: "cancelled" })).toBe("incomplete");
    expect(kind({ state: "failed" })).toBe("failed");
    expect(kind({ state: "refused" })).toBe("failed");
    expect(
      evidenceRows(
        withFirst({ ...zip, members: [{ ...packed, state: "unrecognised", formatTitle: "" }] }),
        new Set(),
      )[1]?.format,
    ).toBe("not recognised");
  });
});

describe("rows", () => {
  test("a plain file is one row, an archive has rows below it, replaced sources have none", () => {
    const keys = evidenceRows(info, new Set()).map(({ key, level }) => `${key}:${level}`);
    expect(keys).toEqual(["m0:1", "m1:1", "s2:1", "m2:2"]);
    expect(evidenceRows(info, new Set([zip.id])).map(({ key }) => key)).toEqual(["m0", "m1", "s2"]);
    expect(evidenceRows(withFirst({ ...plain, state: "replaced" }), new Set())).toEqual([]);
    expect(evidenceRows(withFirst({ ...plain, state: "failed", members: [] }), new Set())[0]).toMatchObject({
      format: "no member",
      ledger: { kind: "failed" },
    });
  });

  test("the sum is never rounded up", () => {
    expect(evidenceSum({ ...info, accounted: info.bytes - 1 }).ledger).toEqual({ kind: "short", text: "99.99 %" });
    expect(evidenceSum(info).ledger).toEqual({ kind: "whole", text: "100.00 %" });
  });
});

test("equal neighbours of the byte map are one run", () => {
  const map = { member: member.id, bytes: 1000, kinds: Uint8Array.of(0, 0, 1, 0, 2, 2, 3, 4, 9) };
  expect(mapRuns(map.kinds).map(({ kind, from, to }) => `${kind} ${from}-${to}`)).toEqual([
    "entries 0-2",
    "rejects 2-3",
    "entries 3-4",
    "ignored 4-6",
    "blank 6-7",
    "unread 7-9",
  ]);
  expect(firstOf(map, "ignored")).toBe(cellOffset(map, 4));
  expect(firstOf({ ...map, kinds: Uint8Array.of(0) }, "blank")).toBeUndefined();
});

describe("commands to check without Exhibit", () => {
  test("names are quoted, whatever they hold", () => {
    expect(shellWord("audit.log.2")).toBe("audit.log.2");
    expect(shellWord("my file.log")).toBe("'my file.log'");
    expect(shellWord("it's.log")).toBe("'it'\\''s.log'");
    expect(shellWord("$(reboot).log")).toBe("'$(reboot).log'");
    expect(shellWord("-rf")).toBe("./-rf");
    expect(shellWord("a\n\u001b[2J\u202e'")).toBe("$'a\\x0a\\x1b[2J\\u202e\\''");
  });

  test("an archive's member goes through what unpacks it", () => {
    const span = { offset: 58_887_432, length: 362 };
    expect(ddLine(plain, member, span)).toBe("dd if=audit.log bs=1 skip=58887432 count=362 status=none");
    expect(ddLine(zip, packed, span)).toBe(
      "unzip -p cs-logs-bundle.zip logs/events.jsonl | dd bs=1 skip=58887432 count=362 status=none",
    );
    expect(sumLines(plain, member)).toEqual(["sha256sum audit.log"]);
    expect(sumLines(zip, { ...packed, path: "a[1]*.log" })).toEqual([
      "sha256sum cs-logs-bundle.zip",
      "unzip -p cs-logs-bundle.zip 'a\\[1\\]\\*.log' | sha256sum",
    ]);
    expect(sumLines({ ...zip, container: "gzip", name: "a.gz" }, packed)[1]).toBe("gzip -dc a.gz | sha256sum");
  });
});

test("ticks stand on whole steps of the zone's clock", () => {
  const day = Date.UTC(2026, 7, 12) * 1000;
  const { every, at } = ticksOf(day + 1, day + 86_400e6, 6, "+02:00");
  expect(every).toBe(6 * 3_600e6);
  expect(at.every((tick) => (tick + 7_200e6 - day) % every === 0)).toBe(true);
  expect(at.length).toBeGreaterThan(2);
});

describe("the view", () => {
  const open = () => {
    const copied = vi.fn(async () => undefined);
    const view = renderWith(<EvidenceView info={info} />, {
      entries: 200,
      view: { view: "evidence" },
      bridge: { copyText: copied },
    });
    return { ...view, copied, tree: screen.getByRole("treegrid") };
  };

  test("shows the proof of the chosen member, down to the whole hash", async () => {
    const { copied, container } = open();
    expect(container.querySelector(".ledger-figure")?.textContent).toBe("100.00 %");
    expect(screen.getByText("= same")).toBeDefined();
    expect(await screen.findAllByText("stamp not readable")).toHaveLength(2);
    fireEvent.click(screen.getByRole("button", { name: "Copy sha256" }));
    expect(copied).toHaveBeenCalledWith(member.sha256);
  });

  test("arrows move between rows and fold archives", async () => {
    const { tree, services } = open();
    const rows = (): number => within(tree).getAllByRole("row").length;
    const before = rows();
    fireEvent.keyDown(tree, { key: "End" });
    expect(services.view.get().member).toBe(packed.id);
    fireEvent.keyDown(tree, { key: "ArrowLeft" });
    expect(within(tree).getByRole("row", { selected: true }).textContent).toContain("cs-logs-bundle.zip");
    fireEvent.keyDown(tree, { key: "ArrowLeft" });
    expect(rows()).toBe(before - 1);
    fireEvent.keyDown(tree, { key: "ArrowRight" });
    expect(rows()).toBe(before);
  });

  test("a reject opens among the rejects of its member", async () => {
    const { services } = open();
    fireEvent.click(await screen.findByRole("button", { name: /cut off/ }));
    expect(services.view.get()).toMatchObject({ view: "rejects", member: member.id, rejectCode: "cut off" });
  });

  test("browse narrows the entries to the member", async () => {
    const { services } = open();
    fireEvent.click(screen.getByRole("button", { name: "Browse the entries of this member" }));
    expect(services.view.get().view).toBe("entries");
    expect(services.view.get().clauses).toMatchObject([{ field: "source", values: ["AU"] }]);
  });

  test("an incomplete source says so and can be removed; Esc leads back", () => {
    const broken: SourceInfo = { ...plain, state: "cancelled", members: [{ ...member, state: "cancelled" }] };
    const { services } = renderWith(<EvidenceView info={withFirst(broken)} />, { view: { view: "evidence" } });
    expect(screen.getByText(/was stopped/)).toBeDefined();
    const removed = vi.spyOn(services.engine.api, "removeSource");
    fireEvent.click(screen.getByRole("button", { name: "Remove" }));
    expect(removed).toHaveBeenCalledWith(plain.id);
    fireEvent.keyDown(screen.getByRole("treegrid"), { key: "Escape" });
    expect(services.view.get().view).toBe("entries");
  });
});

describe("a source with trouble", () => {
  const troubled = troubledCase(fakeRows(200), 7);
  const open = (at: number) =>
    renderWith(<EvidenceView info={troubled} />, {
      entries: 200,
      view: { view: "evidence", member: troubled.sources[at]?.members[0]?.id },
    });
  const toneOf = (text: string | RegExp): string | null | undefined =>
    screen.getByText(text).closest(".error-panel")?.getAttribute("data-tone");

  test("is incomplete, failed, or has a notice: the same word everywhere", () => {
    expect(troubled.sources.map(standingOf)).toEqual(["incomplete", "notice", "notice"]);
    expect(standingOf({ ...plain, state: "cancelled" })).toBe("incomplete");
    expect(standingOf({ ...plain, state: "failed", members: [] })).toBe("failed");
    expect(standingOf({ ...plain, state: "failed" })).toBe("incomplete");
    expect(standingOf(plain)).toBe("whole");
    const ledgers = evidenceRows(troubled, new Set()).map(({ ledger }) => `${ledger.kind} ${ledger.text}`);
    expect(ledgers).toEqual(["incomplete incomplete", "whole 100.00 %", "incomplete in part", "incomplete locked"]);
    expect(evidenceSum(troubled).ledger.kind).toBe("incomplete");
  });

  test("that was interrupted is imported again without a dialog; a file that is gone can be chosen", async () => {
    const { services } = open(0);
    expect(screen.getByText(/was interrupted before its end/)).toBeDefined();
    const gone: Fault = { code: "source.missing", message: "audit.log is gone.", next: "Choose it where it lies now." };
    const again = vi.spyOn(services.engine.api, "importAgain").mockResolvedValue({ ok: false, fault: gone });
    const chosen = vi.spyOn(services.bridge, "chooseEvidence");
    fireEvent.click(screen.getByRole("button", { name: "Import again" }));
    fireEvent.click(await screen.findByRole("button", { name: "Choose the file…" }));
    expect(again).toHaveBeenCalledWith(plain.id, false);
    expect(screen.getByText("audit.log is gone.")).toBeDefined();
    expect(chosen).toHaveBeenCalledWith("files");
  });

  test("a notice is amber, and how the member was read is told", () => {
    open(1);
    expect(toneOf("The log is page 1 of 12 of what the server has.")).toBe("care");
    expect(screen.queryByRole("button", { name: "Import again" })).toBeNull();
    for (const text of [
      "UTF-16, little-endian, found by its first bytes",
      "3 columns split by comma: Date, Performed By, Type",
      "2026, as the file's own time says",
      "2 users and 1 group named by etc/passwd",
    ])
      expect(screen.getByText(text)).toBeDefined();
  });

  test("what a source repeats of its members is told once; a comment and a rotated set have lines of their own", () => {
    const problem: Fault = { code: "container.encrypted", message: "x is encrypted.", next: "Give its password." };
    const reasons = ["archive comment: from Ana", "read as one log with audit.log.1, audit.log.2", "a reason"];
    const locked: MemberInfo = { ...packed, state: "refused", problem, reasons };
    const source: SourceInfo = { ...zip, problems: [problem], members: [locked] };
    expect(noticesOf(source)).toBe(1);
    renderWith(<EvidenceView info={withFirst(source)} />, { view: { view: "evidence", member: locked.id } });
    expect(screen.getAllByText("x is encrypted.")).toHaveLength(1);
    expect(screen.getByText("from Ana").closest(".origin-line")?.textContent).toBe("commentfrom Ana");
    expect(screen.getByText("audit.log.1, audit.log.2").closest("dd")?.textContent).toBe(
      "one log with audit.log.1, audit.log.2",
    );
    expect(screen.getByText("a reason")).toBeDefined();
  });

  test("a locked source is opened where it stands: a wrong password is told, the right one imports it again", async () => {
    const { services } = open(2);
    const again = vi.spyOn(services.engine.api, "importAgain");
    const field = screen.getByLabelText("Password", { selector: "input" });
    fireEvent.change(field, { target: { value: "guess" } });
    fireEvent.click(screen.getByRole("button", { name: "Try it" }));
    expect(await screen.findByText("Wrong password, try again.")).toBeDefined();
    expect(again).not.toHaveBeenCalled();
    fireEvent.change(field, { target: { value: FAKE_PASSWORD } });
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(again).toHaveBeenCalledWith(zip.id, false));
  });

  test("going on past a limit explains the risk first", async () => {
    const { services } = open(2);
    const again = vi.spyOn(services.engine.api, "importAgain");
    expect(toneOf("logs/events.jsonl is encrypted.")).toBe("care");
    fireEvent.click(screen.getByRole("button", { name: "Continue past this limit…" }));
    expect(screen.getByText(/The choice is logged/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Continue past the limit" }));
    await waitFor(() => expect(again).toHaveBeenCalledWith(zip.id, true));
  });
});
