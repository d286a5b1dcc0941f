import { test } from 'vitest';
import { lint } from '../../server/src/lint/lint.ts';
import { document } from '../../server/src/model/document.ts';
import { rules } from '../../server/src/rules/index.ts';
import { forEachInput, joined, pick, type Next } from './inputs.ts';

const parts = ['#', '# ', ' ', 'drydock ', 'hadolint ', 'tally ', 'stage ', 'global ', 'ignore', 'ignore=', '=', 'check=', 'skip=', 'error=true', ';', ',', 'all', 'DL3018', 'pin-apk-versions', 'apk-no-cache', 'shellcheck/SC2086', 'nothing', '--', ' -- why', '# why', '//', ';reason=a', '\n', '\nRUN apk add a\n', '\nFROM alpine\n', '\nRUN a \\\n', 'é', '\0'] as const; // prettier-ignore

function randomComments(next: Next): string {
  const head = pick(next, ['', '', 'FROM alpine\n']);
  return `${head}${joined(next, parts, 14)}\nRUN apk add a\n`;
}

/** Findings that no comment can ignore, as their number depends on the comments themselves. */
const aboutComments = new Set(['ignore-comment', 'unknown-ignore', 'unused-ignore']);

test('comments only remove findings, and no rule fails', async () => {
  await forEachInput(randomComments, (text) => {
    const failures: string[] = [];
    const log = (message: string, error: unknown): void => {
      failures.push(`${message}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    };
    const { model } = document('file:///Dockerfile', text);
    const found = lint(model, rules, { rules: {} }, { log });
    for (const { rule, at } of found) {
      const isInside = at.span.start >= 0 && at.span.end <= text.length;
      if (!isInside || (aboutComments.has(rule) && text[at.span.start] === '\n'))
        failures.push(rule);
    }
    return failures[0];
  });
});
