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
        max-width: 60ch;
      }
      .comment span {
        white-space: pre-line;
      }
      .narrow {
        display: none;
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
        td.none {
          display: none;
        }
        .narrow {
          display: inline;
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
    const { csat, nps, reasons, comment, language } = response;
    // Roles are repeated because display: flex on narrow screens takes a table's own away.
    return html`<tr role="row" class=${fresh ? "fresh" : ""}>
      <td role="cell" class="time">${day}${response.local}</td>
      <td role="cell" class=${cell("csat", csat !== null)}>${satisfaction(csat)}</td>
      <td role="cell" class=${cell("nps", nps !== null)}>${recommendation(nps)}</td>
      <td role="cell" class=${cell("why", reasons.length > 0)}>${reasonList(reasons)}</td>
      <td role="cell" class=${cell("comment", comment !== null)} dir="auto" lang=${language || nothing}>
        <span>${comment}</span>
      </td>
      <td role="cell" class=${cell("notes", notesOf(response).length > 0)}>${notes(response)}</td>
    </tr>`;
  }
}

/** An empty cell takes no room on a narrow screen. */
function cell(name: string, filled: boolean): string {
  return filled ? name : `${name} none`;
}

function satisfaction(value: number | null) {
  if (value === null) return nothing;
  const name = faceNames[value - 1];
  if (!name) return html`${value}`;
  return html`<span title=${name}>${face(value)}${value}<span class="hidden-text"> of 5, ${name}</span></span>`;
}

function recommendation(value: number | null) {
  if (value === null) return nothing;
  return html`<span class="quiet narrow">NPS </span>${value}<span class="hidden-text"> of 10</span>`;
}

function reasonList(labels: string[]) {
  return labels.map((label, index) => html`${index > 0 ? ", " : nothing}<bdi>${label}</bdi>`);
}

/** What sets a response apart, each with its meaning. */
function notesOf({ flags, ended, dated }: LatestResponse): { text: string; title: string }[] {
  const notes = flags.map((flag) => ({ text: `${flagName(flag)}, excluded`, title: flagMeaning(flag) }));
  if (ended !== "complete") notes.push({ text: endings[ended] ?? ended, title: "what was answered is kept" });
  if (dated === false) notes.push({ text: "time uncertain", title: "the kiosk's clock was not set" });
  return notes;
}

function notes(response: LatestResponse) {
  return notesOf(response).map(({ text, title }) => html`<span class="flag" title=${title}>${text}</span>`);
}
