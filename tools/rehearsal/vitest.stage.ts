/** Tests that start parts of a stage: they take longer, need root, and share one stage, so they wait for each other. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tools/rehearsal/stage-test/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    // What is not built yet is built first.
    hookTimeout: 900_000,
  },
});
