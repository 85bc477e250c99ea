import type { Score, Touchpoint } from "./api.js";

export type Column = "name" | "responses" | "csat" | "nps";

/** A place among others means something only from here on (metrics.md, "Suppression"). */
export const rankedFrom = 30;

const collator = new Intl.Collator("en", { numeric: true });

export function scoreOf(touchpoint: Touchpoint, kind: Score["kind"]): Score | undefined {
  return touchpoint.scores.find((score) => score.kind === kind);
}

function byName(a: Touchpoint, b: Touchpoint): number {
  return collator.compare(a.name, b.name) || collator.compare(a.site, b.site) || collator.compare(a.id, b.id);
}

/** Null: too few answers for a place among others. */
export function rank(touchpoint: Touchpoint, column: Exclude<Column, "name">): number | null {
  if (column === "responses") return touchpoint.responses;
  const score = scoreOf(touchpoint, column);
  return score?.shown && score.n >= rankedFrom ? score.score : null;
}

export function sorted(touchpoints: Touchpoint[], column: Column, down: boolean): Touchpoint[] {
  const sign = down ? -1 : 1;
  if (column === "name") return [...touchpoints].sort((a, b) => sign * byName(a, b));
  return [...touchpoints].sort((a, b) => {
    const [one, other] = [rank(a, column), rank(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || byName(a, b);
    return sign * (one - other) || byName(a, b);
  });
}
