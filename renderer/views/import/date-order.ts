/** What 01/02/2025 says when it is read in one order or the other. Pure. */
export type DateOrder = "day-first" | "month-first";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "1 February 2025"; undefined where the order gives no date. */
export function readDate(sample: string, order: DateOrder): string | undefined {
  const found = /(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d\d))?/.exec(sample);
  if (found === null) return undefined;
  const [first, second] = [Number(found[1]), Number(found[2])];
  const [day, month] = order === "day-first" ? [first, second] : [second, first];
  const name = MONTHS[month - 1];
  if (name === undefined || day < 1 || day > daysOf(month)) return undefined;
  return found[3] === undefined ? `${day} ${name}` : `${day} ${name} ${fullYear(found[3])}`;
}

/** As the engine reads two digits. */
function fullYear(year: string): string {
  if (year.length === 4) return year;
  return Number(year) < 69 ? `20${year}` : `19${year}`;
}

/** With dots only the day is ever written first. */
export function isEitherOrder(sample: string): boolean {
  return /^\s*\d{1,2}([/-])\d{1,2}\1(?:\d{4}(?!\d)|\d\d[ ,T])/.test(sample);
}

/** 29 February is left in: whether the year has it is not the question here. */
const daysOf = (month: number): number => (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** How many of the samples are dates in this order. */
export function fitting(samples: readonly string[], order: DateOrder): number {
  return samples.filter((sample) => readDate(sample, order) !== undefined).length;
}
