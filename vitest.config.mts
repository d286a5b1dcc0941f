import { defineConfig } from 'vitest/config';

/** Tests of pure code do not need isolation: they share one module graph and run many times faster. */
export default defineConfig({
  test: {
    include: [
      '{contract,server,client,scripts}/**/*.test.ts',
      'test/*.test.ts',
      'test/corpus/**/*.test.ts',
      'test/fuzz/**/*.test.ts',
      'test/growth/**/*.test.ts',
    ],
    isolate: false,
    // Only to stop tests that never end: a busy machine takes many times as long as an idle one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    reporters: ['dot', './test/closing-line-reporter.ts'],
  },
});
