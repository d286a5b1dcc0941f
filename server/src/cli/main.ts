/** `drydock lint | explain | rules`: reads the arguments, checks the files and prints the report. */
import { atLeast } from '../lint/severity.ts';
import { rulesNamed, unknownRule } from '../lint/rule-names.ts';
import { rules } from '../rules/index.ts';
import { t } from '../text/translation.ts';
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

/** The exit code; see `--help` for what each means. */
export async function main(argv: readonly string[], io: Io): Promise<0 | 1 | 2> {
  const args = readArguments(argv, rules);
  if (args.command === undefined) {
    io.err(`drydock: ${args.wrong}\n${t('For more information, try drydock --help')}\n`);
    return 2;
  }
  switch (args.command) {
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
      return explainRule(args.rule, io);
    case 'lint':
      return lintPaths(args, io);
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
  const matching = rulesNamed(name, rules);
  if (matching.length === 0) {
    io.err(`drydock: ${unknownRule(name, rules)}\n`);
    return 2;
  }
  const { page } = await import('./pages.ts');
  io.out(matching.map(({ id }) => `${page(id) ?? ''}\n`).join('\n'));
  return 0;
}

async function lintPaths(args: LintArguments, io: Io): Promise<0 | 1 | 2> {
  let files: readonly FileReport[];
  try {
    // An invalid `--config` is reported even if no file is checked with it.
    if (args.config !== undefined) await configurations(io, rules, args)(args.config);
    files = await checkPaths(args, io);
  } catch (error) {
    if (!(error instanceof WrongConfiguration)) throw error;
    io.err(`drydock: ${error.message}\n`);
    return 2;
  }
  const { version, colors } = io;
  // Only SARIF contains the descriptions of the rules.
  const described = args.format === 'sarif' ? (await import('./pages.ts')).rules : rules;
  const report = formats[args.format]({ files, rules: described, version, colors });
  const fixedInput = files.find((file) => args.fix !== 'no' && isInput(file.path, args));
  // With --fix, the fixed standard input is written to standard output, and the report to standard error.
  if (fixedInput !== undefined) io.out(fixedInput.text);
  if (fixedInput === undefined) io.out(report);
  else io.err(report);
  for (const { path: name, error } of files) {
    if (error !== undefined && args.format !== 'text') io.err(`drydock: ${name}: ${error}\n`);
  }
  if (files.some((file) => isFailed(file, args))) return 1;
  return files.some(({ error }) => error !== undefined) ? 2 : 0;
}

/** Reports in the order of the paths; files of one directory are sorted by name. */
async function checkPaths(args: LintArguments, io: Io): Promise<readonly FileReport[]> {
  const sources: Source[] = [];
  for (const given of args.paths)
    for (const source of await filesOf(given, io)) sources.push(source);
  const spread = io.spread?.(args, sources);
  if (spread !== undefined) return spread;
  const check = checker(args, io);
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

async function filesOf(given: string, io: Io): Promise<readonly Source[]> {
  if (given === '-') return [{ path: '-', input: true }];
  const found = await discover(io, given);
  if (found === undefined) return [{ path: given, error: t('no such file or directory') }];
  if (found === 'other') return [{ path: given, error: t('this is not a regular file') }];
  if (found === 'too-long') return [{ path: given, error: t('the path is too long') }];
  const { files, tooLong } = found;
  const unread: Source[] =
    tooLong === undefined ? [] : [{ path: tooLong, error: t('the path is too long') }];
  if (files.length === 0 && unread.length === 0)
    return [{ path: given, error: t('no Dockerfile or Containerfile in this directory') }];
  return [...files.map((file): Source => ({ path: file, input: false })), ...unread];
}
