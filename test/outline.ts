/** Items as indented text: how tests compare them. */
import type { Engine } from '../client/src/engine/engine.ts';
import type { EngineView, Item } from '../client/src/explorer/item.ts';

/** One line an item: icon and colour, label, description. */
export function outline(items: readonly Item[], indent = ''): string {
  return items
    .map(({ label, description, icon, children }) => {
      const sign =
        icon === undefined ? '' : `(${[icon.name, icon.color].filter(Boolean).join(' ')}) `;
      const line = `${indent}${sign}${label}${description === undefined ? '' : `  ${description}`}`;
      return children === undefined ? line : `${line}\n${outline(children, `${indent}  `)}`;
    })
    .join('\n');
}

/** The rows of a view as they are now. */
export async function itemsOf(view: EngineView, engine: Engine): Promise<readonly Item[]> {
  return (await view.read(engine))(new Date());
}
