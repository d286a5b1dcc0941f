/** The controls of a settings row. A control with the focus keeps what was typed. */
import type { FormControl, FormMark } from '../../src/form/page.ts';
import { element } from '../elements.ts';
import type { ControlElement, ControlListener, ControlNames } from './control.ts';
import { iconButton } from './icons.ts';
import { ListEditor } from './list-editor.ts';

export function createControl(
  control: FormControl,
  names: ControlNames,
  listener: ControlListener,
): ControlElement {
  switch (control.kind) {
    case 'text':
      return textControl(control, names, listener);
    case 'select':
      return selectControl(names, listener);
    case 'check':
      return checkControl(names, listener);
    case 'checks':
      return checksControl(names, listener);
    case 'list':
      return new ListEditor(names, listener);
  }
}

function describe(input: HTMLElement, { label, describedBy }: ControlNames): void {
  input.setAttribute('aria-label', label);
  input.setAttribute('aria-describedby', describedBy);
}

/** Marks an input that has an error. */
function markInput(input: HTMLElement, marks: readonly FormMark[]): readonly FormMark[] {
  const isWrong = marks.some(({ severity }) => severity === 'error');
  input.classList.toggle('bad', isWrong);
  if (isWrong) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  return marks;
}

function textControl(
  first: Extract<FormControl, { kind: 'text' }>,
  names: ControlNames,
  listener: ControlListener,
): ControlElement {
  const input = element('input', {
    className: 'input mono',
    type: 'text',
    spellcheck: false,
    autocomplete: 'off',
  });
  describe(input, names);
  input.addEventListener('input', () => listener.changed(input.value));
  const list = element('datalist', { id: `choices-${names.describedBy.replace(/\W+/g, '-')}` });
  const browse = first.browse;
  const place =
    browse === undefined
      ? element('div', {}, input)
      : element(
          'div',
          { className: 'field' },
          input,
          element(
            'div',
            { className: 'inside' },
            iconButton('folder', browse, () => listener.browse()),
          ),
        );
  return {
    kind: 'text',
    element: place,
    width: '',
    update(control, replaces) {
      if (control.kind !== 'text') return;
      if (replaces || document.activeElement !== input) input.value = control.value;
      input.placeholder = control.placeholder ?? '';
      const { suggestions = [] } = control;
      if (suggestions.length === 0 || list.childElementCount > 0) return;
      list.append(...suggestions.map((value) => element('option', { value })));
      place.append(list);
      input.setAttribute('list', list.id);
    },
    mark: (marks) => markInput(input, marks),
    focus: () => input.focus(),
  };
}

function selectControl(names: ControlNames, listener: ControlListener): ControlElement {
  const input = element('select', { className: 'select' });
  describe(input, names);
  input.addEventListener('change', () => listener.changed(input.value));
  let drawn = '';
  return {
    kind: 'select',
    element: input,
    width: '',
    update(control) {
      if (control.kind !== 'select') return;
      const key = JSON.stringify(control.options);
      if (key !== drawn) {
        drawn = key;
        input.replaceChildren(
          ...control.options.map(({ value, label }) =>
            element('option', { value, textContent: label }),
          ),
        );
      }
      input.value = control.value;
    },
    mark: (marks) => markInput(input, marks),
    focus: () => input.focus(),
  };
}

function checkControl(names: ControlNames, listener: ControlListener): ControlElement {
  const input = element('input', { type: 'checkbox' });
  const text = element('span');
  describe(input, names);
  input.addEventListener('change', () => listener.changed(input.checked));
  return {
    kind: 'check',
    element: element('label', { className: 'check' }, input, text),
    width: 'check',
    update(control) {
      if (control.kind !== 'check') return;
      input.checked = control.value;
      text.textContent = control.text;
    },
    mark: (marks) => markInput(input, marks),
    focus: () => input.focus(),
  };
}

function checksControl(names: ControlNames, listener: ControlListener): ControlElement {
  const boxes = element('div', { className: 'checks' });
  boxes.setAttribute('role', 'group');
  describe(boxes, names);
  const add = element('input', { className: 'input mono', type: 'text', spellcheck: false });
  const inputs = (): readonly HTMLInputElement[] => [...boxes.querySelectorAll('input')];
  const chosen = (): readonly string[] =>
    inputs()
      .filter(({ checked }) => checked)
      .map(({ value }) => value);
  add.addEventListener('change', () => {
    const texts = add.value.split(/[\s,]+/).filter((text) => text !== '');
    add.value = '';
    if (texts.length > 0) listener.changed([...new Set([...chosen(), ...texts])]);
  });
  let drawn = '';
  return {
    kind: 'checks',
    element: element('div', {}, boxes, add),
    width: 'wide',
    update(control) {
      if (control.kind !== 'checks') return;
      add.placeholder = control.add;
      add.setAttribute('aria-label', control.add);
      const key = JSON.stringify(control.options);
      if (key === drawn) return;
      drawn = key;
      const focused = inputs().find((input) => input === document.activeElement)?.value;
      boxes.replaceChildren(
        ...control.options.map(({ value, label, note, checked }) => {
          const input = element('input', { type: 'checkbox', value, checked });
          input.addEventListener('change', () => listener.changed(chosen()));
          const hint =
            note === undefined ? [] : [element('span', { className: 'muted', textContent: note })];
          return element(
            'label',
            { className: 'check' },
            input,
            element('span', { textContent: label }),
            ...hint,
          );
        }),
      );
      inputs()
        .find(({ value }) => value === focused)
        ?.focus();
    },
    mark: (marks) => marks,
    focus: () => inputs()[0]?.focus(),
  };
}
