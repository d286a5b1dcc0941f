/** The stages that a FROM or `from=` with variables may mean. */
import type { Document } from '../model/document.ts';
import type { Stage } from '../model/model.ts';
import type { From, Word } from '../syntax/tree.ts';
import { contains, encloses, slice, type Span } from '../text/span.ts';

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

/**
 * Where the name of a stage is the default of the ARG that the image of a FROM consists of. Undefined if something else
 * decides too: another declaration, or a use of the variable that is not the whole image of a FROM from this stage.
 */
export function defaultNaming(document: Document, from: From, stage: Stage): Span | undefined {
  const { model } = document;
  const isWhole = ({ image }: From): boolean =>
    image?.variables.length === 1 && /^["']?\$(?:\w+|\{\w+\})["']?$/.test(image.raw);
  const image = from.image?.span;
  if (image === undefined || !isWhole(from)) return undefined;
  const symbol = model.symbols.find(
    ({ kind, uses }) => kind === 'variable' && uses.some(({ span }) => encloses(image, span)),
  );
  const definitions = symbol?.uses.filter(({ role }) => role === 'definition') ?? [];
  const [definition] = definitions;
  if (symbol === undefined || definition === undefined || definitions.length > 1) return undefined;
  const only = symbol.uses.every(
    (use) =>
      use === definition ||
      model.stages.some(
        (other) =>
          other.base === stage &&
          isWhole(other.from) &&
          other.from.image !== undefined &&
          encloses(other.from.image.span, use.span),
      ),
  );
  return only ? valueNaming(document, definition.span, stage) : undefined;
}

/** The value of an ARG above the first stage, without quotes, if it is the name of the stage as it is written. */
function valueNaming({ model, text }: Document, key: Span, { name = '' }: Stage): Span | undefined {
  const declaring = model.instructionAt(key.start);
  if (declaring?.kind !== 'ARG' || model.stageOf(declaring) !== undefined) return undefined;
  const value = declaring.pairs.find((pair) => encloses(pair.key.span, key))?.value;
  if (value === undefined) return undefined;
  const { start, end } = value.span;
  const inner = value.quote === undefined ? value.span : { start: start + 1, end: end - 1 };
  return slice(text, inner).toLowerCase() === name.toLowerCase() ? inner : undefined;
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
