/** The builders of this user: the engine, the engines of Docker contexts, and the builders of docker buildx. */
import { t } from '@vscode/l10n';
import type { Address } from '../address.ts';
import { readBuilders, type BuildxBuilder } from '../docker-cli/buildx-store.ts';
import type { Environment } from '../docker-cli/config-file.ts';
import { contextStore } from '../docker-cli/context-store.ts';
import { EngineError } from '../errors.ts';

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

/** The name of the builder of the engine itself. */
export const engineBuilder = 'default';

/** All builders besides the one of the engine itself. Does not reject. */
export async function knownBuilders(
  environment: Environment,
  { context: own }: Pick<Address, 'context'>,
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

/** Undefined for the builder of the engine itself. Rejects with EngineError if there is no builder with this name. */
export async function findBuilder(
  name: string,
  environment: Environment,
  address: Pick<Address, 'context'>,
): Promise<KnownBuilder | undefined> {
  const { builders, problems } = await knownBuilders(environment, address);
  // buildx writes names in lowercase; the names of contexts are exact.
  const found = builders.find((one) =>
    one.kind === 'buildx' ? one.name === name.toLowerCase() : one.name === name,
  );
  if (found !== undefined) return found;
  if (name === engineBuilder || name === address.context) return undefined;
  const names = [engineBuilder, ...builders.map((one) => one.name)].join(', ');
  const problem = problems.find((one) => one.includes(name));
  throw new EngineError(
    'missing',
    problem === undefined
      ? t('Builder {0} was not found; available: {1}', name, names)
      : t('Builder {0} cannot be used: {1}', name, problem),
  );
}
