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
    reporters: ['dot', './test/closing-line-reporter.ts'],
  },
});
