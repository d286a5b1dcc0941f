/** Short forms of `--gpus` in the form. */
import { fieldsOf, lineOf, pairOf } from '../command-line/values.ts';

/** All, or devices by number or UUID; undefined for other values. */
export function gpuChoice(text: string): 'all' | readonly string[] | undefined {
  if (text === 'all' || text === 'count=all') return 'all';
  const [field = '', ...more] = fieldsOf(text);
  const [key, value] = pairOf(field);
  return more.length === 0 && key === 'device' && value !== undefined
    ? value.split(',')
    : undefined;
}

/** The value of `--gpus`. */
export function gpuText(choice: 'all' | readonly string[]): string {
  return choice === 'all' ? 'all' : lineOf([`device=${choice.join(',')}`]);
}
