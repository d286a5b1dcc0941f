/** What a file takes from its build context, by plain paths. */
import type { Document } from '../model/document.ts';
import type { Span } from '../text/span.ts';
import { mountParts } from './facts.ts';

export interface ContextSource {
  readonly path: string;
  /** The path itself, without quotes. */
  readonly span: Span;
}

/** Sources of COPY, ADD and bind mounts that name one thing, with the values of variables put in. */
export function contextSources(document: Document): readonly ContextSource[] {
  return [...copied(document), ...mounted(document)].sort((a, b) => a.span.start - b.span.start);
}

function* copied({ model }: Document): Iterable<ContextSource> {
  for (const { flags, sources } of model.each('COPY', 'ADD')) {
    if (flags.some(({ name }) => name.text === 'from')) continue;
    for (const word of sources) {
      const path = model.expand(word)?.text;
      const quotes = /^(["']).*\1$/s.test(word.raw) ? 1 : 0;
      const { start, end } = word.span;
      // Words with escaped line breaks in them are longer than they look.
      if (path === undefined || !isPlain(path) || word.raw.length !== end - start) continue;
      yield { path, span: { start: start + quotes, end: end - quotes } };
    }
  }
}

function* mounted({ model }: Document): Iterable<ContextSource> {
  for (const { flags } of model.each('RUN')) {
    for (const { name, value } of flags) {
      if (name.text !== 'mount' || value?.raw.length !== value?.text.length || !value) continue;
      const parts = mountParts(value.raw, value.span.start);
      const type = parts.find(({ key }) => key === 'type')?.value ?? 'bind';
      if (type !== 'bind' || parts.some(({ key }) => key === 'from')) continue;
      const source = parts.find(({ key }) => key === 'source' || key === 'src');
      if (source?.value === undefined || !isPlain(source.value)) continue;
      yield { path: source.value, span: { start: source.valueStart, end: source.end } };
    }
  }
}

/** One path, and none that leads elsewhere. */
function isPlain(path: string): boolean {
  return path !== '' && !/[*?[\]$\\]|:\/\/|^git@|(?:^|\/)\.\.(?:\/|$)/.test(path);
}
