import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "openapi.json",
  output: { path: "src/api/gen", clean: true },
  plugins: [
    { name: "@hey-api/client-fetch", throwOnError: true, baseUrl: false },
    "@hey-api/typescript",
    { name: "@hey-api/sdk", responseStyle: "data" },
  ],
});
