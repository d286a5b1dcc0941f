/** One file read, linted and, where that is asked, repaired. */
import path from 'node:path';
import { document, inTurn } from '../model/document.ts';
import { fixAll } from '../lint/fix.ts';
import { lint, type Beside } from '../lint/lint.ts';
import type { Finding, LintConfig } from '../lint/rule.ts';
import { rules } from '../rules/index.ts';
import { checker as shellChecker } from '../shellcheck/checker.ts';
import { findingsOf, together } from '../shellcheck/findings.ts';
import { scriptsIn } from '../shellcheck/scripts.ts';
import { fileLines } from '../text/lines.ts';
import { t } from '../text/translated.ts';
import type { LintArguments } from './arguments.ts';
import { configurations, WrongConfiguration } from './configuration.ts';
import type { Io } from './io.ts';
import type { FileReport } from './report.ts';
import type { Source } from './source.ts';
import { surroundings } from './surroundings.ts';

/** What a file is checked with is read once for all files that share it. Rejects with WrongConfiguration. */
export function checker(asked: LintArguments, io: Io): (source: Source) => Promise<FileReport> {
  const configOf = configurations(io, rules, asked);
  const around = surroundings(io);
  const shells = shellsOf(asked, io);
  return async (source) => {
    const isInput = source.input === true;
    const name = isInput ? (asked.stdinFilename ?? '-') : source.path;
    if (source.error !== undefined) return failed(name, source.error);
    const isNameless = isInput && name === '-';
    const config = await configOf(isNameless ? 'Dockerfile' : name);
    try {
      const bytes = await (isInput ? io.stdin() : io.read(path.resolve(io.cwd, name)));
      if (bytes.includes(0)) return failed(name, t('this is a binary file'));
      const text = decode(bytes);
      // Where nothing is copied, nobody asks what lies around.
      const isCopying = !isNameless && /\b(?:COPY|ADD)\b/i.test(text);
      const beside: Beside = {
        log: logTo(io, name),
        ...(isCopying && { surroundings: await around(name) }),
      };
      const lintText = inTurn(document(name, text), ({ model }) =>
        lint(model, rules, config, beside),
      );
      const { fixed, findings: own } = repair(text, lintText, asked);
      const result = fixed?.text ?? text;
      const findings = together(own, await shells(name, result, config));
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

type Shells = (name: string, text: string, config: LintConfig) => Promise<readonly Finding[]>;

/** What ShellCheck says of a text, where it is asked; it is looked for when the first script is met. */
function shellsOf({ shellcheck: program }: LintArguments, io: Io): Shells {
  if (program === undefined || io.shellcheck === undefined) return () => Promise.resolve([]);
  const complain = (message: string): void => io.err(`drydock: ${message}\n`);
  const find = io.shellcheck;
  let made: ReturnType<typeof findOne> | undefined;
  const findOne = async () => {
    const one = await find(program, complain);
    if (one === undefined && program !== 'auto')
      throw new WrongConfiguration(t('{0} is no ShellCheck that can be run', program));
    return one && shellChecker(one);
  };
  return async (name, text, config) => {
    const { model } = document(name, text);
    const scripts = scriptsIn(model);
    if (scripts.length === 0) return [];
    const one = await (made ??= findOne());
    await one?.ask(scripts);
    return one ? findingsOf(model, one.known(scripts), config) : [];
  };
}

/** What is found in the end, and what was repaired before; a text that was no UTF-8 would not be written as it was. */
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

/** A byte order mark stays, since places count it. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function logTo(io: Io, name: string): NonNullable<Beside['log']> {
  return (message, error) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.err(`drydock: ${name}: ${message}: ${reason}\n`);
  };
}

function failed(name: string, error: string): FileReport {
  return { path: name, text: '', lines: fileLines(''), findings: [], fixed: 0, error };
}
