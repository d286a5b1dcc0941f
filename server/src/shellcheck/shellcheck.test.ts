import { describe, expect, test } from 'vitest';
import { lint } from '../lint/lint.ts';
import type { Finding, LintConfig } from '../lint/rule.ts';
import { createModel } from '../model/lazy-model.ts';
import { rules } from '../rules/index.ts';
import { parse } from '../syntax/parse.ts';
import { applyEdits } from '../text/edit.ts';
import { checker, type ShellCheck } from './checker.ts';
import { findingsOf, mergeFindings } from './findings.ts';
import { findShellCheck } from './program.ts';
import { readReport, type Remark } from './report.ts';
import { scriptsIn, type ShellScript } from './scripts.ts';

const program = await findShellCheck('auto', () => undefined);
/** Skipped where `shellcheck` is not installed. */
const real = test.skipIf(program === undefined);

function scripts(text: string): readonly ShellScript[] {
  return scriptsIn(createModel(parse(text)));
}

describe('scriptsIn', () => {
  test.each([
    [
      'what a line continues is one line',
      'FROM a\nRUN b "c \\\n # d\n\\\ne"; f \\\n g\n',
      'b "c e"; f  g',
    ],
    ['the marks of Windows at the ends of lines are none', 'FROM a\r\nRUN b \\\r\n c\r\n', 'b   c'],
    ['a body alone is the script', 'FROM a\nRUN <<EOF\nb\nc\nEOF\n', 'b\nc\n'],
    [
      'a body of a command stays where it is',
      'FROM a\nRUN cat <<EOF >b\nc\nEOF\n',
      'cat <<EOF >b\nc\nEOF',
    ],
    [
      'exec form gives it in JSON',
      'FROM a\nRUN ["sh", "-ec", "b \\"c\\"\\n\\u0064"]\n',
      'set -e\nb "c"\nd',
    ],
    [
      'an option of SHELL ends it at an error',
      'FROM a\nSHELL ["/bin/bash", "-euo", "pipefail", "-c"]\nRUN b\n',
      'set -e\nb',
    ],
    ['variables are there', 'FROM a\nARG B\nENV C=d PATH=/e\nRUN f\n', 'export B=1 C=1\nf'],
    [
      'they stand behind a comment that holds for all',
      'FROM a\nARG B\nRUN <<EOF\n#!/bin/sh\n# shellcheck disable=SC2154\nc\nEOF\n',
      '         \n# shellcheck disable=SC2154\nexport B=1\nc\n',
    ],
  ])('returns the script of %s', (_, text, script) => {
    expect(scripts(text).map((one) => one.text)).toEqual([script]);
  });

  test.each([
    ['FROM debian:trixie\nRUN a\n', 'dash'],
    ['FROM python:3.14-slim\nRUN a\n', 'dash'],
    ['FROM node:24 AS b\nFROM b\nRUN a\n', 'dash'],
    ['FROM node:24-alpine3.22\nRUN a\n', 'busybox'],
    ['FROM docker:29\nRUN a\n', 'busybox'],
    ['FROM rockylinux:9\nRUN a\n', 'bash'],
    ['FROM oraclelinux:9-slim\nRUN a\n', 'bash'],
    ['FROM example.org/openjdk:21-slim\nRUN a\n', 'dash'],
    ['FROM nvidia/cuda:12.9.1-devel-ubuntu24.04\nRUN a\n', 'dash'],
    ['FROM maven:3.9-amazoncorretto-21\nRUN a\n', 'bash'],
    ['FROM registry.access.redhat.com/ubi9/ubi-minimal\nRUN a\n', 'bash'],
    ['FROM example.org/b/c:1\nRUN a\n', 'sh'],
    ['FROM debian:trixie\nSHELL ["/bin/bash", "-c"]\nRUN a\n', 'bash'],
    ['FROM debian:trixie\nRUN <<EOF\n#!/usr/bin/env bash\na\nEOF\n', 'bash'],
    ['FROM debian:trixie\nRUN ["bash", "-c", "a"]\n', 'bash'],
    ['FROM debian:trixie\nSHELL ["/bin/bash", "-c"]\nRUN ["sh", "-c", "a"]\n', 'dash'],
  ])('for %j, returns the shell %s', (text, shell) => {
    expect(scripts(text).map((one) => one.shell)).toEqual([shell]);
  });

  test('does not know the shell if /bin/sh is replaced by a link', () => {
    const text = 'FROM debian:trixie\nRUN ln -sf /bin/bash /bin/sh\nRUN a\n';
    expect(scripts(text).at(-1)?.shell).toBe('sh');
  });

  test.each([
    'FROM a\nSHELL ["pwsh", "-c"]\nRUN b\n',
    'FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nb\nEOF\n',
    'FROM a\nRUN ["zsh", "-c", "b"]\n',
    'FROM a\nRUN ["b", "-c", "d"]\n',
    'FROM a\nCOPY <<EOF /b\nc\nEOF\n',
  ])('returns no script for %j', (text) => {
    expect(scripts(text)).toEqual([]);
  });

  test('maps ranges to the document, and added text to undefined', () => {
    const text = 'FROM a\nARG B\nRUN ["sh", "-c", "c \\"d\\" $e"]\n';
    const [one] = scripts(text);
    const at = one?.text.indexOf('"d"') ?? -1;
    const span = one?.span(at, at + 3);
    expect(text.slice(span?.start, span?.end)).toBe('\\"d\\"');
    expect(one?.span(0, 3)).toBeUndefined();
  });
});

