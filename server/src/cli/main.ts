/** `drydock lint | explain | rules`. Composed here: arguments, files, configuration, rules, a format. */
import path from 'node:path';
import { t } from '@vscode/l10n';
import { document } from '../document.ts';
import { atLeast, rulesNamed, unknownRule } from '../lint/config.ts';
import { explain } from '../lint/explain.ts';
import { fixAll } from '../lint/fix.ts';
import { lint } from '../lint/lint.ts';
import type { Finding, LintConfig } from '../lint/rule.ts';
import { rules } from '../rules/index.ts';
import { lines } from '../text/lines.ts';
import { help, readArguments, type FormatName, type LintArguments } from './arguments.ts';
import { configurations, WrongConfiguration } from './configuration.ts';
import { discover } from './discover.ts';
import github from './formats/github.ts';
import json from './formats/json.ts';
import sarif from './formats/sarif.ts';
import text from './formats/text.ts';
import type { Io } from './io.ts';
import type { FileReport, Format } from './report.ts';

const formats: Readonly<Record<FormatName, Format>> = { text, json, sarif, github };

/** 0 nothing at `--fail-on` or worse, 1 something, 2 wrong use or wrong configuration. */
export async function main(argv: readonly string[], io: Io): Promise<0 | 1 | 2> {
  const asked = readArguments(argv, rules);
  if ('wrong' in asked) {
    io.err(`drydock: ${asked.wrong}\n${t('Try drydock --help')}\n`);
    return 2;
  }
  switch (asked.command) {
    case 'help':
      io.out(`${help()}\n`);
      return 0;
    case 'version':
      io.out(`${io.version}\n`);
      return 0;
    case 'rules':
      io.out(listOfRules());
      return 0;
    case 'explain':
      return explainRule(asked.rule, io);
    case 'lint':
      return lintPaths(asked, io);
  }
}

function listOfRules(): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, rule }) => `${id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${t(rule.summary)}\n`)
    .join('');
}

function explainRule(name: string, io: Io): 0 | 2 {
  const named = rulesNamed(name, rules);
  if (named.length === 0) {
    io.err(`drydock: ${unknownRule(name, rules)}\n`);
    return 2;
  }
  io.out(named.map((registered) => `${explain(registered)}\n`).join('\n'));
  return 0;
}

async function lintPaths(asked: LintArguments, io: Io): Promise<0 | 1 | 2> {
  const configOf = configurations(io, rules, asked);
  const files: FileReport[] = [];
  try {
    // A wrong `--config` is told even where no file would need it.
    if (asked.config !== undefined) await configOf(asked.config);
    for (const named of asked.paths) {
      for (const file of await filesOf(named, io))
        files.push(await lintFile(file, asked, io, configOf));
    }
  } catch (error) {
    if (!(error instanceof WrongConfiguration)) throw error;
    io.err(`drydock: ${error.message}\n`);
    return 2;
  }
  const report = formats[asked.format]({ files, rules, version: io.version, colours: io.colours });
  const fixedInput = files.find((file) => asked.fix !== 'no' && isInput(file.path, asked));
  // With --fix, the repaired standard input goes to standard output, and what is left beside it.
  if (fixedInput !== undefined) io.out(fixedInput.text);
  if (fixedInput === undefined) io.out(report);
  else io.err(report);
  for (const { path: name, error } of files) {
    if (error !== undefined && asked.format !== 'text') io.err(`drydock: ${name}: ${error}\n`);
  }
  if (files.some((file) => isFailed(file, asked))) return 1;
  return files.some(({ error }) => error !== undefined) ? 2 : 0;
}

function isFailed({ findings, failOn: byProject }: FileReport, { failOn }: LintArguments): boolean {
  const least = failOn ?? byProject ?? 'warning';
  return least !== 'never' && findings.some(({ severity }) => atLeast(severity, least));
}

function isInput(file: string, { paths, stdinFilename }: LintArguments): boolean {
  return paths.includes('-') && file === (stdinFilename ?? '-');
}

type Source =
  | { readonly path: string; readonly error: string }
  | { readonly path: string; readonly input: boolean };

async function filesOf(named: string, io: Io): Promise<readonly Source[]> {
  if (named === '-') return [{ path: '-', input: true }];
  const found = await discover(io, named);
  if (found === undefined) return [{ path: named, error: t('there is no such file or folder') }];
  if (found.length === 0)
    return [{ path: named, error: t('no Dockerfile or Containerfile is in this folder') }];
  return found.map((file) => ({ path: file, input: false }));
}

async function lintFile(
  source: Source,
  asked: LintArguments,
  io: Io,
  configOf: (file: string) => Promise<LintConfig>,
): Promise<FileReport> {
  const input = 'input' in source && source.input;
  const name = input ? (asked.stdinFilename ?? '-') : source.path;
  if ('error' in source) return failed(name, source.error);
  const config = await configOf(input && name === '-' ? 'Dockerfile' : name);
  try {
    const bytes = await (input ? io.stdin() : io.read(path.resolve(io.cwd, name)));
    if (bytes.includes(0)) return failed(name, t('this is a binary file'));
    const decoded = decode(bytes);
    const lintText = (it: string): readonly Finding[] => lintOne(name, it, config, io);
    // A text that was no UTF-8 would not be written back as it was.
    const fixable = asked.fix !== 'no' && !decoded.includes('\ufffd');
    const result = fixable
      ? fixAll(decoded, lintText, asked.fix === 'unsafe' ? 'unsafe' : 'safe')
      : { text: decoded, applied: 0 };
    if (result.applied > 0 && !input) await io.write(path.resolve(io.cwd, name), result.text);
    return {
      path: name,
      text: result.text,
      lines: lines(result.text),
      findings: lintText(result.text),
      fixed: result.applied,
      ...(config.failOn !== undefined && { failOn: config.failOn }),
    };
  } catch (error) {
    return failed(name, error instanceof Error ? error.message : String(error));
  }
}

/** A byte order mark stays, since places count it. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function lintOne(name: string, source: string, config: LintConfig, io: Io): readonly Finding[] {
  return lint(document(name, source).model, rules, config, (message, error) => {
    io.err(
      `drydock: ${name}: ${message}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  });
}

function failed(name: string, error: string): FileReport {
  return { path: name, text: '', lines: lines(''), findings: [], fixed: 0, error };
}
