/** Validates the output against the SARIF 2.1.0 schema (test/fixtures, from schemastore.org via @microsoft/jest-sarif). */
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
const validate = ajv.compile(read(path.join(root, 'test/fixtures/sarif-2.1.0.schema.json')));

function reported(name: string, text: string): FileReport {
  const findings = lint(document(name, text).model, rules, { rules: {}, everyRule: true });
  return { path: name, text, lines: fileLines(text), findings, fixed: 0 };
}

/** The schema violations of a log. */
function violations(files: readonly FileReport[]): readonly string[] {
  const log = JSON.parse(sarif({ files, rules, version: '1.2.3', colors: false })) as object;
  void validate(log);
  return (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ''}`);
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

test('is valid with findings, fixes, related locations and a file that could not be read', () => {
  const files = [
    reported('a b/Dockerfile', text),
    reported('empty', ''),
    reported('C:\\app\\Dockerfile', 'FROM a AS b\nFROM c AS b\n'),
    { ...reported('bad', ''), error: 'permission denied' },
  ];
  expect(files[0]?.findings.some(({ fix }) => fix !== undefined)).toBe(true);
  expect(files[2]?.findings.some(({ related }) => related !== undefined)).toBe(true);
  expect(violations(files)).toEqual([]);
});

test('is valid for the examples of every rule', () => {
  const files = rules.flatMap(({ id, rule }) =>
    rule.examples.map(({ bad }) => reported(id, bad.replaceAll(/[«»]/g, ''))),
  );
  expect(violations(files)).toEqual([]);
});

test('describes each ShellCheck code once, with its page', () => {
  const text = 'FROM alpine:3.22\nRUN b $c $d\n';
  const remark = (code: string, start: number): Finding => ({
    rule: `shellcheck/${code}`,
    category: 'shell',
    severity: 'warning',
    also: [code],
    at: { span: { start, end: start + 2 } },
    message: 'Message',
  });
  const findings = [remark('SC2154', 23), remark('SC2086', 23), remark('SC2154', 26)];
  const files = [{ ...reported('a', text), findings }, reported('b', 'FROM a\nMAINTAINER c\n')];
  expect(violations(files)).toEqual([]);
  const { runs } = JSON.parse(sarif({ files, rules, version: '1.2.3', colors: false })) as Log;
  const described = runs[0]?.tool.driver.rules ?? [];
  const codes = described.filter(({ id }) => id.startsWith('shellcheck/'));
  expect(codes.map(({ id, helpUri }) => [id, helpUri])).toEqual([
    ['shellcheck/SC2086', 'https://www.shellcheck.net/wiki/SC2086'],
    ['shellcheck/SC2154', 'https://www.shellcheck.net/wiki/SC2154'],
  ]);
  expect(codes.map(({ shortDescription }) => shortDescription.text)).toEqual([
    'ShellCheck SC2086.',
    'ShellCheck SC2154.',
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

test('detects an invalid log', () => {
  expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
});
