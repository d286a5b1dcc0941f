/** Formats tree items as indented text, so that tests can compare them. */
import type { Engine } from '../client/src/engine/engine.ts';
import type { EngineView, Item } from '../client/src/explorer/item.ts';

/** One line per item: icon and color, label, description. */
export function formatItems(items: readonly Item[], indent = ''): string {
  return items
    .map(({ label, description, icon, children }) => {
      const prefix =
        icon === undefined ? '' : `(${[icon.name, icon.color].filter(Boolean).join(' ')}) `;
      const line = `${indent}${prefix}${label}${description === undefined ? '' : `  ${description}`}`;
      return children === undefined ? line : `${line}\n${formatItems(children, `${indent}  `)}`;
    })
    .join('\n');
}

/** The current items of a view. */
export async function readItems(view: EngineView, engine: Engine): Promise<readonly Item[]> {
  return (await view.read(engine))(new Date());
}
