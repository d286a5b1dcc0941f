/** The JSON form of instructions: whole arrays, and the next element of an array. */
import { commandLine } from '../../reference/command-lines.ts';
import { commonPrograms, type StartCommand } from '../../reference/start-commands.ts';
import { shells } from '../../reference/words.ts';
import type { Instruction, Kind } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Outside } from '../outside.ts';
import { startable, type Startable } from '../startable.ts';
import { asSnippet, plain, type Completion, type Extras } from './item.ts';
import type { JsonPlace } from './json-place.ts';
import { copyPaths, inContext } from './paths.ts';
import { atKeyword, type Place } from './place.ts';
import { directories } from './words.ts';

/** Completions at a place in an array, with missing quotes. */
export async function elements(
  place: Place,
  json: JsonPlace,
  outside: Outside,
): Promise<readonly Completion[]> {
  const { before, last, element } = json;
  const wholeArrays = last ? await arraysAt(place, json, outside) : [];
  const found = await valuesOf(place, json, outside);
  const existing = new Set(before);
  const names = new Set<string>();
  const unique = found.filter(
    ({ label }) => !existing.has(label) && !names.has(label) && names.add(label),
  );
  const { text } = place.document;
  const typed = text.slice(element.start, element.end);
  const elementItems = unique.map((item) => inQuotes(item, json, text));
  // Arrays with placeholders are less useful than known names.
  const isForm = place.instruction !== undefined && formKinds.has(place.instruction.kind);
  if (isForm) return typed === '' ? [...elementItems, ...wholeArrays] : elementItems;
  return typed === '' ? [...wholeArrays, ...elementItems] : [...elementItems, ...wholeArrays];
}

const formKinds: ReadonlySet<Kind> = new Set(['COPY', 'ADD', 'VOLUME', 'RUN']);

async function valuesOf(
  place: Place,
  json: JsonPlace,
  outside: Outside,
): Promise<readonly Completion[]> {
  const { element, before } = json;
  switch (place.instruction?.kind) {
    case 'SHELL':
      return shellElements(json);
    case 'VOLUME':
      return directories(place, element);
    case 'COPY':
    case 'ADD':
      return copyPaths(
        place,
        { span: element, first: before.length === 0, last: json.last },
        outside,
      );
    default:
      return words(place, json, outside);
  }
}

