import { html, type TemplateResult } from "lit";
import type { Reason } from "./api.js";
import { shareBar } from "./drawings.js";
import { number, shareText } from "./format.js";

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
  const row = (reason: Reason) =>
    html`<tr>
      <th scope="row"><bdi>${reason.label}</bdi></th>
      <td class="bar">${shareBar({ score: reason.share, low: reason.low, high: reason.high })}</td>
      <td class="number share-text">${shareText(reason)}</td>
      <td class="number">${number(reason.count)}</td>
    </tr>`;
  const asked = Math.max(...group.map((reason) => reason.asked));
  return html`<table class="reasons">
    <caption class="quiet">
      Of ${number(asked)} asked; several reasons may be chosen. The line on a bar is the 95 % interval.
    </caption>
    <thead class="hidden-text">
      <tr>
        <th scope="col">Reason</th>
        <td></td>
        <th scope="col">Share (95 % interval)</th>
        <th scope="col">Count</th>
      </tr>
    </thead>
    <tbody>
      ${group.map(row)}
    </tbody>
  </table>`;
}
