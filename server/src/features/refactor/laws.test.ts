/** Properties of every refactoring, checked on real Dockerfiles and with real shells. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { markedDocument } from '../../../../test/marked-document.ts';
import { texts } from '../../../../test/corpus/texts.ts';
import { someDockerfiles } from '../../../../test/dockerfiles.ts';
import { document, type Document } from '../../model/document.ts';
import { nameOf } from '../../shell/commands.ts';
import { lint } from '../../lint/lint.ts';
import type { Finding } from '../../lint/rule.ts';
import { rules } from '../../rules/index.ts';
import { applyEdits, overlaps } from '../../text/edit.ts';
import { span, type Span } from '../../text/span.ts';
import { joinLines, type Refactoring } from './refactoring.ts';
import { fromRules } from './from-rules.ts';
import { refactorings, refactorKinds } from './index.ts';
import { quiet } from './quiet.ts';

/** Every command of the file as its shell reads it, except `set`, which refactorings add and remove. */
function commandsOf(one: Document): readonly string[] {
  return one.model
    .commands()
    .filter(({ command, via }) => nameOf(command) !== 'set' && via === 'direct')
    .map(({ command: { name, args, assignments } }) =>
      [...assignments, ...(name ? [name] : []), ...args]
        .map((word) => joinLines(one, word.span).replaceAll('\\\n', ''))
        .join(' '),
    );
}

function placesIn({ tree }: Document): readonly Span[] {
  return tree.instructions.flatMap(({ keyword, span: { end } }, i) => {
    const next = tree.instructions[i + 1]?.span.end ?? end;
    return [
      span(keyword.span.end, keyword.span.end),
      span(keyword.span.start, next),
      span(end, end),
    ];
  });
}

/** The project's own files and as many of the corpus; DRYDOCK_ALL=1 checks all of them. */
const files = process.env['DRYDOCK_ALL'] === undefined ? someDockerfiles(80) : texts;

/** Every refactoring of a file, with the resulting document. */
function* changesIn(before: Document): Iterable<Refactoring & { readonly place: Span }> {
  for (const place of placesIn(before))
    for (const kind of refactorKinds)
      for (const one of refactorings(before, place, kind)) yield { ...one, place };
}

test('refactorings introduce no errors and keep the commands', () => {
  const seen = new Set<string>();
  for (const text of files) {
    const before = document('untitled:a', text);
    if (before.tree.errors.length > 0) continue;
    const commands = commandsOf(before);
    for (const { title, edits, place } of changesIn(before)) {
      expect(edits.some((one, i) => edits.slice(i + 1).some((other) => overlaps(one, other)))).toBe(
        false,
      );
      const after = document('untitled:b', applyEdits(text, edits));
      const shown = { title, at: text.slice(place.start, place.start + 200) };
      expect({ ...shown, errors: after.tree.errors }).toEqual({ ...shown, errors: [] });
      seen.add(title.slice(0, 8));
      if (!/heredoc|chain|Join|Split|stage/.test(title)) continue;
      expect({ ...shown, commands: commandsOf(after) }).toEqual({ ...shown, commands });
      expect(after.model.target?.name).toBe(before.model.target?.name);
    }
  }
  expect(seen.size).toBeGreaterThan(4);
});

test('refactorings after which a rule reports more are left out', { timeout: 120_000 }, () => {
  const findingsOf = ({ model }: Document): readonly Finding[] => lint(model, rules, { rules: {} });
  let [kept, left] = [0, 0];
  for (const text of someDockerfiles(40)) {
    const before = document('untitled:a', text);
    if (before.tree.errors.length > 0) continue;
    const findings = findingsOf(before);
    const possible: readonly Refactoring[] = [
      ...changesIn(before),
      ...placesIn(before).flatMap((place) => fromRules(before, place, rules)),
    ];
    const found = quiet(before, possible, { findings, lint: findingsOf });
    kept += found.length;
    left += possible.length - found.length;
    const ids = (list: readonly Finding[]): readonly string[] => list.map(({ rule }) => rule);
    for (const { edits } of found) {
      const after = ids(findingsOf(document('untitled:b', applyEdits(text, edits))));
      for (const id of new Set(after)) {
        const count = (list: readonly string[]): number => list.filter((one) => one === id).length;
        expect(count(after)).toBeLessThanOrEqual(count(ids(findings)));
      }
    }
  }
  expect(kept).toBeGreaterThan(20);
  expect(left).toBeGreaterThan(0);
});

