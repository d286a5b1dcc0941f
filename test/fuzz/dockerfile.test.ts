import { expect, test } from 'vitest';
import { lint } from '../../server/src/lint/lint.ts';
import { document, withText, type Document } from '../../server/src/model/document.ts';
import { rules } from '../../server/src/rules/index.ts';
import { snippets } from '../corpus/mutations.ts';
import { features } from '../growth/features.ts';
import { forEachInput, joined, pick, type Next } from './inputs.ts';

const keywords = ['FROM ', 'ARG ', 'ENV ', 'RUN ', 'COPY ', 'ADD ', 'CMD ', 'ENTRYPOINT ', 'LABEL ', 'USER ', 'WORKDIR ', 'EXPOSE ', 'VOLUME ', 'SHELL ', 'STOPSIGNAL ', 'HEALTHCHECK ', 'ONBUILD ', 'MAINTAINER ', 'FOO ', '# ', '# escape=`', '# check=skip=', '# syntax=', '', ' '] as const; // prettier-ignore
const words = ['a', 'A=b', '$A', '${A:-b}', '${A//a/$B}', 'alpine:3', 'AS b', '--from=0', '--from=b', '--mount=type=cache,target=/a', '--chown=a', '--platform=$A', '["a", "b"]', '[', '"', "'", '\\\n', '<<E', 'E', 'apt-get update', 'apt-get install -y a', '&&', '|', ';', 'curl -k http://a', 'cd a', 'if x; then y; fi', '$(a)', '/b/', '.', '80/tcp', 'NONE', 'http://a/b.tar.gz', 'rm -rf /var/lib/apt/lists/*', '＂', '–', '\t', '  '] as const; // prettier-ignore

function randomDockerfile(next: Next): string {
  const line = (): string => {
    const parts = Array.from({ length: Math.floor(next() * 5) }, () => pick(next, words));
    return pick(next, keywords) + parts.join(pick(next, [' ', ' ', ' ', '', ',', '=']));
  };
  const lines = Array.from({ length: Math.floor(next() * 6) }, line);
  const text = lines.join(pick(next, ['\n', '\n', '\n', '\r\n', '\r', '\n\n']));
  const at = Math.floor(next() * text.length);
  const spice = next() < 0.3 ? joined(next, snippets as unknown as [string], 3) : '';
  return text.slice(0, at) + spice + text.slice(at);
}

/** What is wrong with the findings, or undefined. */
function problemsOf({ model, text }: Document): string | undefined {
  const failures: string[] = [];
  const log = (message: string, error: unknown): void => {
    failures.push(`${message}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
  };
  for (const { at, fix } of lint(model, rules, { everyRule: true, rules: {} }, { log })) {
    for (const { span } of [at, ...(fix?.edits ?? [])])
      if (span.start < 0 || span.end < span.start || span.end > text.length) failures.push('span');
  }
  return failures[0];
}

test('any text has findings inside the text, and no rule fails', async () => {
  await forEachInput(randomDockerfile, (text) => problemsOf(document('file:///Dockerfile', text)));
});

test('a changed text has the findings that a new one has', async () => {
  let before = document('file:///Dockerfile', '');
  await forEachInput(
    randomDockerfile,
    (input) => {
      const half = Math.floor(input.length / 2);
      const text = before.text.slice(0, 200) + input.slice(half);
      before = withText(before, text, 0);
      const findings = (one: Document): string =>
        JSON.stringify(
          lint(one.model, rules, { rules: {} }).map(({ rule, at }) => [
            rule,
            at.span.start,
            at.span.end,
          ]),
        );
      return findings(before) === findings(document('file:///Dockerfile', text)) ? undefined : text;
    },
    0.1,
  );
});

test('every request has an answer', async () => {
  let turn = 0;
  const requests = Object.values(features);
  await forEachInput(
    randomDockerfile,
    async (text) => {
      await requests[turn++ % requests.length]?.(document('file:///Dockerfile', text));
      return undefined;
    },
    0.2,
  );
  expect(turn).toBeGreaterThan(0);
});
