/** Finds a builder by its name, as docker buildx does. */
import { t } from '@vscode/l10n';
import type { Address } from '../address.ts';
import type { Environment } from '../docker-cli/config-file.ts';
import { knownBuilders, type KnownBuilder } from '../docker-cli/known-builders.ts';
import { EngineError } from '../errors.ts';

/** The name of the builder of the engine itself. */
const engineBuilder = 'default';

/** Undefined for the builder of the engine itself. Rejects with EngineError if there is no builder with this name. */
export async function findBuilder(
  name: string,
  environment: Environment,
  address: Pick<Address, 'context'>,
): Promise<KnownBuilder | undefined> {
  const { builders, problems } = await knownBuilders(environment, address.context);
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
