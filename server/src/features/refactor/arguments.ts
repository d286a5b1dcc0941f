/** A version as a build argument with a default. */
import type { Document } from '../../model/document.ts';
import { image } from '../../images/image.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { From, Instruction, Run } from '../../syntax/tree.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import { contains, slice, span, type Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { quoteAt } from './quoting.ts';
import { above, indentOf, instructionsAt, newlineOf, type Refactoring } from './refactoring.ts';

/** The tag of an image, or a version in a RUN, at the place. */
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
  /** It is declared above this. */
  readonly user: Instruction;
}

function asArgument(document: Document, { name, value, places, user }: Argument): Refactoring {
  const { text } = document;
  const line = `${indentOf(text, user)}ARG ${name}=${value}${newlineOf(text)}`;
  const edits: Edit[] = [
    insert(above(document, user), line),
    ...places.map((one) => replace(one, `\${${name}}`)),
  ];
  const title = t('Make `{0}` the build argument `{1}`', value, name);
  return { title, kind: 'refactor.extract', edits };
}

/** The same tag of the same image goes with it, wherever a stage begins with it. */
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
  return [asArgument(document, { name, value, places, user: first.from })];
}

function tagOf({
  image: word,
}: From):
  { readonly repository: string; readonly value: string; readonly place: Span } | undefined {
  if (!word || word.variables.length > 0 || word.raw !== word.text) return undefined;
  if (word.span.end - word.span.start !== word.text.length) return undefined;
  const named = image(word.text);
  if (named?.tag === undefined || named.digest !== undefined) return undefined;
  const place = span(word.span.end - named.tag.length, word.span.end);
  return { repository: named.repository, value: named.tag, place };
}

/** The image stays the same; the commands of the RUN see one more variable, of a name that the file does not know. */
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
  return [asArgument(document, { name, value: found.value, places, user: run })];
}

interface Used {
  readonly word: ShellWord;
  readonly command: string;
}

function wordsOf({ model }: Document, run: Run): readonly Used[] {
  const seen = new Set<number>();
  return model
    .commands()
    .filter((met) => met.run === run && met.via !== 'nested')
    .flatMap(({ command }) =>
      [...command.assignments, ...command.args].map((word) => ({
        word,
        command: nameOf(command) ?? '',
      })),
    )
    .filter(({ word }) => seen.size < seen.add(word.span.start).size);
}

/** Where a version is in a word, and what it is the version of. */
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
    return { value, of: thingIn(word, value) };
  }
  return undefined;
}

const nothing = /^(?:v|download|downloads|releases|release|tags|tag|archive|dist|https?)$/i;

/** `node` of `…/v22.1.0/node-v22.1.0.tar.gz`. */
function thingIn(word: string, value: string): string | undefined {
  const around = word.split(value);
  for (let i = around.length - 2; i >= 0; i--) {
    const name = /([A-Za-z][A-Za-z_-]*?)[-_/@:]?v?$/.exec(around[i] ?? '')?.[1];
    if (name !== undefined && !nothing.test(name)) return name;
  }
  return undefined;
}

/** Where a value stands in a word and a variable would be put in. */
function occurrences(text: string, place: Span, value: string): readonly Span[] {
  const word = slice(text, place);
  const found: Span[] = [];
  for (let at = word.indexOf(value); at >= 0; at = word.indexOf(value, at + value.length)) {
    const before = word.charAt(at - 1);
    const after = word.charAt(at + value.length);
    if (/[\d.\\]/.test(before) || /\d/.test(after) || quoteAt(word, at) === "'") continue;
    found.push(span(place.start + at, place.start + at + value.length));
  }
  return found;
}

/** In capitals, and nowhere in the file. */
function freeName({ text }: Document, wanted: string): string {
  const name = wanted
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+/, '')
    .replace(/^(?=\d)/, 'V');
  let free = name;
  for (let i = 2; new RegExp(`\\b${free}\\b`).test(text); i++) free = `${name}_${String(i)}`;
  return free;
}