describe('readReport', () => {
  const comment = { line: 2, endLine: 2, column: 5, endColumn: 7, level: 'info', code: 2086, message: 'm', fix: null }; // prettier-ignore

  test('counts code points in columns, not surrogate halves', () => {
    const [remark] = readReport(JSON.stringify({ comments: [comment] }), 'a\n𝒳𝒳 b $c') ?? [];
    expect(remark).toMatchObject({ start: 8, end: 10 });
  });

  test.each(['', '[]', '{"comments":3}', 'shellcheck: no such option'])(
    'returns undefined for %j',
    (json) => {
      expect(readReport(json, '')).toBeUndefined();
    },
  );

  test('omits invalid remarks', () => {
    const comments = [{}, null, 3, { ...comment, level: 'bad' }];
    expect(readReport(JSON.stringify({ comments }), 'a\nb')).toEqual([]);
  });
});

async function found(
  text: string,
  config: LintConfig = { rules: {} },
): Promise<readonly Finding[]> {
  const model = createModel(parse(text));
  const asked = checker(program ?? { check: () => Promise.resolve(undefined) });
  const some = scriptsIn(model);
  await asked.ask(some);
  return findingsOf(model, asked.known(some), config);
}

function shown(text: string, findings: readonly Finding[]): readonly string[] {
  return findings.map(({ rule, at: { span } }) => `${rule} ${text.slice(span.start, span.end)}`);
}

describe('findings', () => {
  real.each([
    [
      'in a continued line',
      'FROM a\nRUN b && \\\n  # c\n  d $e\n',
      ['shellcheck/SC2154 $e', 'shellcheck/SC2086 $e'],
    ],
    ['in a body', 'FROM a\nRUN <<EOF\nb 𝒳 "$c"\nEOF\n', ['shellcheck/SC2154 $c']],
    ['in exec form', 'FROM a\nRUN ["sh", "-c", "b \\"x\\" $C"]\n', ['shellcheck/SC2086 $C']],
    ['in a trigger', 'FROM a\nONBUILD RUN b "$c"\n', ['shellcheck/SC2154 $c']],
  ])('of %s have their range in the document', async (_, text, expected) => {
    expect([...shown(text, await found(text))].sort()).toEqual([...expected].sort());
  });

  real.each([
    ['a build argument', 'FROM a\nARG b\nRUN c $b\n'],
    ['a variable of the environment', 'FROM a\nENV b="c d"\nRUN e $b\n'],
    ['a file that is sourced', 'FROM a\nRUN . ./b\n'],
    ['a shell that it does not know by name', 'FROM alpine\nRUN <<EOF\n#!/bin/ash\nb\nEOF\n'],
    ['what is set when the container starts', 'FROM a\nCMD b "$c"\n'],
    [
      'what its own comment leaves out',
      'FROM a\nARG d\nRUN <<EOF\n# shellcheck disable=SC2154\nb "$c"\ne "$f"\nEOF\n',
    ],
    ['what a comment above ignores', 'FROM a\n# hadolint ignore=SC2154\nRUN b "$c"\n'],
    [
      'what our comment ignores',
      'FROM a\n# drydock ignore=shellcheck/SC2154 -- set by b\nRUN b "$c"\n',
    ],
    ['bash where nobody knows what sh is', 'FROM a\nRUN [[ "$B" ]]\n'],
    ['what busybox knows', 'FROM alpine:3.22\nRUN [[ "$B" == c ]] && source /d && echo -e e\n'],
    ['a name in a folder that is made for it', 'FROM a\nRUN export B="$(mktemp -d)" && c\n'],
    ['what a sourced file may set', 'FROM a\nRUN . /b && c "$d"\n'],
    ['the program echo', "FROM debian:trixie\nRUN /bin/echo -e 'b'\n"],
    ['blanks where a line is continued', 'FROM a\nRUN echo b  \\\n    c\n'],
    ['several variables set to an empty string', 'FROM a\nRUN B= C= && d "$B$C"\n'],
    ['a folder that is not there, with -e', 'FROM a\nSHELL ["/bin/sh", "-ec"]\nRUN cd /b; c\n'],
  ])('are empty for %s', async (_, text) => {
    expect(shown(text, await found(text))).toEqual([]);
  });

  real('have the severity of the program or of the configuration', async () => {
    const text = 'FROM a\nRUN b "$c"\n';
    const [usual] = await found(text);
    expect(usual).toMatchObject({ severity: 'warning', category: 'shell', also: ['SC2154'] });
    const [other] = await found(text, { rules: { 'shellcheck/SC2154': 'error' } });
    expect(other?.severity).toBe('error');
    expect(await found(text, { rules: { 'shellcheck/SC2154': 'off' } })).toEqual([]);
  });

  real.each([
    ['FROM a\nRUN b \\\n  $C\n', 'FROM a\nRUN b \\\n  "$C"\n'],
    ['FROM a\nRUN ["sh", "-c", "b $C"]\n', 'FROM a\nRUN ["sh", "-c", "b \\"$C\\""]\n'],
  ])('fix %j', async (text, fixed) => {
    const [finding] = await found(text);
    expect(finding?.fix).toMatchObject({ title: 'Replace with `"$C"`', safe: false });
    expect(applyEdits(text, finding?.fix?.edits ?? [])).toBe(fixed);
  });

  real('replace our findings for the same problem, with our fix', async () => {
    const text = 'FROM debian:trixie\nRUN source /b/c\n';
    const own = lint(createModel(parse(text)), rules, { rules: {} });
    const all = mergeFindings(own, await found(text)).filter(
      ({ category }) => category === 'shell',
    );
    expect(shown(text, all)).toEqual(['shellcheck/SC3046 source /b/c']);
    expect(applyEdits(text, all[0]?.fix?.edits ?? [])).toBe('FROM debian:trixie\nRUN . /b/c\n');
  });
});

