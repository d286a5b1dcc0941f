/** What both sides of a container that exists are told with. */
import type { List, Text } from './options.ts';

/** How this engine runs what says nothing of it. */
export interface EngineUsual {
  readonly runtime: string;
  /** `1` or `2`. */
  readonly cgroups: string;
  /** Of the machine, which containers on its network take over. */
  readonly hostName?: string;
}

export type Values = Partial<Record<List, readonly string[]>>;
export type Words = Partial<Record<Text, string>>;

export function present(lists: Values): Values {
  return Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0));
}

export function filled(name: Text, value: string | undefined): Words {
  return value === undefined || value === '' ? {} : { [name]: value };
}
