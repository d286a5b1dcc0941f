/** What is printed, held against the schema of SARIF 2.1.0 (test/fixtures, from schemastore.org by way of @microsoft/jest-sarif). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { document } from '../../model/document.ts';
import { lint } from '../../lint/lint.ts';
import type { Finding } from '../../lint/rule.ts';
import { rules } from '../../rules/index.ts';
import { fileLines } from '../../text/lines.ts';
import type { FileReport } from '../report.ts';
import sarif from './sarif.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const read = (file: string): object => JSON.parse(readFileSync(file, 'utf8')) as object;
const draft4 = createRequire(import.meta.url).resolve('ajv/lib/refs/json-schema-draft-04.json');

const ajv = new Ajv({ schemaId: 'auto', unknownFormats: 'ignore', allErrors: true });
ajv.addMetaSchema(read(draft4));
const fits = ajv.compile(read(path.join(root, 'test/fixtures/sarif-2.1.0.schema.json')));

function reported(name: string, text: string): FileReport {
  const findings = lint(document(name, text).model, rules, { rules: {}, everyRule: true });
  return { path: name, text, lines: fileLines(text), findings, fixed: 0 };
}

/** What the schema says against a log. */
function complaints(files: readonly FileReport[]): readonly string[] {
  const log = JSON.parse(sarif({ files, rules, version: '1.2.3', colours: false })) as object;
  void fits(log);
  return (fits.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ''}`);
}

const text = [
  '# check=skip=Nonsense',
  'FROM ubuntu as Build',
  'RUN sudo apt install curl \\',
  '',
  '  git',
  'EXPOSE 99999 8080/TCP',
  'ENV A 1',
  'CMD node “server.js”',
  'FORM x\r\n',
].join('\n');

test('a log with findings, fixes, related places and a file that could not be read is valid', () => {
  const files = [
    reported('a b/Dockerfile', text),
    reported('empty', ''),
    reported('C:\\app\\Dockerfile', 'FROM a AS b\nFROM c AS b\n'),
    { ...reported('bad', ''), error: 'permission denied' },
  ];
  expect(files[0]?.findings.some(({ fix }) => fix !== undefined)).toBe(true);
  expect(files[2]?.findings.some(({ related }) => related !== undefined)).toBe(true);
  expect(complaints(files)).toEqual([]);
});

test('an example of every rule is valid', () => {
  const files = rules.flatMap(({ id, rule }) =>
    rule.examples.map(({ bad }) => reported(id, bad.replaceAll(/[«»]/g, ''))),
  );
  expect(complaints(files)).toEqual([]);
});

test('what ShellCheck says is described, each code once, with its page', () => {
  const text = 'FROM alpine:3.22\nRUN b $c $d\n';
  const remark = (code: string, start: number): Finding => ({
    rule: `shellcheck/${code}`,
    category: 'shell',
    severity: 'warning',
    also: [code],
    at: { span: { start, end: start + 2 } },
    message: 'Said',
  });
  const findings = [remark('SC2154', 23), remark('SC2086', 23), remark('SC2154', 26)];
  const files = [{ ...reported('a', text), findings }, reported('b', 'FROM a\nMAINTAINER c\n')];
  expect(complaints(files)).toEqual([]);
  const { runs } = JSON.parse(sarif({ files, rules, version: '1.2.3', colours: false })) as Log;
  const described = runs[0]?.tool.driver.rules ?? [];
  const codes = described.filter(({ id }) => id.startsWith('shellcheck/'));
  expect(codes.map(({ id, helpUri }) => [id, helpUri])).toEqual([
    ['shellcheck/SC2086', 'https://www.shellcheck.net/wiki/SC2086'],
    ['shellcheck/SC2154', 'https://www.shellcheck.net/wiki/SC2154'],
  ]);
  expect(codes.map(({ shortDescription }) => shortDescription.text)).toEqual([
    'SC2086 of ShellCheck.',
    'SC2154 of ShellCheck.',
  ]);
  for (const { ruleId, ruleIndex } of runs[0]?.results ?? [])
    expect(described[ruleIndex]?.id).toBe(ruleId);
});

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly rules: readonly {
          readonly id: string;
          readonly helpUri: string;
          readonly shortDescription: { readonly text: string };
        }[];
      };
    };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }[];
}

test('what is no SARIF is told of', () => {
  expect(fits({ version: '2.1.0', runs: [{}] })).toBe(false);
});
