/** Messages below the control that they are about, with buttons that solve the problem. */
import type { FormMark } from '../../src/form/page.ts';
import { element } from '../elements.ts';
import { icon, labelButton } from './icons.ts';

const icons = {
  error: { name: 'error', color: 'red' },
  warning: { name: 'warning', color: 'yellow' },
  info: { name: 'info', color: 'blue' },
} as const;

/** One element for each message. */
export function messages(
  marks: readonly FormMark[],
  onOffer: (id: string) => void,
): readonly HTMLElement[] {
  return marks.map(({ severity, message, offers }) => {
    const { name, color } = icons[severity];
    const created = element(
      'div',
      { className: `msg ${severity}` },
      icon(name, { color }),
      element('span', { textContent: message }),
    );
    // Read out when it appears, without interrupting.
    created.setAttribute('role', 'status');
    if (offers.length > 0) {
      const buttons = offers.map(({ id, label }) => labelButton(label, 'link', () => onOffer(id)));
      created.append(element('div', { className: 'acts' }, ...buttons));
    }
    return created;
  });
}

/** Replaces the messages in an element, unless they are the same: a message that is drawn again would be read out again. */
export function showMessages(
  place: HTMLElement,
  marks: readonly FormMark[],
  onOffer: (id: string) => void,
): void {
  const key = JSON.stringify(marks);
  if (place.dataset.shown === key) return;
  place.dataset.shown = key;
  place.replaceChildren(...messages(marks, onOffer));
}
