/** `drydock lint | explain | rules`. Composed here: arguments, files, configuration, rules, a format. */
import { atLeast, rulesNamed, unknownRule } from '../lint/config.ts';
import { rules } from '../rules/index.ts';
import { t } from '../text/translated.ts';
import { help, readArguments, type FormatName, type LintArguments } from './arguments.ts';
import { checker } from './check.ts';
import { configurations, WrongConfiguration } from './configuration.ts';
import { discover } from './discover.ts';
import github from './formats/github.ts';
import json from './formats/json.ts';
import sarif from './formats/sarif.ts';
import text from './formats/text.ts';
import type { Io } from './io.ts';
import type { FileReport, Format } from './report.ts';
import type { Source } from './source.ts';

const formats: Readonly<Record<FormatName, Format>> = { text, json, sarif, github };

/** 0 nothing at `--fail-on` or worse, 1 something, 2 wrong use or wrong configuration. */
export async function main(argv: readonly string[], io: Io): Promise<0 | 1 | 2> {
  const asked = readArguments(argv, rules);
  if (asked.command === undefined) {
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
      io.out(await listOfRules());
      return 0;
    case 'explain':
      return explainRule(asked.rule, io);
    case 'lint':
      return lintPaths(asked, io);
  }
}

async function listOfRules(): Promise<string> {
  const { rules: described } = await import('./pages.ts');
  const width = Math.max(...described.map(({ id }) => id.length));
  return described
    .map(({ id, rule }) => `${id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${t(rule.summary)}\n`)
    .join('');
}

async function explainRule(name: string, io: Io): Promise<0 | 2> {
  const named = rulesNamed(name, rules);
  if (named.length === 0) {
    io.err(`drydock: ${unknownRule(name, rules)}\n`);
    return 2;
  }
  const { page } = await import('./pages.ts');
  io.out(named.map(({ id }) => `${page(id) ?? ''}\n`).join('\n'));
  return 0;
}

async function lintPaths(asked: LintArguments, io: Io): Promise<0 | 1 | 2> {
  let files: readonly FileReport[];
  try {
    // A wrong `--config` is told even where no file would need it.
    if (asked.config !== undefined) await configurations(io, rules, asked)(asked.config);
    files = await checked(asked, io);
  } catch (error) {
    if (!(error instanceof WrongConfiguration)) throw error;
    io.err(`drydock: ${error.message}\n`);
    return 2;
  }
  const { version, colours } = io;
  // Of all formats, SARIF alone says what the rules say of themselves.
  const described = asked.format === 'sarif' ? (await import('./pages.ts')).rules : rules;
  const report = formats[asked.format]({ files, rules: described, version, colours });
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

/** In the order of the paths, and of one folder by name. */
async function checked(asked: LintArguments, io: Io): Promise<readonly FileReport[]> {
  const sources: Source[] = [];
  for (const named of asked.paths) sources.push(...(await filesOf(named, io)));
  const spread = io.spread?.(asked, sources);
  if (spread !== undefined) return spread;
  const check = checker(asked, io);
  const files: FileReport[] = [];
  for (const source of sources) files.push(await check(source));
  return files;
}

function isFailed({ findings, failOn: byProject }: FileReport, { failOn }: LintArguments): boolean {
  const least = failOn ?? byProject ?? 'warning';
  return least !== 'never' && findings.some(({ severity }) => atLeast(severity, least));
}

function isInput(file: string, { paths, stdinFilename }: LintArguments): boolean {
  return paths.includes('-') && file === (stdinFilename ?? '-');
}

async function filesOf(named: string, io: Io): Promise<readonly Source[]> {
  if (named === '-') return [{ path: '-', input: true }];
  const found = await discover(io, named);
  if (found === undefined) return [{ path: named, error: t('there is no such file or folder') }];
  if (found.length === 0)
    return [{ path: named, error: t('no Dockerfile or Containerfile is in this folder') }];
  return found.map((file) => ({ path: file, input: false }));
}
