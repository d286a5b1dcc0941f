/** Adds a command at the end of a RUN, with the same style of line breaks. */
import type { Fix } from '../rule.ts';
import type { Model } from '../../model/model.ts';
import type { Run } from '../../syntax/tree.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { lineBreak } from './lines.ts';

/** Undefined if the script is not a chain of commands with `&&`. */
export function appendCommand(model: Model, run: Run, command: string): Fix | undefined {
  const [chain, second] = model.script(run)?.statements ?? [];
  if (chain === undefined || second !== undefined || run.heredocs.length > 0) return undefined;
  const isPlain =
    chain.kind === 'command' ||
    (chain.kind === 'chain' && chain.operators.every(({ text }) => text === '&&'));
  if (!isPlain) return undefined;
  const text = model.tree.text.slice(run.span.start, chain.span.end);
  const { escape } = model.tree;
  const leading = [...text.matchAll(/\n([ \t]*)&&/g)].at(-1)?.[1];
  const trailing = [...text.matchAll(/&&\s*[\\`]\r?\n([ \t]*)/g)].at(-1)?.[1];
  const brokenOff = ` ${escape}${lineBreak(model)}`;
  const joined =
    leading !== undefined
      ? `${brokenOff}${leading}&& ${command}`
      : trailing !== undefined
        ? ` &&${brokenOff}${trailing}${command}`
        : text.includes('\n')
          ? `${brokenOff}${leastIndented(text)}&& ${command}`
          : ` && ${command}`;
  return { title: t('Add `{0}`', command), edits: [insert(chain.span.end, joined)] };
}

/** The shortest indentation of the lines after the first, without comments and empty lines. */
function leastIndented(text: string): string {
  const indents = [...text.matchAll(/\n([ \t]*)(?=[^\s#])/g)].map(([, indent = '']) => indent);
  return indents.reduce(
    (least, one) => (one.length < least.length ? one : least),
    indents[0] ?? '',
  );
}
