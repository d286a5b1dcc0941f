/** What the instructions of a file read from its build context. */
import { mountFields } from '../syntax/check/mount.ts';
import { remoteKind } from '../syntax/remote-source.ts';
import type { Copy, Run, Word } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
import { expandWord } from './expanded-words.ts';
import type { Model } from './model.ts';
import { ModelCache } from './reads.ts';

export interface ContextNeed {
  readonly instruction: Copy | Run;
  /** A path or pattern in the context, with variables expanded. */
  readonly source: string;
  /** The path itself, without quotes; the flag if a mount has no source. */
  readonly span: Span;
  /** Whether it contains variables, so that a build argument may change it. */
  readonly isVariable: boolean;
  /** Whether the file is mounted and not copied; wildcards are then ordinary characters. */
  readonly isMount: boolean;
  /** Whether directories above the source are copied, too (`--parents`). */
  readonly hasParents: boolean;
  /** Patterns of what is not copied (`--exclude`). */
  readonly exclude: readonly string[];
}

export interface ContextNeeds {
  /** In document order. */
  readonly needs: readonly ContextNeed[];
  /** False if a source depends on a build argument without a default, or if another frontend reads the file. */
  readonly isComplete: boolean;
}

const cache = new ModelCache<Model, ContextNeeds>();

/** Sources of COPY, ADD and bind mounts that are neither remote nor from a stage or image, in all stages; computed once. */
export function contextNeeds(model: Model): ContextNeeds {
  return cache.of(model, readNeeds);
}

function readNeeds(model: Model): ContextNeeds {
  if (model.source.directives.length > 0 && hasOtherFrontend(model))
    return { needs: [], isComplete: false };
  const needs: ContextNeed[] = [];
  let isComplete = true;
  for (const one of model.each('COPY', 'ADD', 'RUN')) {
    if (one.onbuild === true) continue;
    if (one.kind !== 'RUN') isComplete = addSources(model, one, needs) && isComplete;
    else if (one.flags.length > 0) for (const need of mounts(one)) needs.push(need);
  }
  return { needs, isComplete };
}

/** Adds the sources of an instruction; false if one is not known. */
function addSources(model: Model, copy: Copy, needs: ContextNeed[]): boolean {
  const { flags } = copy;
  let how = plainCopy;
  if (flags.length > 0) {
    if (flags.some(({ name }) => name.text === 'from')) return true;
    how = { hasParents: hasParents(copy), exclude: excluded(copy) };
  }
  const { hasParents: parents, exclude } = how;
  let isComplete = true;
  for (const word of copy.sources) {
    const source = sourceOf(model, word);
    if (source === undefined) isComplete = false;
    else if (remoteKind(source) === undefined)
      needs.push({
        instruction: copy,
        source,
        span: unquoted(word),
        isVariable: word.variables.length > 0,
        isMount: false,
        hasParents: parents,
        exclude,
      });
  }
  return isComplete;
}

const plainCopy: Pick<ContextNeed, 'hasParents' | 'exclude'> = { hasParents: false, exclude: [] };

function hasParents({ flags }: Copy): boolean {
  const flag = flags.find(({ name }) => name.text === 'parents');
  return flag !== undefined && !/^(?:0|f|false)$/i.test(flag.value?.text ?? 'true');
}

/** Without patterns that contain variables: versions of BuildKit differ in whether they expand them. */
function excluded({ flags }: Copy): readonly string[] {
  return flags.flatMap(({ name, value }) =>
    name.text === 'exclude' && value !== undefined && !value.raw.includes('$') ? [value.text] : [],
  );
}

/** Only the frontends of Docker are known to read Dockerfiles. */
function hasOtherFrontend({ source }: Model): boolean {
  return source.directives.some(
    ({ name, value }) =>
      name === 'syntax' &&
      !/^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(value.trim()),
  );
}

/** Undefined if it is not known: it depends on a build argument without a default, or is not valid. */
function sourceOf(model: Model, word: Word): string | undefined {
  if (word.variables.length === 0) return word.text;
  const expansion = expandWord(model, word);
  const isUnknown = word.variables.some(
    (variable) =>
      expansion?.unset.has(variable.name) === true && model.resolve(variable) !== undefined,
  );
  return isUnknown ? undefined : expansion?.text;
}

function unquoted({ raw, span: { start, end } }: Word): Span {
  const first = raw[0];
  const isQuote = first === '"' || first === "'";
  const isQuoted = isQuote && raw.length > 1 && raw.length === end - start && raw.endsWith(first);
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

function* mounts(run: Run): Iterable<ContextNeed> {
  for (const { name, value, span } of run.flags) {
    if (name.text !== 'mount' || value === undefined) continue;
    const fields = mountFields(value);
    const field = (key: string) => fields.find((one) => one.key === key);
    const type = field('type')?.value?.toLowerCase() ?? 'bind';
    if (type !== 'bind' || field('from') !== undefined) continue;
    const source = field('source');
    yield {
      instruction: run,
      source: source?.value ?? '/',
      span: source?.valueSpan ?? span,
      isVariable: (source?.value ?? '').includes('$'),
      isMount: true,
      hasParents: false,
      exclude: [],
    };
  }
}
