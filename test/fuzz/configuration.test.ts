import { test } from 'vitest';
import { readProjectFile } from '../../server/src/project/project-file.ts';
import { rules } from '../../server/src/rules/index.ts';
import { forEachInput, joined, pick, type Next } from './inputs.ts';

const json = ['{', '}', '[', ']', '"', ',', ':', ' ', '\n', '"rules"', '"everyRule"', '"$schema"', '"max-lines"', '"DL3018"', '"options"', '"severity"', '"lines"', '"off"', '"error"', 'true', 'null', '1', '1e999', '-', '\\u0000', '"__proto__"', '"constructor"', '// a'] as const; // prettier-ignore
const yaml = ['ignored', 'override', 'error', 'warning', 'trustedRegistries', 'label-schema', 'strict-labels', 'failure-threshold', 'no-fail', ': ', ':', '- ', '\n', '\n  ', '\n    - ', 'DL3018', 'SC2086', 'true', 'null', '[', ']', '{', '}', '&a ', '*a', '<<: *a', '!!js/function', '!!binary', '|', '>', '"', "'", '#', '---\n', '...', '%YAML 1.2\n', '\t', '? ', '~', '1e9', '2001-01-01', 'é', '\0'] as const; // prettier-ignore

interface Input {
  readonly name: string;
  readonly text: string;
}

function randomFile(next: Next): Input {
  const name = pick(next, ['.drydock.json', '.hadolint.yaml']);
  if (name === '.hadolint.yaml') return { name, text: joined(next, yaml, 20) };
  const isValid = next() < 0.5;
  const value = (depth: number): unknown => {
    const kind = Math.floor(next() * (depth > 2 ? 5 : 7));
    const keys = ['rules', 'everyRule', 'max-lines', 'DL3018', 'severity', 'options', 'lines', '__proto__', 'x'] as const; // prettier-ignore
    if (kind < 5) return pick<unknown>(next, ['off', 'error', true, null, 3, -1, '', 'max-lines']);
    if (kind === 5) return Array.from({ length: 2 }, () => value(depth + 1));
    return Object.fromEntries(
      Array.from({ length: Math.floor(next() * 4) }, () => [pick(next, keys), value(depth + 1)]),
    );
  };
  return {
    name,
    text: isValid
      ? JSON.stringify({ rules: value(0), ...(value(0) as object) })
      : joined(next, json, 20),
  };
}

test('any file gives a configuration with known rules, or problems', async () => {
  const ids = new Set(rules.map(({ id }) => id));
  await forEachInput(randomFile, async ({ name, text }) => {
    const { config, problems } = await readProjectFile(name, text, rules);
    const unknown = Object.keys(config.rules).find(
      (id) => !ids.has(id) && !id.startsWith('shellcheck/'),
    );
    return unknown ?? problems.find((problem) => problem.includes('\n') || problem === '');
  });
});
