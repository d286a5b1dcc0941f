/** What builds, for the head of the page. */
import { t } from '@vscode/l10n';
import type { Engine } from '../../engine/engine.ts';
import type { Tools } from '../../ui/tools.ts';

/** Milliseconds after which the version of a builder is not waited for. */
const longest = 30_000;

/** `BuildKit 0.17.3 on default`, or the version of the engine if BuildKit does not report its own. Rejects if the engine does. */
export async function builderName(
  engine: Engine,
  builder: string | undefined,
  { connectionState }: Pick<Tools, 'connectionState'>,
): Promise<string> {
  const other = builder === undefined || builder === 'default' ? undefined : builder;
  const [version, name] = await Promise.all([
    engine.builderVersion(other, AbortSignal.timeout(longest)).catch(() => undefined),
    other ?? connectionState().then(({ address }) => address?.context ?? 'default'),
  ]);
  if (version !== undefined) return t('BuildKit {0} on {1}', version, name);
  return other === undefined
    ? t('{0} on {1}', await engineName(engine), name)
    : t('builder {0}', other);
}

/** `Docker 28.5.2`. */
async function engineName(engine: Engine): Promise<string> {
  const { product, version } = await engine.version();
  const [number = version] = /^\d+(?:\.\d+)*/.exec(version) ?? [];
  return `${product === 'podman' ? 'Podman' : 'Docker'} ${number}`;
}
