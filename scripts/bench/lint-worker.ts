/** Lints the texts that it is given, in a thread that stays, and answers what the command line prints of findings. */
import { parentPort } from 'node:worker_threads';
import { document } from '../../server/src/document.ts';
import { lint } from '../../server/src/lint/lint.ts';
import type { LintConfig } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';

const config: LintConfig = { rules: {} };

parentPort?.on('message', (texts: readonly string[]) => {
  const found = texts.map((text) =>
    lint(document('', text).model, rules, config).map(({ rule, severity, message, at }) => {
      const { start, end } = at.span;
      return [rule, severity, message, start, end];
    }),
  );
  parentPort?.postMessage(found);
});
