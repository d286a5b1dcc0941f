/** What a settings row knows of its control. */
import type { FormControl, FormMark, FormValue } from '../../src/form/page.ts';

export interface ControlListener {
  changed(value: FormValue): void;
  /** Texts in the syntax of the command. */
  added(texts: readonly string[]): void;
  browse(): void;
  offer(id: string): void;
}

export interface ControlNames {
  readonly label: string;
  /** The ids of its description and messages. */
  readonly describedBy: string;
  readonly edit: string;
}

export interface ControlElement {
  readonly kind: FormControl['kind'];
  readonly element: HTMLElement;
  /** The class of its width. */
  readonly width: '' | 'wide' | 'check';
  /** `replaces`: also a control that has the focus. */
  update(control: FormControl, replaces: boolean): void;
  /** Shows the messages that belong to an item; those that remain are shown below the control. */
  mark(marks: readonly FormMark[]): readonly FormMark[];
  focus(item?: number): void;
}
