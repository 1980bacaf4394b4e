import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const COMPRESSIBLE = /\.(?:html|js|css|svg|json|txt|webmanifest)$/;
const SMALLEST_WORTH_COMPRESSING = 1024;

/** Writes `.br` and `.gz` beside every text file, so that the server never compresses at run time. */
function precompress(): Plugin {
  let outDir = "";
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const entry of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
        const path = join(outDir, entry);
        if (!COMPRESSIBLE.test(entry) || statSync(path).size < SMALLEST_WORTH_COMPRESSING) continue;
        const bytes = readFileSync(path);
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/** Lays the player's library beside the page that other sites embed, which is no part of the program. */
function embeddedPlayer(): Plugin {
  return {
    name: "embedded-player",
    apply: "build",
    generateBundle() {
      const source = readFileSync("node_modules/hls.js/dist/hls.min.js");
      this.emitFile({ type: "asset", fileName: "embed/hls.min.js", source });
    },
  };
}

const SERVER = process.env.LUMENHALL_DEV_SERVER ?? "http://127.0.0.1:8000";

/** Everybody comes by the home page: it and what surrounds it load in one go with the program itself. */
const FIRST_ROUTES = ["/_app", "/_app/"];

/** What nearly every form is made of, and what the pages before signing in share. */
const FIELDS =
  /@mantine[\\/](?:form|hooks[\\/]esm[\\/]use-(?:id|uncontrolled)|core[\\/]esm[\\/]components[\\/](?:Input|InputBase|TextInput|PasswordInput|CloseButton|ActionIcon)[\\/])/;
const AUTH = /src[\\/](?:features[\\/]identity[\\/](?:Auth|useAuth)|shell[\\/]Preferences)/;

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  plugins: [
    tanstackRouter({
      target: "react",
      autoCodeSplitting: true,
      quoteStyle: "double",
      codeSplittingOptions: {
        splitBehavior: ({ routeId }) => (FIRST_ROUTES.includes(routeId) ? [] : undefined),
      },
    }),
    react(),
    embeddedPlayer(),
    precompress(),
  ],
  build: {
    target: "es2022",
    outDir: "../src/lumenhall/web_dist",
    emptyOutDir: true,
    // The player and hls.js are large on purpose and load only on the watch page.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Dozens of small files would cost more in headers than in code.
            { name: "first", tags: ["$initial"] },
            { name: "icons", test: /@tabler[\\/]icons-react/ },
            { name: "fields", test: FIELDS },
            { name: "auth", test: AUTH },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      "/api": { target: SERVER, ws: true },
      "/media": { target: SERVER },
    },
  },
});
