/** What is printed, held against the schema of SARIF 2.1.0 (test/fixtures, from schemastore.org by way of @microsoft/jest-sarif). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { document } from '../../document.ts';
import { lint } from '../../lint/lint.ts';
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

test('what is no SARIF is told of', () => {
  expect(fits({ version: '2.1.0', runs: [{}] })).toBe(false);
});
