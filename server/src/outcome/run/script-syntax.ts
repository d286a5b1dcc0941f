/** Scripts that the shell does not understand, and variables that it does not know. */
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { bashShellFix } from '../fixes/shell.ts';
import type { FailedRun } from './context.ts';
import { shellMessage, type LineReader, type RunCause } from './reader.ts';

/** `/bin/sh: 1: Syntax error: "fi" unexpected`. */
export const scriptSyntax: LineReader = (run, line) => {
  const message = shellMessage(line);
  if (message === undefined) return undefined;
  const { text } = message;
  if (/^(?:bad substitution|Bad substitution|\$\{.*: bad substitution)/.test(text))
    return badSubstitution(run);
  const variable =
    /^([A-Za-z_]\w*): (?:parameter not set|unbound variable|parameter null or not set)/.exec(
      text,
    )?.[1];
  if (variable !== undefined) return unsetVariable(run, variable);
  if (!/syntax error|unexpected EOF|unterminated quoted string/i.test(text)) return undefined;
  const token =
    /Syntax error: "(.+?)" unexpected/.exec(text)?.[1] ??
    /syntax error near unexpected token `(.+?)'/.exec(text)?.[1] ??
    /syntax error: unexpected "(.+?)"/.exec(text)?.[1];
  return ofSyntax(run, { token, line: message.line, text });
};

interface SyntaxMessage {
  readonly token: string | undefined;
  readonly line: number | undefined;
  readonly text: string;
}

function ofSyntax(run: FailedRun, { token, line, text }: SyntaxMessage): RunCause | undefined {
  const whole = scriptSpan(run);
  if (whole === undefined) return undefined;
  const kind = 'script-syntax';
  if (token === undefined || token === 'newline') {
    const isQuote = /quote|matching [`'"]/.test(text);
    const message = isQuote
      ? t('A quote in the script is not closed')
      : t('The script ends in the middle of a command');
    return { kind, span: whole, message };
  }
  const span = tokenSpan(run, token, { whole, line }) ?? whole;
  const fix = token === '(' ? bashShellFix(run) : undefined;
  return {
    kind,
    span,
    message: t('The shell does not expect `{0}` here', token),
    fixes: fix ? [fix] : [],
  };
}

/** The script as it is written, without whitespace around it. */
export function scriptSpan({ instruction, document }: FailedRun): Span | undefined {
  const { command, heredocs } = instruction;
  const [heredoc] = heredocs;
  if (command?.form !== 'shell') return undefined;
  const place = heredoc
    ? heredoc.body
    : { start: command.script.at, end: command.script.at + command.script.text.length };
  const text = document.text.slice(place.start, place.end);
  const start = place.start + (text.length - text.trimStart().length);
  return { start, end: Math.max(start, place.start + text.trimEnd().length) };
}

/** The only place of a token outside quotes; in a heredoc that on the line that the shell names. */
export function tokenSpan(
  { document, instruction }: FailedRun,
  token: string,
  { whole, line }: { readonly whole: Span; readonly line: number | undefined },
): Span | undefined {
  const { command, heredocs } = instruction;
  const [heredoc] = heredocs;
  const source =
    heredoc || command?.form !== 'shell'
      ? document.text.slice(whole.start, whole.end)
      : command.script.text.slice(whole.start - command.script.at);
  const plain = withoutQuotes(source);
  const isWord = /^\w+$/.test(token);
  const found: Span[] = [];
  for (let at = plain.indexOf(token); at >= 0; at = plain.indexOf(token, at + 1)) {
    const isWhole =
      !isWord || (!/\w/.test(plain[at - 1] ?? ' ') && !/\w/.test(plain[at + token.length] ?? ' '));
    if (isWhole) found.push({ start: whole.start + at, end: whole.start + at + token.length });
  }
  if (found.length > 1 && heredoc && line !== undefined) {
    const first = document.lines.positionAt(heredoc.body.start).line;
    const onLine = found.filter(
      ({ start }) => document.lines.positionAt(start).line === first + line - 1,
    );
    return onLine.length === 1 ? onLine[0] : undefined;
  }
  return found.length === 1 ? found[0] : undefined;
}

/** The same text with spaces in the place of quoted texts and comments. */
function withoutQuotes(text: string): string {
  return text.replace(/'[^']*'|"(?:\\.|[^"\\])*"|\\./gs, (quoted) => ' '.repeat(quoted.length));
}

function unsetVariable(run: FailedRun, name: string): RunCause | undefined {
  const uses = run.fatal.flatMap(({ command }) =>
    [...command.args, ...command.assignments, ...(command.name ? [command.name] : [])].flatMap(
      ({ variables }) => variables,
    ),
  );
  const use =
    uses.find((one) => one.name === name) ??
    run.commands
      .flatMap(({ command }) => command.args.flatMap(({ variables }) => variables))
      .find((one) => one.name === name);
  return use && { kind: 'variable', span: use.span, message: t('Variable `{0}` is not set', name) };
}

/** An expansion that only bash has. */
function badSubstitution(run: FailedRun): RunCause | undefined {
  const whole = scriptSpan(run);
  if (whole === undefined) return undefined;
  const text = run.document.text.slice(whole.start, whole.end);
  const found = [...text.matchAll(/\$\{(?:!|\w+(?:\^|,|\/|:\d|\[|@))[^}]*\}/g)];
  const [only] = found;
  const span =
    only && found.length === 1
      ? { start: whole.start + only.index, end: whole.start + only.index + only[0].length }
      : whole;
  const fix = bashShellFix(run);
  return {
    kind: 'script-syntax',
    span,
    message: t('This shell does not support this kind of expansion'),
    fixes: fix ? [fix] : [],
  };
}
