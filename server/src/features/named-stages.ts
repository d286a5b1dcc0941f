/** The stages that a FROM or `from=` with variables may mean. */
import type { Document } from '../model/document.ts';
import type { Stage } from '../model/model.ts';
import type { From, Word } from '../syntax/tree.ts';
import { contains } from '../text/span.ts';

/** The stages that the image of a FROM may name, if it contains variables and a place is in it. */
export function stagesOfPattern(document: Document, offset: number): readonly Stage[] {
  const stage = document.model.stages.find(
    ({ from: { image } }) => image !== undefined && contains(image.span, offset),
  );
  return stage ? stagesNamedBy(document, stage.from) : [];
}

/** The earlier stages that the image of a FROM names for some value of its variables; none if it has no variable. */
export function stagesNamedBy({ model }: Document, from: From): readonly Stage[] {
  const { image } = from;
  if (image === undefined || image.variables.length === 0) return [];
  const index = model.stages.findIndex((stage) => stage.from === from);
  const earlier = model.stages
    .slice(0, Math.max(index, 0))
    .filter(({ name }) => name !== undefined);
  const matches = patternOf(image);
  // A variable alone can be any image; it names a stage if its default does.
  if (matches === undefined) {
    const base = model.stages[index]?.base;
    const isUnset = model.stages[index]?.image === undefined;
    return base?.kind === 'stage' || isUnset ? earlier : [];
  }
  return earlier.filter(({ name = '' }) => matches(name.toLowerCase()));
}

/** Whether the image of a FROM, which contains variables and other text, may be a name. */
export function couldName(image: Word | undefined, name: string): boolean {
  return image !== undefined && patternOf(image)?.(name) === true;
}

/** Whether a name consists of the literal parts of a word in their order; undefined if there are none. */
function patternOf({ raw, variables }: Word): ((name: string) => boolean) | undefined {
  if (variables.length === 0) return undefined;
  const parts = raw
    .replace(/^["']|["']$/g, '')
    .split(/\$\{[^}]*\}|\$\w+/)
    .map((part) => part.toLowerCase());
  if (parts.every((part) => part === '')) return undefined;
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    if (name.length < first.length + last.length) return false;
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  };
}
