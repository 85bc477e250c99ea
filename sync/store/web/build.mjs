// Bundles the page and writes the C++ that embeds it.
// node build.mjs --modules NODE_MODULES --out DIRECTORY
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const source = path.join(path.dirname(fileURLToPath(import.meta.url)), "src");
const { values } = parseArgs({ options: { modules: { type: "string" }, out: { type: "string" } } });
if (!values.modules || !values.out) {
  console.error("usage: node build.mjs --modules NODE_MODULES --out DIRECTORY");
  process.exit(2);
}
const out = path.resolve(values.out);
const modules = path.resolve(values.modules);
const site = path.join(out, "site");

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

async function bundle() {
  const { build } = createRequire(path.join(modules, "x.js"))("esbuild");
  await rm(site, { recursive: true, force: true });
  const result = await build({
    entryPoints: ["main.ts", "page.css", "icon.svg"].map((name) => path.join(source, name)),
    outdir: path.join(site, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    loader: { ".svg": "copy" },
    nodePaths: [modules],
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2021", "chrome100", "firefox100", "safari15.4"],
    minify: true,
    legalComments: "eof",
    charset: "utf8",
    metafile: true,
    logLevel: "warning",
  });
  return result.metafile;
}

/** index.html with the hashed names of what it loads in place of {main.ts} and the like. */
async function writeIndex(metafile) {
  const hashed = new Map();
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) hashed.set(path.basename(entryPoint), `/assets/${path.basename(file)}`);
  }
  const template = await readFile(path.join(source, "index.html"), "utf8");
  const html = template.replace(/\{([a-z]+\.[a-z]+)\}/g, (_, name) => {
    if (!hashed.has(name)) throw new Error(`src/index.html names ${name}, which is not bundled`);
    return hashed.get(name);
  });
  await writeFile(path.join(site, "index.html"), html);
}

async function listSite() {
  const names = (await readdir(path.join(site, "assets"))).sort();
  const files = [{ path: "/", file: path.join(site, "index.html") }];
  for (const name of names) files.push({ path: `/assets/${name}`, file: path.join(site, "assets", name) });
  return files;
}

// The hash of the bytes stands in the assembly, so that no compiler cache takes an old object for a new file.
async function assembly(files) {
  let text = ".section .rodata\n";
  for (const [index, { file }] of files.entries()) {
    const hash = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
    text += `# ${hash}\n.global milepost_web_${index}_begin\n.global milepost_web_${index}_end\n`;
    text += `milepost_web_${index}_begin:\n.incbin "${file}"\nmilepost_web_${index}_end:\n.byte 0\n`;
  }
  return `${text}.section .note.GNU-stack,"",@progbits\n`;
}

function cpp(files) {
  const symbols = files.map((_, i) => `extern const char milepost_web_${i}_begin[], milepost_web_${i}_end[];`);
  const rows = files.map(
    (file, i) =>
      `        {"${file.path}", "${types[path.extname(file.file)]}",\n` +
      `         {milepost_web_${i}_begin, static_cast<std::size_t>(milepost_web_${i}_end - milepost_web_${i}_begin)}},`,
  );
  return `#include "sync/store/web/assets.h"

#include <array>
#include <cstddef>

extern "C" {
${symbols.join("\n")}
}

namespace milepost::store {

std::span<const Asset> web_assets() {
    static const std::array<Asset, ${files.length}> kAssets{{
${rows.join("\n")}
    }};
    return kAssets;
}

}  // namespace milepost::store
`;
}

await mkdir(out, { recursive: true });
await writeIndex(await bundle());
const files = await listSite();
await writeFile(path.join(out, "assets.S"), await assembly(files));
await writeFile(path.join(out, "assets.cpp"), cpp(files));
