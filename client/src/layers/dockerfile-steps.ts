/** The instructions of a Dockerfile that become steps of an image, and whether a recorded step is one of them. */
import {
  betweenVariables,
  matchesParts,
  oneLine as sourceLine,
} from '../../../server/src/outcome/step-text.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type {
  CommandLine,
  Dockerfile,
  Instruction,
  Word,
} from '../../../server/src/syntax/tree.ts';
import { lines } from '../../../server/src/text/lines.ts';
import { slice } from '../../../server/src/text/span.ts';
import { oneLine, withoutShell, type RecordedInstruction } from './recorded-step.ts';

/** An instruction of a stage, or of a stage that it is built from. */
export interface SourceStep {
  readonly keyword: string;
  /** As written, on one line. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Whether the history records this instruction as that. */
  readonly matches: (recorded: RecordedInstruction) => boolean;
}

/** What a stage is built from, up to an image. */
export interface SourceStage {
  /** As written in FROM; it may contain variables. */
  readonly baseImage: string;
  readonly steps: readonly SourceStep[];
}

/** Longer files are not compared. */
const mostInstructions = 2000;
const mostStages = 100;

/** The stages of a Dockerfile, the last one first, since that is built by default. */
export function sourceStages(text: string): readonly SourceStage[] {
  const tree = parse(text);
  const places = lines(text);
  const stages: (SourceStage & { readonly name: string; readonly steps: SourceStep[] })[] = [];
  for (const instruction of tree.instructions.slice(0, mostInstructions)) {
    if (instruction.kind === 'FROM') {
      const image = instruction.image?.text ?? '';
      const parent = stages.findLast(({ name }) => name !== '' && name === image.toLowerCase());
      const name = instruction.name?.text.toLowerCase() ?? '';
      stages.push({
        name,
        baseImage: parent?.baseImage ?? image,
        steps: [...(parent?.steps ?? [])],
      });
      continue;
    }
    // BuildKit does not record it.
    if (instruction.kind === 'ONBUILD') continue;
    const keyword = instruction.keyword.text.toUpperCase();
    stages.at(-1)?.steps.push({
      keyword,
      text: sourceLine(instruction, tree, instruction.keyword.span.end),
      line: places.positionAt(instruction.span.start).line + 1,
      matches: matcherOf(instruction, tree),
    });
  }
  return stages.reverse().slice(0, mostStages);
}

/** The line on which the instruction with this line begins, both from 1; undefined if no instruction has it. */
export function instructionLine(text: string, line: number): number | undefined {
  const places = lines(text);
  const lineAt = (offset: number): number => places.positionAt(offset).line + 1;
  const found = parse(text).instructions.find(
    ({ span }) => lineAt(span.start) <= line && line <= lineAt(span.end),
  );
  return found && lineAt(found.span.start);
}

function matcherOf(instruction: Instruction, tree: Dockerfile): SourceStep['matches'] {
  const keyword = instruction.keyword.text.toUpperCase();
  const accepts = textMatcher(instruction, tree);
  return (recorded) => recorded.keyword === keyword && accepts(recorded.text);
}

function textMatcher(instruction: Instruction, tree: Dockerfile): (text: string) => boolean {
  switch (instruction.kind) {
    case 'RUN':
      return runMatcher(instruction, tree);
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL': {
      const written = plain(commandText(instruction.command, tree));
      return (text) => endsWithWords(plain(text), written);
    }
    // The builder records it in a format of its own.
    case 'HEALTHCHECK':
      return () => true;
    case 'EXPOSE': {
      const written = ports(instruction.words.map(({ text }) => text).join(' '));
      return (text) => written.includes('$') || ports(text) === written;
    }
    case 'ENV':
    case 'LABEL':
    case 'ARG': {
      const pairs = instruction.pairs.map(({ key, value }) =>
        value === undefined ? key.text : `${key.text}=${value.text}`,
      );
      return wildcardMatcher(plain(pairs.join(' ')));
    }
    case 'COPY':
    case 'ADD':
      return copyMatcher(instruction.words);
    case 'WORKDIR': {
      const written = plain(instruction.words.map(({ text }) => text).join(' '));
      const exact = wildcardMatcher(written);
      // The builder records the absolute path.
      return (text) => exact(plain(text)) || plain(text).endsWith(`/${written.replace(/\/$/, '')}`);
    }
    default: {
      const exact = wildcardMatcher(plain(instruction.words.map(({ text }) => text).join(' ')));
      return (text) => exact(plain(text));
    }
  }
}

function runMatcher(
  { command, heredocs }: Extract<Instruction, { kind: 'RUN' }>,
  tree: Dockerfile,
): (text: string) => boolean {
  const [heredoc] = heredocs;
  // The shell is left out of recorded steps, also if it was written.
  const written = withoutShell(oneLine(commandText(command, tree)));
  if (heredoc === undefined) return (text) => sameCommand(text, written);
  const body = oneLine(slice(tree.text, heredoc.body));
  // A heredoc without a command is a script, which the builder records alone.
  return (text) =>
    sameCommand(text, body) || text.startsWith(written.slice(0, written.indexOf('<<') + 2));
}

/** Shells other than sh are recorded before the command. */
function sameCommand(recorded: string, written: string): boolean {
  return recorded === written || (endsWithWords(recorded, written) && / [-/]\S+ $/.test(` ${recorded.slice(0, recorded.length - written.length)}`)); // prettier-ignore
}

function endsWithWords(recorded: string, written: string): boolean {
  if (!recorded.endsWith(written) || written === '') return recorded === written;
  return (
    recorded.length === written.length || recorded[recorded.length - written.length - 1] === ' '
  );
}

function commandText(command: CommandLine | undefined, { escape }: Dockerfile): string {
  if (command === undefined) return '';
  if (command.form === 'exec') return command.argv.map(({ text }) => text).join(' ');
  return command.script.text.replaceAll(new RegExp(`\\${escape}[ \\t]*\\r?\\n`, 'g'), '');
}

/** The classic builder records a digest instead of the sources; flags are recorded by newer builders only. */
function copyMatcher(words: readonly Word[]): (text: string) => boolean {
  const written = plain(words.map(({ text }) => text).join(' '));
  const target = wildcardMatcher(plain(words.at(-1)?.text ?? ''));
  const all = wildcardMatcher(written);
  return (text) => {
    const digest = /^(?:--\S*?)?(?:file|dir|multi):[0-9a-f]{64} in (.*)$/.exec(plain(text));
    if (digest !== null) return target(digest[1] ?? '');
    return all(text.replace(/^(?:--[a-z]+(?:=\S*)? )+/, ''));
  };
}

/** Without quotes, and without the brackets and commas of arrays. */
function plain(text: string): string {
  return oneLine(
    text
      .replace(/["'\\]/g, '')
      .replace(/^\[|\]$/g, '')
      .replace(/, /g, ' '),
  );
}

function ports(text: string): string {
  const found = text.replace(/^map|[[\]"]|:\{\}|\/tcp/g, '').split(' ');
  return found.sort().join(' ');
}

/** Compares with a text in which each variable stands for any text. */
function wildcardMatcher(written: string): (text: string) => boolean {
  const pattern = { parts: betweenVariables(written), isOpen: false };
  return (recorded) => matchesParts(plain(recorded), pattern);
}
