import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { type Device, getDevices } from "./api.js";
import { localMoment } from "./format.js";
import { shared } from "./styles.js";

/** Every device with the words that its own screen shows, behind a line that opens it; asked for while it is open. */
@customElement("device-list")
export class DeviceList extends LitElement {
  /** Changes with each word from the store: then the list is asked for again. */
  @property({ type: Number }) heard = 0;
  @state() private open = false;
  @state() private devices: Device[] | null = null;
  @state() private trouble = "";

  static override styles = [
    shared,
    css`
      summary {
        font-weight: 600;
      }
      .body {
        display: grid;
        gap: 12px;
        padding-top: 12px;
      }
      .words {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .name {
        color: var(--text);
        font-size: 1rem;
        overflow-wrap: anywhere;
      }
      @media (max-width: 720px) {
        thead {
          display: none;
        }
        tbody tr {
          display: grid;
          gap: 2px;
          padding: 10px 0;
          border-bottom: 1px solid var(--line);
        }
        tbody tr:last-child {
          border: 0;
        }
        tbody th,
        tbody td {
          border: 0;
          padding: 0 4px;
        }
      }
    `,
  ];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (this.open && (changed.has("heard") || changed.has("open"))) void this.ask();
  }

  private async ask(): Promise<void> {
    const answer = await getDevices();
    // What is signed out or cannot be reached is said by the page itself.
    if (answer.kind === "ok") this.devices = answer.value.devices;
    this.trouble = answer.kind === "unreachable" && !this.devices ? `The list cannot be had: ${answer.why}.` : "";
  }

  override render() {
    return html`<details class="card" @toggle=${this.toggled}>
      <summary>Devices</summary>
      <div class="body">${this.open ? this.content() : nothing}</div>
    </details>`;
  }

  private toggled(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
  }

  private content() {
    if (!this.devices) return html`<p class="quiet">${this.trouble || "Asking the store …"}</p>`;
    if (this.devices.length === 0) return html`<p class="quiet">None yet.</p>`;
    // Roles are repeated because display: grid on narrow screens takes a table's own away.
    return html`<p class="quiet">
        A kiosk that was connected shows four words. Beside it here stand the same: if they differ, revoke it with
        <code>milepost-store device revoke</code> and check the address that it was given.
      </p>
      <table role="table" aria-label="Devices">
        <thead role="rowgroup">
          <tr role="row">
            ${["Device", "Touchpoint", "State", "Last report", "Words on its screen"].map(
              (title) => html`<th scope="col" role="columnheader">${title}</th>`,
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${this.devices.map((device) => this.row(device))}
        </tbody>
      </table>`;
  }

  private row({ id, name, touchpoint, state, words, last_report }: Device) {
    const reported = Date.parse(last_report ?? "");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const when = Number.isNaN(reported) ? "no report yet" : localMoment(reported, zone);
    return html`<tr role="row">
      <th scope="row" role="rowheader" class="name" title=${id}><bdi>${name}</bdi></th>
      <td role="cell"><bdi>${touchpoint}</bdi></td>
      <td role="cell">${state}</td>
      <td role="cell" class="quiet">${when}</td>
      <td role="cell" class="words">${words ?? nothing}</td>
    </tr>`;
  }
}
