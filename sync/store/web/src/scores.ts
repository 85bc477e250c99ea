import { html, nothing, type TemplateResult } from "lit";
import type { Score } from "./api.js";
import { faceNames, type Part, stack, whisker } from "./drawings.js";
import { intervalText, kindName, number, plural, scoreText, tooFewText } from "./format.js";

const scales = { csat: [0, 100], nps: [-100, 100] } as const;
const meanings = { csat: "satisfied", nps: "promoters − detractors" };

export interface ShownScore extends Score {
  score: number;
  low: number;
  high: number;
}

export function isShown(score: Score | undefined): score is ShownScore {
  return score !== undefined && score.shown && score.score !== null && score.low !== null && score.high !== null;
}

export function scoreWhisker(score: ShownScore): TemplateResult {
  const [from, to] = scales[score.kind];
  return whisker(score, from, to);
}

/** A question's score with what it rests on. */
export function scoreCard(score: Score): TemplateResult {
  return html`<section class="card score" aria-label="${kindName[score.kind]}: ${score.text}">
    <h3>${kindName[score.kind]}</h3>
    <p class="quiet question" dir="auto">${score.text}</p>
    ${isShown(score) ? shownScore(score) : missingScore(score)} ${distribution(score)}
  </section>`;
}

function shownScore(score: ShownScore): TemplateResult {
  const [from, to] = scales[score.kind];
  return html`<p class="value">
      <span class="big">${scoreText(score.kind, score.score)}</span>
      <span class="interval">(${intervalText(score)})</span>
    </p>
    <p class="quiet">${meanings[score.kind]} · 95 % interval · n = ${number(score.n)}</p>
    <div class="drawing">
      ${scoreWhisker(score)}
      <div class="ends quiet" aria-hidden="true">
        <span>${scoreText(score.kind, from)}</span><span>${scoreText(score.kind, (from + to) / 2)}</span
        ><span>${scoreText(score.kind, to)}</span>
      </div>
    </div>`;
}

function missingScore({ n }: Score): TemplateResult {
  return html`<p class="value"><span class="few">${tooFewText(n)}</span></p>
    <p class="quiet">A score is shown once there are enough answers to mean something: 10 by default.</p>`;
}

interface NamedPart extends Part {
  name: string;
}

/** Worst first; nothing when the store's counts are not those of the scale. */
function parts({ kind, counts }: Score): NamedPart[] {
  const sum = (from: number, to: number) => counts.slice(from, to).reduce((total, n) => total + n, 0);
  if (kind === "csat" && counts.length === 5) {
    return counts.map((count, index) => ({ count, tone: index + 1, name: faceNames[index]! }));
  }
  if (kind === "nps" && counts.length === 11) {
    return [
      { count: sum(0, 7), tone: 1, name: "detractors (0–6)" },
      { count: sum(7, 9), tone: 3, name: "passives (7–8)" },
      { count: sum(9, 11), tone: 5, name: "promoters (9–10)" },
    ];
  }
  return [];
}

function distribution(score: Score): TemplateResult | typeof nothing {
  const named = parts(score);
  if (named.every(({ count }) => count === 0)) return nothing;
  const entry = ({ count, tone, name }: NamedPart) =>
    html`<li><span class="swatch tone-${tone}"></span>${number(count)} ${name}</li>`;
  return html`<div class="distribution">
    ${stack(named)}
    <ul class="legend quiet" aria-label=${plural(score.n, "answer")}>
      ${named.map(entry)}
    </ul>
  </div>`;
}
