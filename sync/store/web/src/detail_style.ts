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
    display: block;
    position: relative;
    margin-top: 8px;
  }
  .reasons caption,
  .reasons tbody {
    display: block;
  }
  .reasons tbody tr {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 3em;
    gap: 0 12px;
    padding: 5px 0;
  }
  .reasons tbody th,
  .reasons tbody td {
    border: 0;
    padding: 0;
  }
  .reasons tbody th {
    font-size: 0.9375rem;
    font-weight: 450;
    color: var(--text);
    overflow-wrap: anywhere;
  }
  .reasons .number {
    grid-row: 1;
    grid-column: -2;
    color: var(--secondary);
  }
  .share-cell {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: minmax(0, 1fr) 7.2em;
    gap: 12px;
    align-items: center;
  }
  .share-text {
    text-align: end;
    white-space: nowrap;
  }
  @media (min-width: 560px) {
    .reasons tbody tr {
      grid-template-columns: minmax(0, 2fr) minmax(0, 5fr) 2.5em;
      align-items: center;
    }
    .share-cell {
      grid-column: auto;
    }
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
