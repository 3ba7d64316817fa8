import { defineConfig } from "vitest/config";
import { squeeze } from "./scripts/squeeze.ts";
import { words } from "./scripts/words.ts";

/* One module and nothing beside it: a page embeds the chat with a single script element. */
export default defineConfig({
  plugins: [words(), squeeze()],
  build: {
    target: "es2022",
    sourcemap: true,
    modulePreload: false,
    rolldownOptions: {
      input: "src/main.ts",
      output: { entryFileNames: "dorsi-chat.js", codeSplitting: false },
      // `main.ts` is read by pages, not by modules of ours: nothing it does may be shaken off.
      preserveEntrySignatures: "strict",
    },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/main.ts", "src/view/**"],
      thresholds: { lines: 90, functions: 90, statements: 90 },
    },
  },
});
