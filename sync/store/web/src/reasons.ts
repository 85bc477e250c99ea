import { html, nothing, type TemplateResult } from "lit";
import type { Reason } from "./api.js";
import { shareBar } from "./drawings.js";
import { fewestAnswers, number, shareText } from "./format.js";

/** Options of one question share one number of people asked, so only they are comparable. */
function groups(reasons: Reason[]): Reason[][] {
  const found = new Map<string, Reason[]>();
  for (const reason of reasons) {
    const key = JSON.stringify([reason.survey, reason.question]);
    const group = found.get(key);
    if (group) group.push(reason);
    else found.set(key, [reason]);
  }
  return [...found.values()].map((group) => [...group].sort((a, b) => b.count - a.count));
}

export function reasonTables(reasons: Reason[]): TemplateResult[] {
  return groups(reasons).map(reasonTable);
}

function reasonTable(group: Reason[]): TemplateResult {
  const asked = Math.max(...group.map((reason) => reason.asked));
  const few = asked < fewestAnswers;
  // Roles are repeated because display: grid takes a table's own away.
  return html`<table class="reasons" role="table">
    <caption class="quiet">
      Of ${number(asked)} asked${few ? ": too few for shares" : nothing}
    </caption>
    <thead class="hidden-text" role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">Reason</th>
        <th scope="col" role="columnheader">Share (95 % interval)</th>
        <th scope="col" role="columnheader">Count</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${group.map((reason) => reasonRow(reason, few))}
    </tbody>
  </table>`;
}

function reasonRow(reason: Reason, few: boolean): TemplateResult {
  const share = html`${shareBar({ score: reason.share, low: reason.low, high: reason.high })}
    <span class="share-text">${shareText(reason)}</span>`;
  return html`<tr role="row">
    <th scope="row" role="rowheader"><bdi>${reason.label}</bdi></th>
    <td role="cell" class="share-cell">${few ? nothing : share}</td>
    <td role="cell" class="number">${number(reason.count)}</td>
  </tr>`;
}
