import { type SVGTemplateResult, svg, html, type TemplateResult } from "lit";

/** Brows, eyes and mouths of the kiosk's five faces (ui/faces): told apart by shape alone. */
const features: SVGTemplateResult[] = [
  svg`${eyes()}<path d="M30 41 Q40 33 49 33 M90 41 Q80 33 71 33" stroke-width="5.5"/><path d="M38 88 Q60 64 82 88"/>`,
  svg`${eyes()}<path d="M31 40 Q38 36 47 35 M89 40 Q82 36 73 35" stroke-width="5"/><path d="M42 85 Q60 73 78 85"/>`,
  svg`${eyes()}<path d="M42 81 H78"/>`,
  svg`${eyes()}<path d="M39 75 Q60 93 81 75"/>`,
  svg`<path d="M33 54 Q42 40 51 54 M69 54 Q78 40 87 54"/><path class="mouth" d="M33 69 Q60 75 87 69 Q86 100 60 100 Q34 100 33 69 Z"/>`,
];

export const faceNames = ["very unsatisfied", "unsatisfied", "neutral", "satisfied", "very satisfied"];

function eyes(): SVGTemplateResult {
  return svg`<ellipse cx="42" cy="53" rx="5.2" ry="7.2" class="eye"/><ellipse cx="78" cy="53" rx="5.2" ry="7.2" class="eye"/>`;
}

/** `value` 1..5. Decoration: a text says the same beside it. */
export function face(value: number): TemplateResult {
  return html`<svg class="face face-${value}" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
    <circle cx="60" cy="60" r="56" />
    ${features[value - 1]}
  </svg>`;
}

export interface Interval {
  score: number;
  low: number;
  high: number;
}

/**
 * A score and its 95 % interval on its whole scale. Horizontal positions are percentages, so that the
 * drawing fills whatever width it gets. Decoration: the numbers stand beside it.
 */
export function whisker(value: Interval, from: number, to: number): TemplateResult {
  const at = (x: number) => `${(((Math.min(Math.max(x, from), to) - from) / (to - from)) * 96 + 2).toFixed(2)}%`;
  const middle = (from + to) / 2;
  return html`<svg class="whisker" width="100%" height="20" aria-hidden="true" focusable="false">
    <line class="scale" x1=${at(from)} x2=${at(to)} y1="10" y2="10" />
    <line class="tick" x1=${at(from)} x2=${at(from)} y1="5" y2="15" />
    <line class="tick" x1=${at(middle)} x2=${at(middle)} y1="5" y2="15" />
    <line class="tick" x1=${at(to)} x2=${at(to)} y1="5" y2="15" />
    <line class="range" x1=${at(value.low)} x2=${at(value.high)} y1="10" y2="10" />
    <circle class="point" cx=${at(value.score)} cy="10" r="6" />
  </svg>`;
}

/** A share (0..1) as a bar with its interval as a whisker. Decoration: the numbers stand beside it. */
export function shareBar(value: Interval): TemplateResult {
  const at = (x: number) => `${(Math.min(Math.max(x, 0), 1) * 99).toFixed(2)}%`;
  return html`<svg class="share" width="100%" height="20" aria-hidden="true" focusable="false">
    <rect class="track" x="0" y="3" width="99%" height="14" rx="3" />
    <rect class="bar" x="0" y="3" width=${at(value.score)} height="14" rx="3" />
    <line class="range" x1=${at(value.low)} x2=${at(value.high)} y1="10" y2="10" />
    <line class="range" x1=${at(value.low)} x2=${at(value.low)} y1="6" y2="14" />
    <line class="range" x1=${at(value.high)} x2=${at(value.high)} y1="6" y2="14" />
  </svg>`;
}

export interface Part {
  count: number;
  /** 1..5: the face whose colour it takes. */
  tone: number;
}

/** Parts of a whole side by side, worst first. Decoration: a list says the same. */
export function stack(parts: Part[]): TemplateResult {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  const pieces = parts.map(({ count, tone }) => {
    const [x, width] = [before / total, count / total].map((part) => `${(part * 100).toFixed(2)}%`);
    before += count;
    return count > 0 ? svg`<rect class="tone-${tone}" x=${x!} y="0" width=${width!} height="14" />` : svg``;
  });
  return html`<svg class="stack" width="100%" height="14" aria-hidden="true" focusable="false">${pieces}</svg>`;
}

/** The product's sign, as in icon.svg. Decoration: its name stands beside it. */
export function mark(): TemplateResult {
  return html`<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" fill="none" stroke-linecap="round">
    <rect width="32" height="32" rx="8" fill="#1F5FD0" />
    <path d="M8 13v-1M24 13v-1" stroke="#fff" stroke-width="4" />
    <path d="M7 19q9 9 18 0" stroke="#fff" stroke-width="3.5" />
  </svg>`;
}
