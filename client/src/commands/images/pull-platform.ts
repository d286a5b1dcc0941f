import { t } from '@vscode/l10n';
import type { EngineVersion } from '../../engine/engine.ts';
import { command } from '../command.ts';
import type { Choice } from '../../ui/editor.ts';
import { askReference, pull } from '../../registry/pull.ts';

export default command({
  title: 'Pull Image for Platform…',
  icon: 'cloud-download',
  titleMenu: { on: ['images'], group: '2_make' },
  async run(_, tools) {
    const reference = await askReference(tools);
    if (reference === undefined) return;
    const version = await (await tools.engine()).version();
    const platform = await tools.editor.pick(t('Platform for {0}', reference), platforms(version));
    if (platform !== undefined) await pull(tools, reference, platform);
  },
});

/** Platforms that most official images support. */
const common = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le'];

/** The platform of the engine first. */
function platforms({ os, architecture }: EngineVersion): readonly Choice<string>[] {
  const own = `${os}/${architecture}`;
  return [own, ...common.filter((one) => one !== own)].map((one) => ({
    label: one,
    ...(one === own
      ? { description: t('platform of this engine') }
      : { description: t('requires emulation on this engine') }),
    value: one,
  }));
}
