import { css } from "lit";

export const detailStyle = css`
  :host > section {
    display: grid;
    gap: 16px;
  }
  h2 {
    scroll-margin-top: 16px;
  }
  .cards,
  .charts {
    display: grid;
    gap: 16px;
    grid-template-columns: minmax(0, 1fr);
  }
  @media (min-width: 760px) {
    .cards {
      grid-template-columns: minmax(0, 3fr) repeat(auto-fit, minmax(240px, 4fr));
    }
  }
  @media (min-width: 1080px) {
    .charts {
      grid-template-columns: minmax(0, 6fr) minmax(0, 5fr);
    }
  }
  .card {
    display: grid;
    gap: 4px;
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
  }
  .value {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
    margin: 6px 0 2px;
  }
  .big {
    font-size: 2.75rem;
    line-height: 1.1;
    font-weight: 650;
    letter-spacing: -0.02em;
  }
  .interval {
    font-size: 1.25rem;
    color: var(--secondary);
    white-space: nowrap;
  }
  .few {
    font-size: 1.375rem;
    line-height: 2.2;
    font-weight: 550;
  }
  .question {
    overflow-wrap: anywhere;
  }
  .drawing {
    margin-top: 8px;
  }
  .ends {
    display: flex;
    justify-content: space-between;
    font-size: 0.8125rem;
  }
  .distribution {
    margin-top: 10px;
    display: grid;
    gap: 6px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
  }
  .legend li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .swatch {
    width: 10px;
    height: 10px;
    border-radius: 3px;
    forced-color-adjust: none;
  }
  details ul {
    margin-top: 4px;
    padding-inline-start: 1.2em;
    list-style: disc;
  }
  .reasons {
    margin-top: 4px;
    table-layout: fixed;
    position: relative;
  }
  .reasons th,
  .reasons td {
    border: 0;
    padding: 5px 0;
  }
  .reasons tbody th {
    font-size: 0.9375rem;
    font-weight: 450;
    color: var(--text);
    overflow-wrap: anywhere;
    padding-inline-end: 12px;
    width: 34%;
  }
  .reasons .share-text {
    width: 7.5em;
    white-space: nowrap;
  }
  .reasons .number:last-child {
    width: 3em;
    color: var(--secondary);
  }
  .reasons caption {
    padding-bottom: 8px;
  }
  .empty {
    gap: 8px;
    padding: 28px;
  }
  .empty h3 {
    font-size: 1.25rem;
  }
  .empty ul {
    list-style: disc;
    padding-inline-start: 1.3em;
  }
  .empty p,
  .empty li {
    max-width: 70ch;
  }
`;
