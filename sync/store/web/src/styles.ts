import { css } from "lit";

/** What every component of the page shares. */
export const shared = css`
  :host {
    display: block;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ul {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  h1 {
    font-size: 1.5rem;
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  h2 {
    font-size: 1.375rem;
    line-height: 1.3;
    font-weight: 650;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: 1rem;
    line-height: 1.4;
    font-weight: 600;
  }
  .quiet {
    color: var(--secondary);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .card {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 14px;
    box-shadow: var(--shadow);
    padding: 20px 24px;
    min-width: 0;
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button {
    font: inherit;
    font-weight: 550;
    color: var(--text);
    background: var(--surface);
    border: 1px solid var(--control-line);
    border-radius: 999px;
    padding: 7px 16px;
    min-height: 40px;
    cursor: pointer;
  }
  button:hover {
    background: var(--sunken);
  }
  button.main {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
  }
  button.main:hover {
    background: var(--pressed);
  }
  button:disabled {
    opacity: 0.7;
    cursor: default;
  }
  a {
    color: var(--accent);
    text-underline-offset: 3px;
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
    border-radius: 4px;
  }
  button:focus-visible {
    border-radius: 999px;
  }
  summary {
    cursor: pointer;
  }
  code {
    overflow-wrap: anywhere;
    background: var(--sunken);
    border-radius: 6px;
    padding: 2px 6px;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  caption {
    text-align: start;
  }
  th {
    font-weight: 550;
    font-size: 0.8125rem;
    color: var(--secondary);
    text-align: start;
  }
  th,
  td {
    padding: 8px 12px;
    border-bottom: 1px solid var(--line);
    vertical-align: middle;
  }
  tr:last-child > td,
  tbody > tr:last-child > th {
    border-bottom: 0;
  }
  .number {
    text-align: end;
  }
  .scroll {
    overflow-x: auto;
  }
`;

/** The classes of drawings.ts. */
export const drawn = css`
  .face {
    width: 26px;
    height: 26px;
    flex: none;
    fill: none;
    stroke: #1a2030;
    stroke-width: 6.5;
    stroke-linecap: round;
    stroke-linejoin: round;
    forced-color-adjust: none;
  }
  .face circle {
    stroke-width: 4;
  }
  .face .eye,
  .face .mouth {
    fill: #1a2030;
    stroke-width: 0;
  }
  .face-1 circle {
    fill: var(--face-1);
    stroke: #b23a18;
  }
  .face-2 circle {
    fill: var(--face-2);
    stroke: #c96a22;
  }
  .face-3 circle {
    fill: var(--face-3);
    stroke: #a67e12;
  }
  .face-4 circle {
    fill: var(--face-4);
    stroke: #3a93ab;
  }
  .face-5 circle {
    fill: var(--face-5);
    stroke: #1f66ae;
  }
  .whisker,
  .share,
  .stack {
    display: block;
  }
  .whisker .scale,
  .whisker .tick {
    stroke: var(--line);
    stroke-width: 2;
  }
  .whisker .range {
    stroke: var(--accent);
    stroke-width: 8;
    opacity: 0.5;
  }
  .whisker .point {
    fill: var(--accent);
    stroke: var(--surface);
    stroke-width: 2;
  }
  .share .track {
    fill: var(--sunken);
  }
  .share .bar {
    fill: var(--face-5);
  }
  .share .range {
    stroke: var(--text);
    stroke-width: 1.5;
  }
  .stack {
    border-radius: 4px;
    overflow: hidden;
    forced-color-adjust: none;
  }
  .stack rect {
    stroke: var(--surface);
    stroke-width: 1.5;
  }
  .tone-1 {
    fill: var(--face-1);
    background: var(--face-1);
  }
  .tone-2 {
    fill: var(--face-2);
    background: var(--face-2);
  }
  .tone-3 {
    fill: var(--face-3);
    background: var(--face-3);
  }
  .tone-4 {
    fill: var(--face-4);
    background: var(--face-4);
  }
  .tone-5 {
    fill: var(--face-5);
    background: var(--face-5);
  }
  @media (forced-colors: active) {
    .whisker .range {
      opacity: 1;
      stroke-width: 4;
    }
    .share .track {
      fill: Canvas;
      stroke: CanvasText;
    }
    .share .bar {
      fill: Highlight;
    }
  }
`;
