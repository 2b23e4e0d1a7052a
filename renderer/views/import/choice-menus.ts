/** Carrier and format of a choice, each with a menu of its own: the other part is kept where the pair exists. Pure. */
import type { FormatChoice, MemberChoice, MemberVerdict } from "../../../workers/contract.ts";
import type { MenuEntry, MenuGroup } from "../../ui/menu.tsx";

type Choose = (choice: FormatChoice | undefined) => void;

const carrierOf = (choice: FormatChoice | undefined): string => choice?.split("+")[0] ?? "";
const formatOf = (choice: FormatChoice | undefined): string => choice?.split("+")[1] ?? "";

const known = (member: MemberVerdict, choice: FormatChoice | undefined): MemberChoice | undefined =>
  member.choices.find((each) => each.choice === choice);

export const formatTitle = (member: MemberVerdict, choice: FormatChoice | undefined): string =>
  known(member, choice)?.format ?? "none";
export const carrierTitle = (member: MemberVerdict, choice: FormatChoice | undefined): string =>
  known(member, choice)?.carrier ?? "none";

export function formatGroups(
  member: MemberVerdict,
  choice: FormatChoice | undefined,
  choose: Choose,
): readonly MenuGroup[] {
  const order = [carrierOf(choice), ...member.carriers];
  const entries = parts(member, formatOf).map(({ id, any }): MenuEntry => {
    const pairs = member.choices.filter((each) => formatOf(each.choice) === id);
    const best = order.flatMap((carrier) => pairs.find((each) => carrierOf(each.choice) === carrier) ?? [])[0];
    return {
      id,
      title: any.format,
      chosen: formatOf(choice) === id,
      run: () => choose((best ?? any).choice),
    };
  });
  return [...foundGroup(member, choice, choose), { title: "Formats", entries }];
}

export function carrierGroups(
  member: MemberVerdict,
  choice: FormatChoice | undefined,
  choose: Choose,
): readonly MenuGroup[] {
  const entries = parts(member, carrierOf).map(({ id, any }): MenuEntry => {
    const pairs = member.choices.filter((each) => carrierOf(each.choice) === id);
    const best = [formatOf(choice), ...PLAIN].flatMap(
      (format) => pairs.find((each) => formatOf(each.choice) === format) ?? [],
    )[0];
    return {
      id,
      title: any.carrier,
      chosen: carrierOf(choice) === id,
      run: () => choose((best ?? any).choice),
    };
  });
  const fits = member.carriers.flatMap((carrier) => entries.find(({ id }) => id === carrier) ?? []);
  const others = entries.filter(({ id }) => !member.carriers.includes(id));
  return [
    ...foundGroup(member, choice, choose),
    ...(fits.length === 0 ? [] : [{ title: "That its first bytes can be cut by", entries: fits }]),
    ...(others.length === 0 ? [] : [{ title: "Others", entries: others }]),
  ];
}

/** What any record can be read as. */
const PLAIN = ["generic-json", "text-lines"];

function foundGroup(member: MemberVerdict, choice: FormatChoice | undefined, choose: Choose): readonly MenuGroup[] {
  if (choice === member.choice) return [];
  const found = known(member, member.choice);
  const title = found === undefined ? "As found: not read" : `As found: ${found.title}`;
  return [{ title: "Found", entries: [{ id: "found", title, run: () => choose(undefined) }] }];
}

function parts(
  member: MemberVerdict,
  partOf: (choice: FormatChoice) => string,
): readonly { readonly id: string; readonly any: MemberChoice }[] {
  const first = new Map<string, MemberChoice>();
  for (const each of member.choices) if (!first.has(partOf(each.choice))) first.set(partOf(each.choice), each);
  return [...first].map(([id, any]) => ({ id, any }));
}
