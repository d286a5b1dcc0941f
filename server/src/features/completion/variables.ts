import type { Binding } from '../../model/model.ts';
import { bindingMarkdown } from '../binding.ts';
import type { Completion } from './item.ts';
import type { Place } from './place.ts';

/** Variables in scope behind `$` and `${`, those of the file before those that are always there. */
export function variables({
  document,
  instruction,
  offset,
  inComment,
}: Place): readonly Completion[] {
  const { text, model, tree } = document;
  const opened = /(\$\{?)([A-Za-z_]\w*)?$/.exec(text.slice(Math.max(0, offset - 200), offset));
  if (!instruction || !opened || inComment) return [];
  const [whole, opener = '', typed = ''] = opened;
  const before = text.charAt(offset - whole.length - 1);
  if (before === '$' || before === tree.escape) return [];
  const closes = opener === '${' && !/^\w*[}:+?#%/-]/.test(text.slice(offset, offset + 100));
  const span = { start: offset - typed.length, end: offset };
  const bindings = [...model.stateAt(instruction).variables.values()];
  return bindings
    .toSorted((a, b) => rank(a) - rank(b))
    .map((binding) => ({
      label: binding.name,
      kind: 'variable',
      span,
      insert: closes ? `${binding.name}}` : binding.name,
      snippet: false,
      ...(binding.value !== undefined && { detail: binding.value }),
      markdown: bindingMarkdown(document, binding),
    }));
}

function rank({ from }: Binding): number {
  return from === 'predefined' ? 2 : from === 'base' ? 1 : 0;
}