test('converting a chain to a heredoc and back keeps the commands', () => {
  let converted = 0;
  for (const text of files) {
    const before = document('untitled:a', text);
    if (before.tree.errors.length > 0) continue;
    for (const place of placesIn(before)) {
      const toHeredoc = refactorings(before, place, 'refactor.rewrite').find(({ title }) =>
        /heredoc/.test(title),
      );
      const run = before.tree.instructions.find(
        (one) => one.span.start === toHeredoc?.edits[0]?.span.start,
      );
      if (!toHeredoc || !run) continue;
      const middle = document('untitled:b', applyEdits(text, toHeredoc.edits));
      const back = refactorings(
        middle,
        span(run.span.start, run.span.start),
        'refactor.rewrite',
      ).find(({ title }) => /chain/.test(title));
      // A heredoc that starts with `set -x` alone, or has multi-line quotes, cannot be converted back.
      if (!back) continue;
      const after = document('untitled:c', applyEdits(middle.text, back.edits));
      expect(commandsOf(after)).toEqual(commandsOf(before));
      converted++;
    }
  }
  expect(converted).toBeGreaterThan(10);
});

describe('shells run a heredoc like the chain', () => {
  const chains = [
    'a && b && c',
    'a | b && c',
    '(a && b) && c',
    '(a || b) && c',
    '{ a; } && b',
    'if a; then b; fi && c',
    'x=$(a) && b',
    'a "$(b | c)" && b',
    '(if a; then b; fi) && c',
    'set -e && a && (b && c)',
    '(a && { b; }) && c',
    'a && [ 1 = 2 ] && b',
  ];
  /** The commands that ran and the exit code, if these commands fail. */
  const run = (shell: string, script: string, failing: string): string => {
    const functions = ['a', 'b', 'c', 'd'].map((name) => {
      return `${name}() { echo ${name} >&2; return ${failing.includes(name) ? '3' : '0'}; }`;
    });
    const { status, stderr } = spawnSync(shell, ['-c', `${functions.join('\n')}\n${script}`], {
      encoding: 'utf8',
    });
    // The parts of a pipeline run in parallel.
    return `${stderr.split('\n').sort().join(' ')} ${String(status)}`;
  };
  const conversionOf = (
    chain: string,
  ): { readonly one: Document; readonly found: Refactoring | undefined } => {
    const { document: one, offset } = markedDocument(`FROM x\nR‸UN ${chain}\n`);
    const place = { start: offset, end: offset };
    const found = refactorings(one, place, 'refactor.rewrite').find(({ title }) =>
      /heredoc/.test(title),
    );
    return { one, found };
  };
  test.each(chains)('%s', (chain) => {
    const { one, found } = conversionOf(chain);
    expect(found).toBeDefined();
    const heredoc = applyEdits(one.text, found?.edits ?? [])
      .split('\n')
      .slice(2, -2)
      .join('\n');
    for (const shell of ['sh', 'bash']) {
      for (const failing of ['', 'a', 'b', 'c', 'ab', 'bc', 'ac', 'abc'])
        expect(`${shell} ${failing}: ${run(shell, heredoc, failing)}`).toBe(
          `${shell} ${failing}: ${run(shell, chain, failing)}`,
        );
    }
  });
  // As lines with `set -e`, these would go on where the chain stops, or stop where it goes on.
  const others = [
    'a && (a; b) && c',
    'a && { b && c; } && d',
    'a && if b; then c && d; fi && a',
    'a && for i in 1 2; do b; c; done && d',
    '! a && b',
    'a && b || c && d',
    'a | { b && c; } && d',
  ];
  test.each(others)('does not convert %s', (chain) => {
    expect(conversionOf(chain).found).toBeUndefined();
  });
});
