import { defineConfig } from 'vitest/config';

const reporters = ['default', './test/closing-line-reporter.ts'];

/** For what never ends: a test may start dozens of programs, on a machine that has other things to do. */
const patience = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 120_000 } },
};

/** The tests that run against what was built, and against a real engine and a real VS Code. */
export default defineConfig({
  test: {
    reporters,
    // One at a time: they share an engine, and two VS Codes at once would measure each other.
    fileParallelism: false,
    projects: [
      { test: { name: 'e2e', include: ['test/{e2e,editors}/**/*.test.ts'], ...patience } },
      { test: { name: 'engine', include: ['test/engine/**/*.test.ts'], ...patience } },
      { test: { name: 'ui', include: ['test/ui/**/*.test.ts'], ...patience } },
    ],
  },
});
