/** Files and directories that a Dockerfile uses from its build context. */
import type { Document } from '../model/document.ts';
import { firstOf } from '../text/first-of.ts';
import type { Span } from '../text/span.ts';
import { mountOptions } from './facts.ts';

export interface ContextSource {
  readonly path: string;
  /** The path itself, without quotes. */
  readonly span: Span;
}

/** Sources of COPY, ADD and bind mounts that name a single path, with variables expanded. */
export function contextSources(document: Document): readonly ContextSource[] {
  return [copySources(document), mountSources(document)]
    .flatMap((sources) => firstOf(sources, mostSources))
    .sort((a, b) => a.span.start - b.span.start);
}

/** Of each kind, because each is looked for on the disk. */
const mostSources = 2000;

function* copySources({ model }: Document): Iterable<ContextSource> {
  for (const { flags, sources } of model.each('COPY', 'ADD')) {
    if (flags.some(({ name }) => name.text === 'from')) continue;
    for (const word of sources) {
      const path = model.expand(word)?.text;
      const quotes = /^(["']).*\1$/s.test(word.raw) ? 1 : 0;
      const { start, end } = word.span;
      // Words with escaped line breaks are longer in the text, so their span does not match.
      if (path === undefined || !isPlain(path) || word.raw.length !== end - start) continue;
      yield { path, span: { start: start + quotes, end: end - quotes } };
    }
  }
}

function* mountSources({ model }: Document): Iterable<ContextSource> {
  for (const { flags } of model.each('RUN')) {
    for (const { name, value } of flags) {
      if (name.text !== 'mount' || value?.raw.length !== value?.text.length || !value) continue;
      const parts = mountOptions(value.raw, value.span.start);
      const type = parts.find(({ key }) => key === 'type')?.value ?? 'bind';
      if (type !== 'bind' || parts.some(({ key }) => key === 'from')) continue;
      const source = parts.find(({ key }) => key === 'source' || key === 'src');
      if (source?.value === undefined || !isPlain(source.value)) continue;
      yield { path: source.value, span: { start: source.valueStart, end: source.end } };
    }
  }
}

/** Whether a path is a single path within the build context. */
function isPlain(path: string): boolean {
  return path !== '' && !/[*?[\]$\\]|:\/\/|^git@|(?:^|\/)\.\.(?:\/|$)/.test(path);
}
