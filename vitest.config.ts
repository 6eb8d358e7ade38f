import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{libs,tools}/*/test/**/*.test.ts', 'generators/test/**/*.test.ts', 'overlays/*/test/**/*.test.ts'],
    // CommonJS is imported as Node does it, which runs everything else here.
    deps: { interopDefault: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
