/** The builders of this user besides the engine itself: the engines of Docker contexts, and the builders of docker buildx. */
import type { BuilderSummary } from '../builder-summary.ts';
import { readBuilders, type BuildxBuilder } from './buildx-store.ts';
import type { Environment } from './config-file.ts';
import { contextStore } from './context-store.ts';

export type KnownBuilder =
  /** The BuildKit of the engine that a Docker context names. */
  | { readonly kind: 'context'; readonly name: string; readonly host: string }
  | { readonly kind: 'buildx'; readonly name: string; readonly builder: BuildxBuilder };

export interface KnownBuilders {
  /** The builders of buildx first, because buildx looks for a name there first. */
  readonly builders: readonly KnownBuilder[];
  /** The builder that `docker buildx use` selected. */
  readonly current: string | undefined;
  /** One sentence for each file that could not be read. */
  readonly problems: readonly string[];
}

/** `own` is the context of the engine itself. Does not reject. */
export async function knownBuilders(
  environment: Environment,
  own: string | undefined,
): Promise<KnownBuilders> {
  const [{ builders, current, problems }, contexts] = await Promise.all([
    readBuilders(environment),
    contextStore(environment)
      .list()
      .catch(() => []),
  ]);
  const others = contexts.filter(({ name, builtin }) => !builtin && name !== own);
  return {
    builders: [
      ...builders.map((builder) => ({ kind: 'buildx', name: builder.name, builder }) as const),
      ...others.map(({ name, host }) => ({ kind: 'context', name, host }) as const),
    ],
    current,
    problems,
  };
}

/** For people to choose from, in the order in which names are looked up. */
export function summaryOf(known: KnownBuilder, current: string | undefined): BuilderSummary {
  const { name } = known;
  if (known.kind === 'context') return { name, place: known.host };
  const { driver, nodes } = known.builder;
  const [first] = nodes;
  // The other drivers have names of their own as endpoints.
  const endpoint = driver === 'remote' ? first?.endpoint : undefined;
  return {
    name,
    driver,
    place: endpoint ?? '',
    ...(nodes.length > 1 && { nodes: nodes.length }),
    ...(name === current && { current: true as const }),
  };
}
