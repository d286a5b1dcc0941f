/** Which rules have anything to look at in a file: most of the others need not even be called. */
import type { Model } from '../model/model.ts';
import type { Kind } from '../syntax/tree.ts';

/** What a rule looks at. It has nothing to say about a file that has none of these. */
export interface Trigger {
  /** Instructions, triggers of ONBUILD included. */
  readonly instructions?: readonly Kind[];
  /** Commands in RUN, by the names under which the model has them. */
  readonly commands?: readonly (string | RegExp)[];
  /** What the parser stumbled over. */
  readonly errors?: true;
}

interface Triggered {
  readonly rule: { readonly on?: Trigger };
}

/** Of some rules, those that a file concerns; worked out once for the rules, and little for each file. */
export function concerning<T extends Triggered>(
  rules: readonly T[],
): (model: Model) => readonly T[] {
  const always: T[] = [];
  const byKind = new Map<Kind, T[]>();
  const byName = new Map<string, T[]>();
  const byPattern: (readonly [pattern: RegExp, one: T])[] = [];
  const onErrors: T[] = [];
  for (const one of rules) {
    const { on } = one.rule;
    if (on === undefined) always.push(one);
    for (const kind of on?.instructions ?? []) put(byKind, kind, one);
    for (const name of on?.commands ?? []) {
      if (typeof name === 'string') put(byName, name, one);
      else byPattern.push([name, one]);
    }
    if (on?.errors) onErrors.push(one);
  }
  return (model) => {
    const found = new Set(always);
    const take = (some: readonly T[] | undefined): void => {
      if (some) for (const one of some) found.add(one);
    };
    for (const kind of model.kinds()) take(byKind.get(kind));
    for (const name of model.commandNames()) {
      take(byName.get(name));
      for (const [pattern, one] of byPattern) if (pattern.test(name)) found.add(one);
    }
    if (model.tree.errors.length > 0) take(onErrors);
    return [...found];
  };
}

function put<K, T>(map: Map<K, T[]>, key: K, one: T): void {
  const list = map.get(key);
  if (list) list.push(one);
  else map.set(key, [one]);
}
