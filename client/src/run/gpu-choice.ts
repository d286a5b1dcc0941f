/** What of `--gpus` the form shows. */
import { fieldsOf, lineOf, pairOf } from './values.ts';

/** All, or some by number or UUID; undefined where the value says more than the form shows. */
export function gpuChoice(text: string): 'all' | readonly string[] | undefined {
  if (text === 'all' || text === 'count=all') return 'all';
  const [field = '', ...more] = fieldsOf(text);
  const [key, value] = pairOf(field);
  return more.length === 0 && key === 'device' && value !== undefined
    ? value.split(',')
    : undefined;
}

/** As `--gpus` takes it. */
export function gpuText(choice: 'all' | readonly string[]): string {
  return choice === 'all' ? 'all' : lineOf([`device=${choice.join(',')}`]);
}
