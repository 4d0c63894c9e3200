import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// The Go side fills these in when it serves the page; the development server does it here.
function goTemplate(): Plugin {
  return {
    name: "go-template",
    apply: "serve",
    transformIndexHtml: (html) =>
      html
        .replace(/\{\{with \.Base\}\}.*\{\{end\}\}/, "")
        .replaceAll("{{.Title}}", "gw")
        .replaceAll("{{.API}}", "api/v1"),
  };
}

const gateway = process.env.GW_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "./", // every address is relative, so the page works under any path
  plugins: [react(), goTemplate()],
  worker: { format: "es" },
  build: {
    target: "esnext",
    assetsInlineLimit: 0, // the content security policy allows no inlined script, worker or WebAssembly
    emptyOutDir: true, // public/.keep puts the committed dist/.keep back
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1024,
  },
  server: { proxy: { "/api": { target: gateway, ws: true }, "/openapi.json": gateway } },
  test: { include: ["src/**/*.test.ts"] },
});
