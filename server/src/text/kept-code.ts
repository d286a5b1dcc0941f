/** Keeps the code that V8 has compiled. */

const objects: object[] = [];

/**
 * Keeps an object of a class whose objects exist only while a request is answered. V8 discards what it has compiled for a class
 * when a garbage collection does not find any object of it: the next request would take several times as long.
 */
export function keepCode(example: object): void {
  objects.push(example);
}
