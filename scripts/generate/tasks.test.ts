/** Problem matchers on real output of docker 28.5 with buildx 0.29. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problemMatchers } from './tasks.ts';

interface Pattern {
  readonly regexp: string;
  readonly file?: number;
  readonly line?: number;
  readonly message?: number;
}
interface Matcher {
  readonly name: string;
  readonly pattern: readonly Pattern[];
}

/** As VS Code: each pattern must match one of as many lines that follow each other; the groups of all are one problem. */
function problemsIn(text: string, { pattern }: Matcher): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((_, start) => {
    const found: Record<string, string> = {};
    for (const [index, part] of pattern.entries()) {
      const match = new RegExp(part.regexp).exec(lines[start + index] ?? '\0');
      if (match === null) return [];
      for (const name of ['file', 'line', 'message'] as const) {
        const group = part[name];
        if (group !== undefined) found[name] = match[group] ?? '';
      }
    }
    return [`${found.file ?? ''}:${found.line ?? ''} ${found.message ?? ''}`];
  });
}

const folder = 'test/fixtures/build-output';
const matchers = problemMatchers as readonly Matcher[];

const expected: Readonly<Record<string, string>> = {
  'run.plain.txt': 'drydock-build Dockerfile.run:4 E: Unable to locate package foo',
  'short.plain.txt': 'drydock-build Dockerfile.short:2 [2/2] RUN false',
  'copy.plain.txt': 'drydock-build Dockerfile.copy:2 [2/2] COPY nosuch /',
  'multi.plain.txt': 'drydock-build Dockerfile.multi:2 b',
  'parse.plain.txt':
    'drydock-build-syntax Dockerfile.parse:3 dockerfile parse error on line 3: unknown instruction: FRON (did you mean FROM?)',
  'run.rawjson.txt': String.raw`drydock-build-rawjson Dockerfile.run:4 process \"/bin/sh -c echo working \u0026\u0026 echo \\\"E: Unable to locate package foo\\\" \u003e\u00262 \u0026\u0026 exit 100\" did not complete successfully: exit code: 100`,
  'short.rawjson.txt': String.raw`drydock-build-rawjson Dockerfile.short:2 process \"/bin/sh -c false\" did not complete successfully: exit code: 1`,
  'multi.rawjson.txt': String.raw`drydock-build-rawjson Dockerfile.multi:2 process \"/bin/sh -c echo a  \u0026\u0026 echo b  \u0026\u0026 false\" did not complete successfully: exit code: 1`,
  'parse.rawjson.txt':
    'drydock-build-syntax Dockerfile.parse:3 dockerfile parse error on line 3: unknown instruction: FRON (did you mean FROM?)',
};

test.each(readdirSync(folder))('finds exactly one problem in %s', (name) => {
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  const found = matchers.flatMap((matcher) =>
    problemsIn(text, matcher).map((problem) => `${matcher.name} ${problem}`),
  );
  if (name === 'copy.rawjson.txt')
    expect(found.join('\n')).toMatch(/^drydock-build-rawjson Dockerfile\.copy:2 [^\n]*not found$/);
  else expect(found).toEqual([expected[name]]);
});
