/** Document links: pages of images and rules, and URLs. */
import type { Document } from '../model/document.ts';
import { rulesNamed } from '../lint/rule-names.ts';
import type { PageAddress } from '../lint/page.ts';
import type { Registered } from '../lint/rule.ts';
import { parseImage } from '../images/image.ts';
import { downloaders } from '../programs/downloaders.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import type { Dockerfile, Run, Word } from '../syntax/tree.ts';
import { firstOf } from '../text/first-of.ts';
import type { Node, Span } from '../text/span.ts';
import type { Context } from './outside.ts';
import { contextSources } from './context-sources.ts';
import { ignoreComment } from '../lint/ignore-comment.ts';
import { imagePage } from './registries.ts';

export interface Link extends Node {
  /** An HTTP or file URL. */
  readonly target: string;
}

/** Links to existing files of the build context that the Dockerfile names. */
export async function fileLinks(document: Document, context: Context): Promise<readonly Link[]> {
  const sources = contextSources(document);
  const paths = sources.map(({ path }) => path);
  const found = await Promise.all(
    sources.map(async ({ span, path }): Promise<Link | undefined> => {
      const target = await context.find(document.uri, path, paths);
      return target === undefined ? undefined : { span, target };
    }),
  );
  return found.filter((link) => link !== undefined);
}

/** Sorted, without overlap. */
export function links(
  document: Document,
  rules: readonly Registered[],
  rulePage: PageAddress,
): readonly Link[] {
  const found = [
    imageLinks(document),
    addLinks(document),
    downloadLinks(document),
    ruleLinks(document, rules, rulePage),
    commentLinks(document),
  ].flatMap((links) => firstOf(links, mostLinks));
  found.sort((a, b) => a.span.start - b.span.start);
  let end = 0;
  return found.filter(({ span }) => {
    const isFree = span.start >= end && span.end > span.start;
    if (isFree) end = span.end;
    return isFree;
  });
}

/** Of each kind, and of scripts that are read; a long file has some dozen. */
const mostLinks = 5000;

function* imageLinks({ model, tree }: Document): Iterable<Link> {
  for (const { from, base } of model.stages) {
    const page = base?.kind === 'image' ? imagePage(base) : undefined;
    if (page !== undefined && from.image) yield { span: from.image.span, target: page };
  }
  for (const { span, to } of model.references()) {
    const page = to?.kind === 'image' ? imagePage(to) : undefined;
    if (page !== undefined) yield { span, target: page };
  }
  for (const { name, value, valueSpan } of tree.directives) {
    const frontend = name === 'syntax' ? parseImage(value) : undefined;
    const page = frontend && imagePage(frontend);
    if (page !== undefined) yield { span: valueSpan, target: page };
  }
}

/** Sources of ADD, with default values of variables. */
function* addLinks({ model }: Document): Iterable<Link> {
  for (const { sources } of model.each('ADD')) {
    for (const word of sources) {
      if (!/^["']?https?:/i.test(word.raw)) continue;
      const target = completeUrl(model.expand(word)?.text ?? '');
      if (target !== undefined) yield { span: unquotedSpan(word), target };
    }
  }
}

/** Arguments of curl and wget; the values of shell variables are not known. */
function* downloadLinks(document: Document): Iterable<Link> {
  // Scripts without links are read too, so their number is limited as well.
  for (const run of firstOf(runsWithAddress(document), mostLinks))
    for (const { command } of document.model.commandsOf(run, ...downloaders))
      yield* argumentLinks(command);
}

function* argumentLinks({ args }: Command): Iterable<Link> {
  for (const word of args) {
    if (word.variables.length > 0 || word.scripts.length > 0) continue;
    const target = completeUrl(word.text);
    if (target !== undefined) yield { span: unquotedSpan(word), target };
  }
}

/** Most scripts contain no address and need not be read. */
function* runsWithAddress({ model, text }: Document): Iterable<Run> {
  const address = /http/gi;
  for (const run of model.each('RUN')) {
    const { start, end } = run.span;
    if (address.lastIndex <= start) {
      address.lastIndex = start;
      if (!address.test(text)) return;
    }
    if (address.lastIndex <= end) yield run;
  }
}

function* ruleLinks(
  { tree }: Document,
  rules: readonly Registered[],
  rulePage: PageAddress,
): Iterable<Link> {
  for (const { span } of tree.directives) yield* linksInIgnoreComment(tree, span, rules, rulePage);
  for (const { span } of tree.comments) yield* linksInIgnoreComment(tree, span, rules, rulePage);
}

function* linksInIgnoreComment(
  tree: Dockerfile,
  place: Span,
  rules: readonly Registered[],
  rulePage: PageAddress,
): Iterable<Link> {
  for (const { name, span } of ignoreComment(tree, place)?.names ?? []) {
    const [registered] = rulesNamed(name, rules);
    const target = registered && rulePage(registered.id);
    if (target !== undefined) yield { span, target };
  }
}

function* commentLinks({ tree }: Document): Iterable<Link> {
  for (const { span, text } of tree.comments) {
    const at = span.end - text.length;
    for (const { 0: written, index } of text.matchAll(/https?:\/\/[^\s<>"'`]+/gi)) {
      const target = withoutPunctuation(written);
      if (completeUrl(target) === undefined) continue;
      yield { span: { start: at + index, end: at + index + target.length }, target };
    }
  }
}

/** Without trailing punctuation, and without a closing bracket that is not part of the URL. */
function withoutPunctuation(url: string): string {
  const counts = new Map<string, number>();
  for (const character of url) counts.set(character, (counts.get(character) ?? 0) + 1);
  let end = url.length;
  for (; end > 0; end--) {
    const last = url.charAt(end - 1);
    const opener = { ')': '(', ']': '[' }[last];
    const count = counts.get(last) ?? 0;
    const isUnopened = opener !== undefined && (counts.get(opener) ?? 0) < count;
    if (!isUnopened && !/[.,;:!?}*]/.test(last)) break;
    counts.set(last, count - 1);
  }
  return url.slice(0, end);
}

/** The text if it is a complete URL. */
function completeUrl(text: string): string | undefined {
  return /^https?:\/\/[^\s/$]+[^\s]*$/i.test(text) ? text : undefined;
}

function unquotedSpan({ span, raw }: Word | ShellWord): Span {
  const quoted = /^(["']).*\1$/s.test(raw) && raw.length === span.end - span.start;
  return quoted && raw.length > 1 ? { start: span.start + 1, end: span.end - 1 } : span;
}
