import { defineConfig } from 'vitest/config';

/** Pure code needs no isolation: the whole suite shares one module graph and runs many times faster. */
export default defineConfig({
  test: {
    include: [
      '{contract,server,client,scripts}/**/*.test.ts',
      'test/*.test.ts',
      'test/corpus/**/*.test.ts',
    ],
    isolate: false,
    // For what never ends: a busy machine takes many times as long as an idle one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    reporters: ['dot', './test/closing-line-reporter.ts'],
  },
});
