/** The `count` meanings whose spellings are nearest to what was typed, best first. */
export function nearest(typed: string, spellings: ReadonlyMap<string, string>, count: number): readonly string[] {
  const scores = new Map<string, number>();
  for (const [spelling, meaning] of spellings) {
    const score = distance(typed, spelling);
    if (score < (scores.get(meaning) ?? Number.POSITIVE_INFINITY)) scores.set(meaning, score);
  }
  return [...scores]
    .toSorted(([a, x], [b, y]) => x - y || a.length - b.length || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([meaning]) => meaning);
}

/** Edits from one to the other; a beginning of two letters or more counts as one edit. */
function distance(typed: string, spelling: string): number {
  return typed.length >= 2 && spelling.startsWith(typed) ? 1 : edits(typed, spelling);
}

/** Letters to add, drop or replace; a swap of neighbours counts once (optimal string alignment). */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, at(before, j - 2) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] as number;
}
