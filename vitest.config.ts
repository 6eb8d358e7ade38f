import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{libs,tools}/*/{test,published-test,fork-test,gate-test}/**/*.test.ts',
      'libs/*/rehearsal/test/**/*.test.ts',
      'generators/{test,published-test}/**/*.test.ts',
      'overlays/*/test/**/*.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
