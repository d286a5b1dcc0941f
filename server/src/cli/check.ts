/** Reads one file, lints it and, with `--fix`, fixes it. */
import path from 'node:path';
import { document, answerForEachText } from '../model/document.ts';
import { fixAll } from '../lint/fix.ts';
import { lint, type LintInput } from '../lint/lint.ts';
import type { Finding, LintConfig } from '../lint/rule.ts';
import { rules } from '../rules/index.ts';
import { checker as shellChecker } from '../shellcheck/checker.ts';
import { findingsOf, mergeFindings } from '../shellcheck/findings.ts';
import { scriptsIn } from '../shellcheck/scripts.ts';
import { fileLines } from '../text/lines.ts';
import { t } from '../text/translation.ts';
import type { LintArguments } from './arguments.ts';
import { configurations, WrongConfiguration } from './configuration.ts';
import type { Io } from './io.ts';
import type { FileReport } from './report.ts';
import type { Source } from './source.ts';
import { surroundings } from './surroundings.ts';

/** The check of one file. Configuration and `.dockerignore` are read once per directory. Rejects with WrongConfiguration. */
export function checker(args: LintArguments, io: Io): (source: Source) => Promise<FileReport> {
  const configOf = configurations(io, rules, args);
  const surroundingsOf = surroundings(io);
  const shellFindings = shellFindingsFor(args, io);
  return async (source) => {
    const isInput = source.input === true;
    const name = isInput ? (args.stdinFilename ?? '-') : source.path;
    if (source.error !== undefined) return failed(name, source.error);
    const isNameless = isInput && name === '-';
    const config = await configOf(isNameless ? 'Dockerfile' : name);
    try {
      const bytes = await (isInput ? io.stdin() : io.read(path.resolve(io.cwd, name)));
      if (bytes.includes(0)) return failed(name, t('this is a binary file'));
      const text = decode(bytes);
      // Only rules about COPY and ADD use the `.dockerignore`.
      const isCopying = !isNameless && /\b(?:COPY|ADD)\b/i.test(text);
      const input: LintInput = {
        log: logTo(io, name),
        ...(isCopying && { surroundings: await surroundingsOf(name) }),
      };
      const lintText = answerForEachText(document(name, text), ({ model }) =>
        lint(model, rules, config, input),
      );
      const { fixed, findings: own } = repair(text, lintText, args);
      const result = fixed?.text ?? text;
      const findings = mergeFindings(own, await shellFindings(name, result, config));
      if (fixed && !isInput) await io.write(path.resolve(io.cwd, name), result);
      return {
        path: name,
        text: result,
        lines: fileLines(result),
        findings,
        fixed: fixed?.applied ?? 0,
        ...(config.failOn !== undefined && { failOn: config.failOn }),
      };
    } catch (error) {
      if (error instanceof WrongConfiguration) throw error;
      return failed(name, error instanceof Error ? error.message : String(error));
    }
  };
}

type ShellFindings = (
  name: string,
  text: string,
  config: LintConfig,
) => Promise<readonly Finding[]>;

/** ShellCheck's findings, if requested. The program is searched for when the first file with a script is checked. */
function shellFindingsFor({ shellcheck: program }: LintArguments, io: Io): ShellFindings {
  if (program === undefined || io.shellcheck === undefined) return () => Promise.resolve([]);
  const warn = (message: string): void => io.err(`drydock: ${message}\n`);
  const find = io.shellcheck;
  let search: ReturnType<typeof findChecker> | undefined;
  const findChecker = async () => {
    const found = await find(program, warn);
    if (found === undefined && program !== 'auto')
      throw new WrongConfiguration(t('Could not run ShellCheck at {0}', program));
    return found && shellChecker(found);
  };
  return async (name, text, config) => {
    const { model } = document(name, text);
    const scripts = scriptsIn(model);
    if (scripts.length === 0) return [];
    const found = await (search ??= findChecker());
    await found?.ask(scripts);
    return found ? findingsOf(model, found.known(scripts), config) : [];
  };
}

/** The remaining findings and the fixed text. A file that is not valid UTF-8 is not fixed: writing it would change it. */
function repair(
  text: string,
  lintText: (text: string) => readonly Finding[],
  { fix }: LintArguments,
): {
  readonly findings: readonly Finding[];
  readonly fixed?: { readonly text: string; readonly applied: number };
} {
  if (fix === 'no' || text.includes('\ufffd')) return { findings: lintText(text) };
  const fixed = fixAll(text, lintText, fix);
  return { findings: lintText(fixed.text), ...(fixed.applied > 0 && { fixed }) };
}

/** Keeps a byte order mark, since offsets count it. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function logTo(io: Io, name: string): NonNullable<LintInput['log']> {
  return (message, error) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.err(`drydock: ${name}: ${message}: ${reason}\n`);
  };
}

function failed(name: string, error: string): FileReport {
  return { path: name, text: '', lines: fileLines(''), findings: [], fixed: 0, error };
}
