import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Score, Touchpoint } from "./api.js";
import { intervalText, localTime, number, scoreText, tooFewText } from "./format.js";
import { linkTo } from "./links.js";
import { type Column, rank, rankedFrom, scoreOf, sorted } from "./ranking.js";
import { isShown, scoreWhisker } from "./scores.js";
import { drawn, shared } from "./styles.js";

const titles: Record<Column, string> = { name: "Touchpoint", responses: "Responses", csat: "CSAT", nps: "NPS" };
const columns: Column[] = ["name", "responses", "csat", "nps"];

/** Every touchpoint in a line, with its scores. */
@customElement("touchpoint-overview")
export class TouchpointOverview extends LitElement {
  @property({ attribute: false }) touchpoints: Touchpoint[] = [];
  @property() chosen = "";
  @state() private column: Column = "name";
  @state() private down = false;

  static override styles = [
    shared,
    drawn,
    css`
      .card {
        padding: 8px 12px;
      }
      th button {
        border: 0;
        background: none;
        padding: 4px 0;
        min-height: 32px;
        color: inherit;
        font-size: 0.875rem;
      }
      th button:hover {
        color: var(--text);
        text-decoration: underline;
      }
      tbody th {
        font-size: 1rem;
        color: var(--text);
        min-width: 11rem;
        overflow-wrap: anywhere;
      }
      tbody tr.chosen > * {
        background: var(--sunken);
      }
      tbody tr.chosen > th {
        box-shadow: inset 3px 0 var(--accent);
      }
      .score {
        width: 28%;
        min-width: 150px;
      }
      .interval {
        color: var(--secondary);
      }
      .value {
        font-weight: 600;
      }
      .site {
        display: block;
        font-weight: 400;
      }
      .note {
        padding: 6px 12px;
      }
      @media (max-width: 720px) {
        thead tr,
        tbody tr {
          display: grid;
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          padding: 8px 0;
          border-bottom: 1px solid var(--line);
        }
        thead tr {
          display: flex;
        }
        thead th.score,
        thead th {
          width: auto;
          min-width: 0;
          padding: 2px 8px;
        }
        tbody tr:last-child {
          border: 0;
        }
        th,
        td {
          border: 0;
          padding: 2px 10px;
          text-align: start;
        }
        tbody th {
          min-width: 0;
        }
        td.score {
          width: auto;
          min-width: 0;
        }
        td.score::before {
          content: attr(data-title);
          display: block;
          font-size: 0.8125rem;
          color: var(--secondary);
        }
        .interval {
          white-space: nowrap;
        }
        td.number {
          text-align: end;
        }
        td.number::after {
          content: " responses";
          font-size: 0.8125rem;
          color: var(--secondary);
        }
      }
    `,
  ];

  override render() {
    const rows = repeat(
      sorted(this.touchpoints, this.column, this.down),
      ({ id }) => id,
      (touchpoint) => this.row(touchpoint),
    );
    // Roles are repeated because display: grid on narrow screens takes a table's own away.
    return html`<div class="card">
      <table role="table" aria-label="Touchpoints">
        <thead role="rowgroup">
          <tr role="row">
            ${columns.map((column) => this.columnHead(column))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows}
        </tbody>
      </table>
      ${this.note()}
    </div>`;
  }

  private columnHead(column: Column) {
    const active = this.column === column;
    const order = active ? (this.down ? "descending" : "ascending") : "none";
    const arrow = active ? (this.down ? " ↓" : " ↑") : "";
    return html`<th
      scope="col"
      role="columnheader"
      class=${column === "responses" ? "number" : column === "name" ? "" : "score"}
      aria-sort=${order}
    >
      <button @click=${() => this.sortBy(column)}>${titles[column]}<span aria-hidden="true">${arrow}</span></button>
    </th>`;
  }

  private sortBy(column: Column): void {
    this.down = this.column === column ? !this.down : column === "responses";
    this.column = column;
  }

  private row(touchpoint: Touchpoint) {
    const { id, name, site, responses, last_response, time_zone } = touchpoint;
    const chosen = id === this.chosen;
    const last = Date.parse(last_response ?? "");
    const when = responses > 0 && !Number.isNaN(last) ? localTime(last, time_zone) : null;
    return html`<tr role="row" class=${chosen ? "chosen" : ""}>
      <th scope="row" role="rowheader">
        <a href=${linkTo(id)} aria-current=${chosen ? "true" : nothing}><bdi>${name}</bdi></a>
        <span class="site quiet"><bdi>${site}</bdi>${when ? ` · last at ${when}` : nothing}</span>
      </th>
      <td role="cell" class="number">${number(responses)}</td>
      ${this.scoreCell(scoreOf(touchpoint, "csat"), "CSAT")} ${this.scoreCell(scoreOf(touchpoint, "nps"), "NPS")}
    </tr>`;
  }

  private scoreCell(score: Score | undefined, title: string) {
    if (!isShown(score)) {
      const text = score ? tooFewText(score.n) : "not asked";
      return html`<td role="cell" class="score quiet" data-title=${title}>${text}</td>`;
    }
    return html`<td role="cell" class="score" data-title=${title}>
      <span class="value">${scoreText(score.kind, score.score)}</span>
      <span class="interval">(${intervalText(score)})</span>
      ${scoreWhisker(score)}
    </td>`;
  }

  private note() {
    const { column } = this;
    if (column !== "csat" && column !== "nps") return nothing;
    if (!this.touchpoints.some((touchpoint) => rank(touchpoint, column) === null)) return nothing;
    return html`<p class="note quiet" role="status">
      Touchpoints with fewer than ${rankedFrom} answers stand last: too few for a place among the others.
    </p>`;
  }
}
