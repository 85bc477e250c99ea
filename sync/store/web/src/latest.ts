import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { LatestResponse } from "./api.js";
import { face, faceNames } from "./drawings.js";
import { flagMeaning, flagName } from "./format.js";
import { drawn, shared } from "./styles.js";

const endings: Record<string, string> = { left: "left before the end", timeout: "left before the end" };

/** The newest responses; those that arrive while somebody watches are marked for a moment. */
@customElement("latest-responses")
export class LatestResponses extends LitElement {
  @property({ attribute: false }) responses: LatestResponse[] = [];
  /** The day of the page: an older response says its own. */
  @property() day = "";
  private known: Set<string> | null = null;

  static override styles = [
    shared,
    drawn,
    css`
      td {
        vertical-align: top;
        padding-block: 10px;
      }
      .time,
      .nps,
      .csat {
        white-space: nowrap;
      }
      .csat > span {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .comment {
        overflow-wrap: anywhere;
        white-space: pre-line;
        max-width: 60ch;
      }
      .why {
        min-width: 9rem;
        overflow-wrap: anywhere;
      }
      .flag {
        display: inline-block;
        border: 1px solid var(--control-line);
        border-radius: 999px;
        padding: 0 9px;
        margin: 0 4px 2px 0;
        font-size: 0.8125rem;
        white-space: nowrap;
      }
      tr.fresh td {
        animation: fresh 4s ease-out;
      }
      @keyframes fresh {
        from {
          background: var(--fresh);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        tr.fresh td {
          animation: none;
        }
      }
      @media (max-width: 720px) {
        thead {
          position: absolute;
          clip-path: inset(50%);
        }
        tr {
          display: flex;
          flex-wrap: wrap;
          gap: 4px 16px;
          padding: 10px 0;
          border-bottom: 1px solid var(--line);
        }
        tr:last-child {
          border: 0;
        }
        td {
          border: 0;
          padding: 0;
        }
        td:empty {
          display: none;
        }
        .why,
        .comment {
          flex-basis: 100%;
        }
      }
    `,
  ];

  override render() {
    const fresh = (id: string) => this.known !== null && !this.known.has(id);
    const rows = repeat(
      this.responses,
      ({ id }) => id,
      (response) => this.row(response, fresh(response.id)),
    );
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">Time</th>
          <th scope="col" role="columnheader">CSAT</th>
          <th scope="col" role="columnheader">NPS</th>
          <th scope="col" role="columnheader">Reasons</th>
          <th scope="col" role="columnheader">Comment</th>
          <th scope="col" role="columnheader">Notes</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows}
      </tbody>
    </table>`;
  }

  protected override updated(): void {
    this.known = new Set(this.responses.map(({ id }) => id));
  }

  private row(response: LatestResponse, fresh: boolean) {
    const day = response.day === this.day ? nothing : html`<span class="quiet">${response.day} </span>`;
    // Roles are repeated because display: flex on narrow screens takes a table's own away.
    return html`<tr role="row" class=${fresh ? "fresh" : ""}>
      <td role="cell" class="time">${day}${response.local}</td>
      <td role="cell" class="csat">${satisfaction(response.csat)}</td>
      <td role="cell" class="nps">${recommendation(response.nps)}</td>
      <td role="cell" class="why">${reasonList(response.reasons)}</td>
      <td role="cell" class="comment" dir="auto" lang=${response.language || nothing}>
        ${response.comment ?? nothing}
      </td>
      <td role="cell">${notes(response)}</td>
    </tr>`;
  }
}

function satisfaction(value: number | null) {
  if (value === null) return nothing;
  const name = faceNames[value - 1];
  if (!name) return html`${value}`;
  return html`<span title=${name}>${face(value)}${value}<span class="hidden-text"> of 5, ${name}</span></span>`;
}

function recommendation(value: number | null) {
  if (value === null) return nothing;
  return html`<span class="quiet">NPS </span>${value}<span class="hidden-text"> of 10</span>`;
}

function reasonList(labels: string[]) {
  return labels.map((label, index) => html`${index > 0 ? ", " : nothing}<bdi>${label}</bdi>`);
}

function notes({ flags, ended }: LatestResponse) {
  const ending = ended === "complete" ? nothing : html`<span class="flag">${endings[ended] ?? ended}</span>`;
  const excluded = flags.map(
    (flag) => html`<span class="flag" title=${flagMeaning(flag)}>${flagName(flag)}, excluded</span>`,
  );
  return flags.length > 0 ? html`${excluded}${ending}` : ending;
}
