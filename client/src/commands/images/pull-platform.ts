import { t } from '@vscode/l10n';
import type { EngineVersion } from '../../engine/engine.ts';
import { command } from '../command.ts';
import type { Choice } from '../../ui/editor.ts';
import { askedReference, pull } from '../../registry/pull.ts';

export default command({
  title: 'Pull Image for Platform…',
  icon: 'cloud-download',
  titleMenu: { on: ['images'], group: '2_make' },
  async run(_, tools) {
    const reference = await askedReference(tools);
    if (reference === undefined) return;
    const version = await (await tools.engine()).version();
    const platform = await tools.editor.pick(t('Platform of {0}', reference), platforms(version));
    if (platform !== undefined) await pull(tools, reference, platform);
  },
});

/** Those that most official images are made for. */
const common = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le'];

/** The engine's own first. */
function platforms({ os, architecture }: EngineVersion): readonly Choice<string>[] {
  const own = `${os}/${architecture}`;
  return [own, ...common.filter((one) => one !== own)].map((one) => ({
    label: one,
    ...(one === own
      ? { description: t('what this engine runs') }
      : { description: t('runs here only with emulation') }),
    value: one,
  }));
}
