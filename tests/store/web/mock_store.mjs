// The journey store as the page sees it, made to misbehave on demand.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export class MockStore {
  /** What GET /api/v1/today says. */
  today = { generated: "2026-11-21T17:20:31Z", touchpoints: [] };
  /** What GET /api/v1/devices says. */
  devices = [];
  /** "up", "down" (cuts every connection), "error" (503), "portal" (200 with somebody else's HTML). */
  mode = "up";
  signedIn = true;
  password = "correct horse";
  retryAfter = 0;
  csp = true;
  /** Assets whose path contains this are not found. */
  missing = null;
  /** Every request: "METHOD path status". */
  requests = [];

  static async start(site) {
    const store = new MockStore();
    store.site = site;
    store.server = createServer((request, response) => void store.#answer(request, response));
    await new Promise((resolve) => store.server.listen(0, "127.0.0.1", resolve));
    store.url = `http://127.0.0.1:${store.server.address().port}`;
    return store;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  count(request) {
    return this.requests.filter((line) => line.startsWith(request)).length;
  }

  async #answer(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.on("finish", () => this.requests.push(`${request.method} ${request.url} ${response.statusCode}`));
    if (request.url.startsWith("/api/")) this.#api(request, response, Buffer.concat(chunks).toString());
    else await this.#file(request.url, response);
  }

  #send(response, status, headers = {}, body = undefined) {
    response.writeHead(status, headers).end(body);
  }

  #problem(response, status, title, headers = {}) {
    const type = { "Content-Type": "application/problem+json", ...headers };
    this.#send(response, status, type, JSON.stringify({ title, status }));
  }

  #json(response, value, headers = {}) {
    this.#send(response, 200, { "Content-Type": "application/json", ...headers }, JSON.stringify(value));
  }

  #api(request, response, body) {
    if (this.mode === "down") return response.destroy();
    if (this.mode === "error") return this.#problem(response, 503, "Unavailable");
    if (this.mode === "portal") return this.#send(response, 200, { "Content-Type": "text/html" }, "<h1>Welcome</h1>");
    const call = `${request.method} ${request.url}`;
    if (call === "POST /api/v1/session") return this.#signIn(response, body);
    if (!this.signedIn) return this.#problem(response, 401, "Sign in first");
    if (call === "GET /api/v1/session") return this.#json(response, { user: "admin" });
    if (call === "GET /api/v1/devices") return this.#json(response, { devices: this.devices });
    if (call === "GET /api/v1/today") return this.#today(request, response);
    if (call !== "DELETE /api/v1/session") return this.#problem(response, 404, "Not found");
    this.signedIn = false;
    this.#send(response, 204);
  }

  #signIn(response, body) {
    if (this.retryAfter > 0)
      return this.#problem(response, 429, "Too many", { "Retry-After": String(this.retryAfter) });
    const { user, password } = JSON.parse(body);
    if (user !== "admin" || password !== this.password) return this.#problem(response, 401, "Wrong");
    this.signedIn = true;
    this.#send(response, 204);
  }

  #today(request, response) {
    const etag = `"${createHash("sha256").update(JSON.stringify(this.today)).digest("hex").slice(0, 16)}"`;
    const headers = { ETag: etag, Date: new Date(this.today.generated).toUTCString() };
    if (request.headers["if-none-match"] === etag) return this.#send(response, 304, headers);
    this.#json(response, this.today, headers);
  }

  async #file(url, response) {
    const name = url === "/" ? "/index.html" : url;
    const known = /^\/(index\.html|assets\/[\w.-]+)$/.test(name) && !(this.missing && name.includes(this.missing));
    const bytes = known ? await readFile(path.join(this.site, name)).catch(() => null) : null;
    if (!bytes) return this.#problem(response, 404, "Not found");
    const headers = { "Content-Type": types[path.extname(name)] };
    if (this.csp) headers["Content-Security-Policy"] = policy;
    this.#send(response, 200, headers, bytes);
  }
}
