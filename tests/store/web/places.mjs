// Where the build has put the page and its packages.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with ctest, which sets it`);
  return value;
}

/** The bundled page as files. */
export const site = needed("MILEPOST_WEB_SITE");
export const modules = needed("MILEPOST_WEB_MODULES");
export const sources = fileURLToPath(new URL("../../../sync/store/web/src", import.meta.url));
export const load = createRequire(path.join(modules, "x.js"));
