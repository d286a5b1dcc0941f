import { defineConfig } from 'vitest/config';

const reporters = ['default', './test/closing-line-reporter.ts'];

/** The tests that run against what was built, and against a real engine and a real VS Code. */
export default defineConfig({
  test: {
    reporters,
    // One at a time: they share an engine, and two VS Codes at once would measure each other.
    fileParallelism: false,
    projects: [
      {
        test: {
          name: 'e2e',
          include: ['test/{e2e,editors}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          // Many of these start dozens of programs, on machines that have other things to do.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
