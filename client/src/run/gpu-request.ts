/** What `--gpus` asks for, in the words of the engine. */
import { fieldsOf, lineOf, pairOf } from './values.ts';

/** `all`, `2`, `"device=0,1"`, `device=0,"capabilities=compute,utility"`. */
export function gpuRequest(text: string): object {
  const request = { Driver: '', Count: 0, DeviceIDs: [] as string[], Options: {} as object };
  const capabilities = new Set<string>();
  for (const field of fieldsOf(text)) {
    const [key, value] = pairOf(field);
    if (value === undefined) request.Count = countOf(key);
    else if (key === 'count') request.Count = countOf(value);
    else if (key === 'driver') request.Driver = value;
    else if (key === 'device') request.DeviceIDs = value.split(',');
    else if (key === 'capabilities') for (const one of value.split(',')) capabilities.add(one);
    else if (key === 'options') {
      request.Options = Object.fromEntries(value.split(',').map((option) => pairOf(option)));
    }
  }
  const nothing = request.Count === 0 && request.DeviceIDs.length === 0;
  return {
    ...request,
    Count: nothing ? 1 : request.Count,
    Capabilities: [[...capabilities.add('gpu')]],
  };
}

function countOf(text: string): number {
  return text === 'all' ? -1 : Number(text);
}

/** All, some by number or UUID, or none; undefined where more was said than a form shows. */
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
