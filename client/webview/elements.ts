/** Creates HTML elements without parsing HTML. */

/** Creates an element with these properties and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

/** Creates a button in the style of VS Code. */
export function button(
  label: string,
  style: 'primary' | 'secondary' | 'small',
  onPress: () => void,
): HTMLButtonElement {
  const classes = style === 'primary' ? 'vscode-button' : `vscode-button secondary ${style}`;
  const created = element('button', { type: 'button', className: classes, textContent: label });
  created.addEventListener('click', onPress);
  return created;
}
