/** Elements, made without a line of HTML. */

/** An element with these properties and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A button in VS Code's look. */
export function button(
  label: string,
  look: 'primary' | 'secondary' | 'small',
  pressed: () => void,
): HTMLButtonElement {
  const classes = look === 'primary' ? 'vscode-button' : `vscode-button secondary ${look}`;
  const made = element('button', { type: 'button', className: classes, textContent: label });
  made.addEventListener('click', pressed);
  return made;
}
