/** The end-of-life data of an official image or system. */
import { endOfLife, type Product } from './end-of-life.ts';

/** By its name; undefined for unknown names, also for those of properties that all objects have, such as `constructor`. */
export function productNamed(name: string): Product | undefined {
  return Object.hasOwn(endOfLife, name) ? endOfLife[name] : undefined;
}
