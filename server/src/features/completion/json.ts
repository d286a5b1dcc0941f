/** The JSON form of instructions: the next element of an array. */
import { commandLine } from '../../reference/command-lines.ts';
import { commonPrograms } from '../../reference/start-commands.ts';
import { shells } from '../../reference/words.ts';
import type { Kind } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Outside } from '../outside.ts';
import { startable, type Startable } from '../startable.ts';
import { asSnippet, plain, type Completion } from './item.ts';
import { arraysAt } from './json-arrays.ts';
import { filesFor, inStage } from './json-files.ts';
import type { JsonPlace } from './json-place.ts';
import { copyPaths } from './paths.ts';
import type { Place } from './place.ts';
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

function programs(available: Startable, span: Span): readonly Completion[] {
  const byImage = available.commands.map(({ argv: [name] }) =>
    plain(name, span, { kind: 'command' }),
  );
  return [...available.executables.map((path) => plain(path, span, inStage())), ...byImage];
}
