import { heredocMark } from '../heredoc.ts';
import type {
  Assign,
  Copy,
  From,
  Instruction,
  OnBuild,
  Plain,
  Start,
  SyntaxTrouble,
} from '../tree.ts';
import { checkFlags } from './flags.ts';
import { checkHealthCheck } from './health-check.ts';
import { checkRun } from './run.ts';
import { keywordOf, trouble } from './trouble.ts';

/** BuildKit instructions/parse.go, parseFrom and parseBuildStageName. */
function* checkFrom({ words, image, as, name, keyword }: From): Iterable<SyntaxTrouble> {
  if (words.length !== 1 && !(words.length === 3 && as)) {
    const last = words.at(-1);
    const first = words.length > 3 && as ? words[3] : words[1];
    const span = first && last ? { start: first.span.start, end: last.span.end } : keyword.span;
    yield { code: 'from-arguments', values: [String(words.length)], span };
  } else if (name && !/^[a-z][a-z0-9\-_.]*$/.test(name.raw.toLowerCase())) {
    yield trouble('stage-name', name, name.raw);
  }
  if (image?.text === '') yield trouble('blank-image', image, image.raw);
}

/** BuildKit instructions/parse.go, parseSourcesAndDest; convert.go for `--from`. */
function* checkCopy({ words, flags, keyword, kind, json }: Copy): Iterable<SyntaxTrouble> {
  const last = words.at(-1);
  if (words.length < 2) yield trouble('no-target', last ?? keyword, kind);
  else if (last && !json && heredocMark(last.raw)) yield trouble('heredoc-target', last, kind);
  for (const { name, value } of flags) {
    if (kind === 'COPY' && name.text === 'from' && value?.text.includes('$')) {
      yield trouble('from-variable', value, '--from');
    }
  }
}

/** BuildKit instructions/parse.go, parseKvps and parseArg. */
function* checkAssign({ pairs, keyword, kind }: Assign): Iterable<SyntaxTrouble> {
  if (pairs.length === 0) yield trouble('no-arguments', keyword, kind);
  for (const { key, value, span } of pairs) {
    if (key.raw === '' && value) yield { code: 'blank-name', values: [kind], span };
  }
}

function* checkShell({ command, keyword }: Start): Iterable<SyntaxTrouble> {
  if (!command) yield trouble('no-arguments', keyword, 'SHELL');
  else if (command.form === 'shell') yield trouble('not-exec-form', command, 'SHELL');
  else if (command.argv.length === 0) yield trouble('no-arguments', command, 'SHELL');
}

/** BuildKit instructions/parse.go, parseOnBuild: the trigger is looked at only when it is run. */
function* checkOnBuild({ trigger, words, keyword }: OnBuild): Iterable<SyntaxTrouble> {
  if (words.length === 0 || !trigger) yield trouble('no-arguments', keyword, 'ONBUILD');
  else if (trigger.kind === 'ONBUILD') yield trouble('onbuild-chaining', trigger.keyword);
  else if (trigger.kind === 'FROM' || trigger.kind === 'MAINTAINER') {
    yield trouble('onbuild-trigger', trigger.keyword, keywordOf(trigger));
  }
}

const single: ReadonlySet<string> = new Set(['MAINTAINER', 'STOPSIGNAL', 'USER', 'WORKDIR']);

function* checkPlain({ args, keyword, kind }: Plain): Iterable<SyntaxTrouble> {
  if (args.length === 0) {
    yield trouble(single.has(kind) ? 'no-argument' : 'no-arguments', keyword, kind);
  }
  if (kind !== 'VOLUME') return;
  for (const word of args) if (word.text.trim() === '') yield trouble('empty-volume', word);
}

function checkOwn(instruction: Instruction): Iterable<SyntaxTrouble> {
  switch (instruction.kind) {
    case 'FROM':
      return checkFrom(instruction);
    case 'COPY':
    case 'ADD':
      return checkCopy(instruction);
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return checkAssign(instruction);
    case 'SHELL':
      return checkShell(instruction);
    case 'HEALTHCHECK':
      return checkHealthCheck(instruction);
    case 'ONBUILD':
      return checkOnBuild(instruction);
    case 'RUN':
      return instruction.flags.length > 0 ? checkRun(instruction) : [];
    case 'CMD':
    case 'ENTRYPOINT':
      return [];
    case 'unknown':
      return [trouble('unknown-instruction', instruction.keyword, instruction.keyword.raw)];
    default:
      return checkPlain(instruction);
  }
}

/** Notes what BuildKit's instruction parser refuses in one instruction, whatever stands around it. */
export function checkInstruction(instruction: Instruction, errors: SyntaxTrouble[]): void {
  if (instruction.flags.length > 0) errors.push(...checkFlags(instruction));
  for (const wrong of checkOwn(instruction)) errors.push(wrong);
}
