/** What BuildKit's instruction parser refuses in one instruction, independent of the other instructions. */
import { parseHeredocOpener } from '../heredoc.ts';
import type { Copy, From, OnBuild, Plain, Start } from '../tree.ts';
import { trouble, type SyntaxTrouble } from '../trouble.ts';
import { keywordOf } from './word-parts.ts';

type Errors = SyntaxTrouble[];

/** BuildKit instructions/parse.go, parseFrom and parseBuildStageName. */
export function checkFrom(instruction: From, errors: Errors): void {
  const { words, image, as, name, keyword } = instruction;
  if (words.length !== 1 && !(words.length === 3 && as)) {
    const last = words.at(-1);
    const first = words.length > 3 && as ? words[3] : words[1];
    const span = first && last ? { start: first.span.start, end: last.span.end } : keyword.span;
    errors.push(trouble('from-arguments', { span }, String(words.length)));
  } else if (name && !/^[a-z][a-z0-9\-_.]*$/.test(name.raw.toLowerCase())) {
    errors.push(trouble('stage-name', name, name.raw));
  }
  if (image?.text === '') errors.push(trouble('empty-image', image, image.raw));
}

/** BuildKit instructions/parse.go, parseSourcesAndDest. */
export function checkCopy({ words, keyword, kind, json }: Copy, errors: Errors): void {
  const last = words[words.length - 1];
  if (last === undefined || words.length < 2)
    errors.push(trouble('no-target', last ?? keyword, kind));
  else if (last.raw.includes('<<') && !json && parseHeredocOpener(last.raw))
    errors.push(trouble('heredoc-target', last, kind));
}

export function checkShell(instruction: Start, errors: Errors): void {
  const { command, keyword } = instruction;
  if (!command) errors.push(trouble('no-arguments', keyword, 'SHELL'));
  else if (command.form === 'shell') errors.push(trouble('not-exec-form', command, 'SHELL'));
  else if (command.argv.length === 0) errors.push(trouble('no-arguments', command, 'SHELL'));
}

/** BuildKit instructions/parse.go, parseOnBuild. BuildKit checks the trigger itself only when it runs. */
export function checkOnBuild(instruction: OnBuild, errors: Errors): void {
  const { trigger, words, keyword } = instruction;
  if (words.length === 0 || !trigger) errors.push(trouble('no-arguments', keyword, 'ONBUILD'));
  else if (trigger.kind === 'ONBUILD') errors.push(trouble('nested-onbuild', trigger.keyword));
  else if (trigger.kind === 'FROM' || trigger.kind === 'MAINTAINER') {
    errors.push(trouble('onbuild-trigger', trigger.keyword, keywordOf(trigger)));
  }
}

const kindsWithOneArgument: ReadonlySet<string> = new Set([
  'MAINTAINER',
  'STOPSIGNAL',
  'USER',
  'WORKDIR',
]);

export function checkPlain({ args, keyword, kind }: Plain, errors: Errors): void {
  if (args.length === 0) {
    errors.push(
      trouble(kindsWithOneArgument.has(kind) ? 'no-argument' : 'no-arguments', keyword, kind),
    );
  }
  if (kind !== 'VOLUME') return;
  for (const word of args) if (word.text.trim() === '') errors.push(trouble('empty-volume', word));
}
