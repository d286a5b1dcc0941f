/** Platforms as check boxes. */
import { t } from '@vscode/l10n';
import type { FormCheck } from '../../form/page.ts';
import { platformsOf } from '../options/platforms.ts';
import type { World } from './world.ts';

const usual = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];

/** The usual platforms and that of the engine, then others that are chosen. */
export function platformChecks(
  values: readonly string[],
  { engine }: Pick<World, 'engine'>,
): readonly FormCheck[] {
  const chosen = platformsOf(values);
  const own = engine === undefined ? [] : [engine.platform];
  const all = [...new Set([...own, ...usual, ...chosen])];
  const isLinux = engine?.platform.startsWith('linux/') === true;
  return all.map((platform) => {
    const isNative = platform === engine?.platform;
    const isEmulated = isLinux && !isNative && platform.startsWith('linux/');
    const note = isNative ? t('native') : isEmulated ? t('emulated') : undefined;
    const checked = chosen.includes(platform);
    return {
      value: platform,
      label: platform,
      checked,
      ...(note !== undefined && (isNative || checked) && { note }),
    };
  });
}
