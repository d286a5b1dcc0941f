import { defineConfig } from 'vitest/config';

const reporters = ['default', './test/closing-line-reporter.ts'];

/** Limits for tests that hang; a test may start dozens of programs on a busy machine. */
const limits = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 120_000 } },
};

/** The tests of the built programs, with a real engine and a real VS Code. */
export default defineConfig({
  test: {
    reporters,
    // One file at a time: they share an engine, and two instances of VS Code would slow each other down.
    fileParallelism: false,
    projects: [
      { test: { name: 'e2e', include: ['test/{e2e,editors}/**/*.test.ts'], ...limits } },
      { test: { name: 'engine', include: ['test/engine/**/*.test.ts'], ...limits } },
      { test: { name: 'ui', include: ['test/ui/**/*.test.ts'], ...limits } },
    ],
  },
});