/** Adds missing quotes to an item; if completion continues, the cursor stays inside them. */
function inQuotes(
  item: Completion,
  { open, close, from, element }: JsonPlace,
  text: string,
): Completion {
  const escaped = item.insert.replace(/["\\]/g, '\\$&');
  const prefix = open === '' ? '' : open + text.slice(element.start, item.span.start);
  const whole = prefix + escaped;
  const keepsCursorInside = item.triggersCompletion === true && close !== '';
  return {
    ...item,
    span: { start: open === '' ? item.span.start : from, end: item.span.end },
    insert: keepsCursorInside ? `${asSnippet(whole)}$0${close}` : whole + close,
    snippet: keepsCursorInside,
    // The editor compares it with the whole replaced text.
    ...(prefix !== '' && {
      filter: text.slice(from, item.span.start) + (item.filter ?? item.label),
    }),
  };
}

/** The next element of known shells that start with the existing elements. */
function shellElements({ before, element }: JsonPlace): readonly Completion[] {
  return shells.flatMap(({ name, documentation }) => {
    const argv = JSON.parse(name) as readonly string[];
    const next = argv[before.length];
    const fits = before.every((one, index) => argv[index] === one);
    return next !== undefined && fits
      ? [plain(next, element, { markdown: () => t(documentation) })]
      : [];
  });
}

/** A program, or an argument of the program in the array. */
async function words(
  place: Place,
  json: JsonPlace,
  outside: Outside,
): Promise<readonly Completion[]> {
  const { document, instruction } = place;
  if (instruction === undefined) return [];
  const available = startable(document.model, instruction);
  const { before, element } = json;
  const [program] = before;
  if (program === undefined) {
    const hasText = document.text.slice(element.start, place.offset) !== '';
    return [
      ...programs(available, element),
      ...(hasText ? commonPrograms : []).map((name) => plain(name, element, { kind: 'command' })),
    ];
  }
  const name = program.slice(program.lastIndexOf('/') + 1);
  const known = available.commands.filter(({ argv }) => argv[0] === name);
  const usual = known.flatMap(({ argv }) => {
    const fits = before.slice(1).every((one, i) => [one, '{file}'].includes(argv[i + 1] ?? ''));
    const next = argv[before.length];
    return fits && next !== undefined && next !== '{file}' ? [plain(next, element)] : [];
  });
  const line = commandLine(name);
  const described = [
    ...(before.length === 1 ? (line?.subcommands ?? []) : []),
    ...(line?.options ?? []),
  ];
  return [
    ...(await filesFor(place, { commands: known, available, span: element }, outside)),
    ...usual,
    ...described.map((one) =>
      plain(one.name, element, { kind: 'flag', detail: t(one.documentation) }),
    ),
    ...available.files.map((path) => plain(path, element, inStage())),
  ];
}

function inStage(): Extras {
  return { kind: 'path', detail: t('in this stage') };
}

function programs(available: Startable, span: Span): readonly Completion[] {
  const byImage = available.commands.map(({ argv: [name] }) =>
    plain(name, span, { kind: 'command' }),
  );
  return [...available.executables.map((path) => plain(path, span, inStage())), ...byImage];
}

interface FileQuery {
  readonly commands: readonly StartCommand[];
  readonly available: Startable;
  readonly span: Span;
}

/**
 * Files that the programs run: files copied by name, then files of a build context that is copied as a whole; common
 * names first.
 */
async function filesFor(
  place: Place,
  { commands, available, span }: FileQuery,
  outside: Outside,
): Promise<readonly Completion[]> {
  const ends = commands.flatMap(({ files }) => files?.extensions ?? []);
  if (ends.length === 0) return [];
  const canRun = (name: string): boolean => ends.some((end) => name.endsWith(end));
  const copied = available.files.filter(canRun).map((path) => plain(path, span, inStage()));
  const below = copiesAll(place) ? await inContext(place, span, outside) : [];
  const usual = new Set(commands.map(({ files }) => files?.commonName));
  return [
    ...copied,
    ...below.filter(({ label, detail }) => canRun(label) && detail === undefined),
  ].toSorted((a, b) => Number(usual.has(b.label)) - Number(usual.has(a.label)));
}

/** Whether the stage copies the whole build context to its working directory. */
function copiesAll({ document: { model }, instruction }: Place): boolean {
  const stage = instruction && model.stageOf(instruction);
  return (stage?.instructions ?? []).some(
    (one) =>
      (one.kind === 'COPY' || one.kind === 'ADD') &&
      one.sources.some(({ text }) => text === '.' || text === './') &&
      !one.flags.some(({ name }) => name.text === 'from'),
  );
}

/** Whole arrays, if none has been started. */
export async function arrays(place: Place, outside: Outside): Promise<readonly Completion[]> {
  const { instruction, typed, word, inComment, inHeredoc } = place;
  if (instruction === undefined || inComment || inHeredoc || atKeyword(place)) return [];
  const others = instruction.words.filter(({ span }) => span.start !== word.start);
  if (!/^[\w./-]*$/.test(typed) || typed.startsWith('-') || others.length > 0) return [];
  const isStartInstruction = instruction.kind === 'CMD' || instruction.kind === 'ENTRYPOINT';
  if (typed !== '' && !isStartInstruction) return [];
  const bodies = await bodiesFor(place, instruction, outside);
  // Typing the program offers the exec form.
  return bodies.map((body) => ({
    ...asArray(body, word, ''),
    ...(isStartInstruction && { filter: body.words.join(' ') }),
  }));
}

async function arraysAt(
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

async function bodiesFor(
  place: Place,
  instruction: Instruction,
  outside: Outside,
): Promise<readonly Body[]> {
  switch (instruction.kind) {
    case 'SHELL':
      return shells.map(({ name, documentation }) => ({
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
