/** Whole arrays of the JSON form. */
import type { StartCommand } from '../../reference/start-commands.ts';
import { shells, type WordInfo } from '../../reference/words.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Outside } from '../outside.ts';
import { startable } from '../startable.ts';
import { isWindowsStage } from './base.ts';
import { asSnippet, plain, type Completion } from './item.ts';
import { filesFor } from './json-files.ts';
import type { JsonPlace } from './json-place.ts';
import { atKeyword, type Place } from './place.ts';

/** Whole arrays, if none has been started. */
export async function arrays(place: Place, outside: Outside): Promise<readonly Completion[]> {
  const { instruction, typed, word, inComment, inHeredoc } = place;
  if (instruction === undefined || inComment || inHeredoc || atKeyword(place)) return [];
  if (!/^[\w./-]*$/.test(typed) || typed.startsWith('-')) return [];
  if (instruction.words.some(({ span }) => span.start !== word.start)) return [];
  const isStartInstruction = instruction.kind === 'CMD' || instruction.kind === 'ENTRYPOINT';
  if (typed !== '' && !isStartInstruction) return [];
  const bodies = await bodiesFor(place, instruction, outside);
  // Typing the program offers the exec form.
  return bodies.map((body) => ({
    ...asArray(body, word, ''),
    ...(isStartInstruction && { filter: body.words.join(' ') }),
  }));
}

/** Whole arrays instead of the array at the cursor, which they complete. */
export async function arraysAt(
  place: Place,
  { array, before }: JsonPlace,
  outside: Outside,
): Promise<readonly Completion[]> {
  const { document, instruction, offset } = place;
  // Editors accept single-line edits only.
  const existingText = document.text.slice(array.start, offset);
  if (instruction === undefined || existingText.includes('\n')) return [];
  if (before.length > 0 && instruction.kind !== 'SHELL') return [];
  const behind = /^"?[ \t]*\]?/.exec(document.text.slice(offset, offset + 50))?.[0] ?? '';
  const bodies = await bodiesFor(place, instruction, outside);
  const fitting = bodies.filter(({ words: all }) => before.every((one, i) => all[i] === one));
  return fitting.map((body) => asArray(body, array, behind));
}

/** The shells, those of the system first. */
function shellsFor({ document }: Place, instruction: Instruction): readonly WordInfo[] {
  const stage = document.model.stageOf(instruction);
  if (!isWindowsStage(stage, document.tree.escape)) return shells;
  const isWindows = ({ name }: WordInfo): boolean => /powershell|pwsh|cmd/.test(name);
  return [...shells.filter(isWindows), ...shells.filter((one) => !isWindows(one))];
}

async function bodiesFor(
  place: Place,
  instruction: Instruction,
  outside: Outside,
): Promise<readonly Body[]> {
  switch (instruction.kind) {
    case 'SHELL':
      return shellsFor(place, instruction).map(({ name, documentation }) => ({
        words: JSON.parse(name) as readonly string[],
        markdown: () => t(documentation),
      }));
    case 'VOLUME':
      return [{ words: ['/data'], placeholders: [0] }];
    case 'COPY':
    case 'ADD':
      return [{ words: ['source', 'target'], placeholders: [0, 1] }];
    case 'CMD':
    case 'ENTRYPOINT':
      return startArrays(place, instruction, outside);
    case 'RUN':
      return [{ words: ['program', 'argument'], placeholders: [0, 1] }];
    default:
      return [];
  }
}

interface Body {
  readonly words: readonly string[];
  /** The indexes of placeholders. */
  readonly placeholders?: readonly number[];
  readonly markdown?: () => string;
}

async function startArrays(
  place: Place,
  instruction: Instruction,
  outside: Outside,
): Promise<readonly Body[]> {
  const available = startable(place.document.model, instruction);
  const found: Body[] = available.executables.map((path) => ({ words: [path] }));
  const first = instruction.kind === 'ENTRYPOINT';
  // Programs that start another program belong in ENTRYPOINT rather than CMD.
  // A shell without a command does not start anything.
  const whole = available.commands.filter(({ argv }) => argv[1] !== '-c');
  const ranked = whole.toSorted((a, b) => (first ? 1 : -1) * (rank(a) - rank(b)));
  for (const command of ranked) {
    const files = await filesFor(
      place,
      { commands: [command], available, span: place.word },
      outside,
    );
    const [known] = command.argv.includes('{file}') ? files : [];
    const file = known?.label ?? command.files?.commonName ?? '';
    const hole = known === undefined ? command.argv.indexOf('{file}') : -1;
    found.push({
      words: command.argv.map((one) => (one === '{file}' ? file : one)),
      ...(hole >= 0 && { placeholders: [hole] }),
    });
  }
  return found;
}

function rank({ argv }: StartCommand): number {
  return argv[1] === '--' ? 0 : 1;
}

/** `behind` is what the editor inserted to close the array, and is not repeated. */
function asArray(
  { words: parts, placeholders = [], markdown }: Body,
  span: Span,
  behind: string,
): Completion {
  const snippet = placeholders.length > 0;
  const quoted = parts.map((part) => JSON.stringify(part));
  const elementTexts = quoted.map((text, index) => {
    const hole = placeholders.indexOf(index);
    if (!snippet) return text;
    const safe = asSnippet(text.slice(1, -1));
    return hole < 0 ? `"${safe}"` : `"\${${hole + 1}:${safe}}"`;
  });
  const all = `[${elementTexts.join(', ')}]`;
  return {
    ...plain(`[${quoted.join(', ')}]`, span, { kind: 'snippet', ...(markdown && { markdown }) }),
    insert: all.slice(0, all.length - existingLength(all, behind)),
    snippet,
  };
}

/** The length of the end that exists already. After a single quote, no bracket can be inserted. */
function existingLength(all: string, behind: string): number {
  if (behind === '"') return 2;
  return all.endsWith(behind) ? behind.length : 0;
}
