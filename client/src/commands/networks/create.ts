import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Create Network…',
  icon: 'add',
  titleOf: ['networks'],
  async run(_, { engine: connected, editor }) {
    const engine = await connected();
    const taken = new Set((await engine.networks()).map(({ name }) => name));
    const typed = await editor.ask(t('Create Network'), {
      prompt: t('Name of the network'),
      check: (text) => nameError(text.trim(), taken),
    });
    if (typed === undefined) return;
    const name = typed.trim();
    const range = await editor.ask(t('Create Network {0}: Subnet', name), {
      placeholder: '172.28.0.0/16',
      prompt: t('Leave empty to let the engine choose a free subnet'),
      check: subnetError,
    });
    if (range === undefined) return;
    const subnet = range.trim();
    await attempt(t('Could not create {0}', name), () =>
      engine.createNetwork({ name, ...(subnet !== '' && { subnet }) }),
    );
  },
});

function nameError(name: string, taken: ReadonlySet<string>): string | undefined {
  if (taken.has(name)) return t('A network named {0} already exists.', name);
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name)
    ? undefined
    : t('A name must consist of letters, digits, _ . and -, and start with a letter or digit.');
}

function subnetError(text: string): string | undefined {
  const subnet = text.trim();
  if (subnet === '') return undefined;
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(subnet);
  const bytes = v4?.slice(1, 5).map(Number) ?? [];
  if (v4 && bytes.every((byte) => byte < 256) && Number(v4[5]) <= 32) return undefined;
  return /^[0-9a-f:]+\/\d{1,3}$/i.test(subnet) && subnet.includes(':')
    ? undefined
    : t('Enter a subnet in CIDR notation, such as 172.28.0.0/16.');
}
