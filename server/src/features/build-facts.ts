/** What a build of a Dockerfile can be given: its stages, arguments, secrets and SSH agents. Works on incomplete files too. */
import type { Document } from '../model/document.ts';
import { mountOptions, predefined } from './facts.ts';

export interface BuildInputs {
  readonly stages: readonly {
    readonly target: string;
    readonly base: string;
    readonly offset: number;
  }[];
  readonly arguments: readonly ArgumentFacts[];
  readonly secrets: readonly MountFacts[];
  readonly ssh: readonly MountFacts[];
}

export interface ArgumentFacts {
  readonly name: string;
  readonly value?: string;
  /** Of its first declaration. */
  readonly offset: number;
  readonly usedBy: readonly string[];
  readonly predefined: boolean;
}

export interface MountFacts {
  readonly id: string;
  readonly offset: number;
}

export function buildInputs(document: Document): BuildInputs {
  const mounts = [...mountsOf(document)];
  const ofType = (type: string): readonly MountFacts[] => {
    const own = mounts.filter((mount) => mount.type === type).map(({ id, offset }) => ({ id, offset })); // prettier-ignore
    return [...new Map(own.reverse().map((mount) => [mount.id, mount])).values()].reverse();
  };
  return {
    stages: document.model.stages.map(({ name, index, from, image }) => ({
      target: name ?? String(index),
      base: image ?? from.image?.text ?? '',
      offset: from.span.start,
    })),
    arguments: argumentsOf(document),
    secrets: ofType('secret'),
    ssh: ofType('ssh'),
  };
}

function argumentsOf({ model }: Document): readonly ArgumentFacts[] {
  const found = new Map<string, { value?: string; offset: number; users: Set<string> }>();
  for (const { pairs } of model.each('ARG')) {
    for (const { key, value } of pairs) {
      const name = key.text;
      if (name === '') continue;
      const known = found.get(name);
      if (known === undefined) {
        found.set(name, {
          offset: key.span.start,
          users: new Set(),
          ...(value !== undefined && { value: value.text }),
        });
        // A global argument with a default is declared again without one.
      } else if (known.value === undefined && value !== undefined) known.value = value.text;
    }
  }
  for (const { kind, name, uses } of model.symbols) {
    if (kind !== 'variable') continue;
    for (const { role, span } of uses) {
      const user = role === 'read' ? model.instructionAt(span.start)?.kind : undefined;
      if (user !== undefined) found.get(name)?.users.add(user);
    }
  }
  return [...found].map(([name, { value, offset, users }]) => ({
    name,
    ...(value !== undefined && { value }),
    offset,
    usedBy: [...users],
    predefined: /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)$/.test(name) || isProxy(name),
  }));
}

/** Proxies are declared by BuildKit itself. */
function isProxy(name: string): boolean {
  return /_proxy$/i.test(name) && predefined(name) !== undefined;
}

function* mountsOf({ model }: Document): Iterable<MountFacts & { readonly type: string }> {
  for (const run of model.each('RUN')) {
    for (const { name, value } of run.flags) {
      if (name.text !== 'mount' || value === undefined) continue;
      const parts = mountOptions(value.text, value.span.start);
      const field = (...keys: readonly string[]) =>
        parts.find(({ key }) => keys.includes(key))?.value?.trim();
      const type = field('type')?.toLowerCase() ?? '';
      if (type !== 'secret' && type !== 'ssh') continue;
      const target = field('target', 'dst', 'destination')?.split('/').at(-1);
      const id = field('id') ?? (type === 'ssh' ? 'default' : (target ?? field('env')));
      if (id !== undefined && id !== '') yield { type, id, offset: run.span.start };
    }
  }
}
