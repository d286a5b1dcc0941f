import { expect, test } from 'vitest';
import { lint } from '../../lint/lint.ts';
import { rules } from '../../rules/index.ts';
import { document } from '../../model/document.ts';
import { accept, labelsAt, itemsAt } from '../../../../test/completion-items.ts';

test('offers snippets for the base image of the stage', async () => {
  const debian = await labelsAt('FROM python:3.13-slim\n‸');
  expect(debian).toContain('RUN apt-get install');
  expect(debian).toContain('RUN pip install -r');
  expect(debian).not.toContain('RUN apk add');
  const alpine = await labelsAt('FROM node:22-alpine AS a\nFROM a\n‸');
  expect(alpine).toContain('RUN apk add');
  expect(alpine).toContain('RUN npm ci');
  expect(alpine).toContain('COPY --from');
  expect(alpine).not.toContain('RUN apt-get install');
  expect(await labelsAt('FROM me/own:1\n‸')).toContain('RUN apk add');
});

test('lists snippets after keywords, only on an otherwise empty line within a stage', async () => {
  const kinds = (await itemsAt('FROM a\n‸')).map(({ kind }) => kind);
  expect(kinds.lastIndexOf('keyword')).toBeLessThan(kinds.indexOf('snippet'));
  expect(await labelsAt('FROM a\n‸ x')).not.toContain('RUN <<EOF');
  expect(await labelsAt('FROM a\nONBUILD ‸')).not.toContain('RUN <<EOF');
  expect(await labelsAt('‸')).not.toContain('RUN <<EOF');
});

test('uses the case of the file', async () => {
  expect(await accept('from alpine:3.24\nru‸', 'run adduser')).toBe(
    'from alpine:3.24\nrun adduser -D -u 10001 app\nuser app',
  );
  expect(await labelsAt('from a\n‸')).toContain('from … as');
  expect(await accept('# escape=`\nFROM debian:13\n‸', 'RUN apt-get install')).toContain('`\n');
});

test('snippets have no findings', async () => {
  let checked = 0;
  for (const base of ['debian:13', 'alpine:3.24', 'python:3.13', 'node:24', 'golang:1.27']) {
    const source = `FROM ${base} AS first\nWORKDIR /src\nFROM ${base}\nWORKDIR /src\n`;
    const before = source.length;
    for (const { label, kind, insert } of await itemsAt(`${source}‸`)) {
      if (kind !== 'snippet') continue;
      checked++;
      const text = insert
        .replace(/\$\{\d+:([^}]*)\}/g, '$1')
        .replaceAll('\\\\', '\\')
        .replace('FROM image', 'FROM busybox:1.37');
      const { model } = document('untitled:Dockerfile', `${source}${text}\n`);
      const found = lint(model, rules, { rules: {} })
        .filter(({ at }) => at.span.start >= before)
        .filter(({ severity }) => severity === 'error' || severity === 'warning')
        .map(({ rule, message }) => `${rule}: ${message}`);
      expect(found, `${base} ${label}`).toEqual([]);
    }
  }
  expect(checked).toBeGreaterThan(25);
});
