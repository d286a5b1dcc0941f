/** Extracts a version to a build argument with a default value. */
import type { Document } from '../../model/document.ts';
import { parseImage } from '../../images/image.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { From, Instruction, Run } from '../../syntax/tree.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import { contains, slice, span, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { quotesIn } from './quoting.ts';
import {
  insertionPoint,
  indentOf,
  instructionsAt,
  newlineOf,
  type Refactoring,
} from './refactoring.ts';

/** The tag of an image, or a version in a RUN, at a place. */
export function extractArgument(document: Document, place: Span): readonly Refactoring[] {
  const [only, second] = instructionsAt(document, place);
  if (!only || second) return [];
  if (only.kind === 'FROM') return fromTag(document, only, place);
  return only.kind === 'RUN' ? fromVersion(document, only, place.start) : [];
}

interface Argument {
  readonly name: string;
  readonly value: string;
  readonly places: readonly Span[];
  /** The argument is declared above this instruction. */
  readonly user: Instruction;
}

function extraction(document: Document, { name, value, places, user }: Argument): Refactoring {
  const { text } = document;
  const line = `${indentOf(text, user)}ARG ${name}=${value}${newlineOf(text)}`;
  const edits: Edit[] = [
    insert(insertionPoint(document, user), line),
    ...places.map((one) => replace(one, `\${${name}}`)),
  ];
  const title = t('Extract `{0}` to `ARG {1}`', value, name);
  return { title, kind: 'refactor.extract', edits };
}

/** Replaces the same tag of the same image in all FROM instructions. */
function fromTag(document: Document, from: From, place: Span): readonly Refactoring[] {
  const { model } = document;
  const tag = tagOf(from);
  const [first] = model.stages;
  if (!tag || !first || !from.image || !contains(from.image.span, place.start)) return [];
  const { repository, value } = tag;
  const users = model.stages
    .map((stage) => stage.from)
    .filter((one) => one.image?.text === from.image?.text);
  const name = freeName(document, `${repository.slice(repository.lastIndexOf('/') + 1)}_VERSION`);
  const places = users.flatMap((one) => tagOf(one)?.place ?? []);
  return [extraction(document, { name, value, places, user: first.from })];
}

function tagOf({
  image: word,
}: From):
  { readonly repository: string; readonly value: string; readonly place: Span } | undefined {
  if (!word || word.variables.length > 0 || word.raw !== word.text) return undefined;
  if (word.span.end - word.span.start !== word.text.length) return undefined;
  const parsedImage = parseImage(word.text);
  if (parsedImage?.tag === undefined || parsedImage.digest !== undefined) return undefined;
  const place = span(word.span.end - parsedImage.tag.length, word.span.end);
  return { repository: parsedImage.repository, value: parsedImage.tag, place };
}

/** The image stays the same; the commands of the RUN get one more variable, whose name is not used in the file. */
function fromVersion(document: Document, run: Run, offset: number): readonly Refactoring[] {
  const { model, text } = document;
  const { dialect } = model.stateAt(run).shell;
  if (run.command?.form !== 'shell' || (dialect !== 'sh' && dialect !== 'bash')) return [];
  const words = wordsOf(document, run);
  const here = words.find(({ word }) => contains(word.span, offset));
  const found = here && versionAt(slice(text, here.word.span), offset - here.word.span.start);
  if (!here || !found) return [];
  const places = words.flatMap(({ word }) => occurrences(text, word.span, found.value));
  if (!places.some((one) => contains(one, offset))) return [];
  const name = freeName(document, `${found.of ?? here.command}_VERSION`);
  return [extraction(document, { name, value: found.value, places, user: run })];
}

interface UsedWord {
  readonly word: ShellWord;
  readonly command: string;
}

function wordsOf({ model }: Document, run: Run): readonly UsedWord[] {
  const seen = new Set<number>();
  return model
    .commandsIn(run)
    .filter(({ via }) => via !== 'nested')
    .flatMap(({ command }) =>
      [...command.assignments, ...command.args].map((word) => ({
        word,
        command: nameOf(command) ?? '',
      })),
    )
    .filter(({ word }) => seen.size < seen.add(word.span.start).size);
}

/** The version in a word, and the name of what has this version. */
function versionAt(
  word: string,
  offset: number,
): { readonly value: string; readonly of: string | undefined } | undefined {
  const pinned =
    /^["']?(?:@[\w.-]+\/)?([\w.+-]+?)(?:\[[\w,]+\])?(?:==|=|@|~=)([\w.+~:-]*\d[\w.+~:-]*)["']?$/.exec(
      word,
    );
  if (pinned?.[2] !== undefined && !word.startsWith('-'))
    return { value: pinned[2], of: pinned[1] };
  for (const { 0: value, index } of word.matchAll(/\d+(?:\.\d+)+/g)) {
    if (index > offset || offset > index + value.length) continue;
    return { value, of: productName(word, value) };
  }
  return undefined;
}

const genericWords = /^(?:v|download|downloads|releases|release|tags|tag|archive|dist|https?)$/i;

/** `node` of `…/v22.1.0/node-v22.1.0.tar.gz`. */
function productName(word: string, value: string): string | undefined {
  const parts = word.split(value);
  for (let i = parts.length - 2; i >= 0; i--) {
    const name = /([A-Za-z][A-Za-z_-]*?)[-_/@:]?v?$/.exec(parts[i] ?? '')?.[1];
    if (name !== undefined && !genericWords.test(name)) return name;
  }
  return undefined;
}

/** The places of a value in a word where a variable would be expanded. */
function occurrences(text: string, place: Span, value: string): readonly Span[] {
  const word = slice(text, place);
  const found: Span[] = [];
  const quotes = quotesIn(word);
  for (let at = word.indexOf(value); at >= 0; at = word.indexOf(value, at + value.length)) {
    const before = word.charAt(at - 1);
    const after = word.charAt(at + value.length);
    if (/[\d.\\]/.test(before) || /\d/.test(after) || quotes(at) === "'") continue;
    found.push(span(place.start + at, place.start + at + value.length));
  }
  return found;
}

/** An uppercase name that is not used in the file. */
function freeName({ text }: Document, preferred: string): string {
  const name = preferred
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+/, '')
    .replace(/^(?=\d)/, 'V');
  const used = new Set(text.match(/\w+/g));
  let free = name;
  for (let i = 2; used.has(free); i++) free = `${name}_${String(i)}`;
  return free;
}
