/** The parts of the texts of all kinds. */

/** Each returns a text whose length is about proportional to the number of parts. */
export type Kinds = Readonly<Record<string, (parts: number) => string>>;

export function each(count: number, make: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => make(i)).join('');
}

export const from = 'FROM debian:12\n';