describe('the program', () => {
  real('is stopped by the signal', async () => {
    const cancellation = new AbortController();
    const check = program?.check('echo $a\n'.repeat(2000), 'dash', cancellation.signal);
    cancellation.abort();
    expect(await check).toBeUndefined();
  });

  test('is not found by a relative path', async () => {
    const warnings: string[] = [];
    expect(await findShellCheck('shellcheck', (one) => warnings.push(one))).toBeUndefined();
    expect(warnings).toEqual(['ShellCheck not found at shellcheck']);
  });

  test('is not accepted if it is another program', async () => {
    const warnings: string[] = [];
    expect(await findShellCheck(process.execPath, (one) => warnings.push(one))).toBeUndefined();
    expect(warnings).toEqual([`${process.execPath} is not ShellCheck`]);
  });
});

describe('checker', () => {
  const remark: Remark = { code: 1, level: 'info', message: 'm', start: 0, end: 1, edits: [] };
  const lines = (count: number): readonly ShellScript[] =>
    scripts(`FROM a\n${Array.from({ length: count }, (_, i) => `RUN b${String(i)}\n`).join('')}`);

  /** A port that answers when the test allows it. */
  function slow(): { readonly port: ShellCheck; readonly waiting: (() => void)[]; asked: number } {
    const made = {
      asked: 0,
      waiting: [] as (() => void)[],
      port: {
        check: () => {
          made.asked++;
          return new Promise<readonly Remark[]>((resolve) => {
            made.waiting.push(() => resolve([remark]));
          });
        },
      },
    };
    return made;
  }

  test('runs two checks at the same time, and checks each text once', async () => {
    const one = slow();
    const all = checker(one.port);
    const five = lines(5);
    const done = all.ask([...five, ...five]);
    let most = 0;
    for (let answered = 0; answered < 5; answered++) {
      await expect.poll(() => one.waiting.length).toBeGreaterThan(0);
      most = Math.max(most, one.waiting.length);
      one.waiting.shift()?.();
    }
    expect(await done).toBe(true);
    expect([one.asked, most]).toEqual([5, 2]);
    expect(all.lacks(five)).toBe(false);
    await all.ask(five);
    expect(one.asked).toBe(5);
  });

  test('does not start a check that was cancelled before its turn, and still lacks it', async () => {
    const one = slow();
    const all = checker(one.port);
    const giveUp = new AbortController();
    const four = lines(4);
    const done = all.ask(four, giveUp.signal);
    await expect.poll(() => one.asked).toBe(2);
    giveUp.abort();
    for (const answer of one.waiting) answer();
    await done;
    expect(one.asked).toBe(2);
    expect(all.lacks(four)).toBe(true);
  });
});
