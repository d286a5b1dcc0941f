import { createHash } from 'node:crypto';

/** With this byte of the digest, the files held out are about one in five too, and of many kinds. */
const chosenByte = 8;

/**
 * Whether a file belongs to one of the repositories, one in five, that the table of frequencies is not learned from, so
 * that completion can be measured with them. `name` is `owner__repository__path`.
 */
export function isHeldOut(name: string): boolean {
  const repository = name.split('__').slice(0, 2).join('/').toLowerCase();
  return (createHash('sha256').update(repository).digest()[chosenByte] ?? 0) % 5 === 0;
}
