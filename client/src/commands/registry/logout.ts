import { t } from '@vscode/l10n';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatNames } from '../../ui/name-list.ts';

export default command({
  title: 'Log Out of Registry…',
  titleMenu: { on: ['images'], group: '4_engine' },
  trusted: true,
  async run(_, { logins: known, editor }) {
    const logins = await known();
    const hosts = await logins.list();
    if (hosts.length === 0) {
      await editor.showInformation(t('You are not logged in to any registry.'));
      return;
    }
    const chosen = await editor.pickSome(
      t('Log Out of Registries'),
      hosts.map((host) => ({ label: host, value: host })),
    );
    if (chosen === undefined || chosen.length === 0) return;
    await runForEach(chosen, (host) =>
      attempt(t('Could not log out of {0}', host), () => logins.remove(host)),
    );
    void editor.showInformation(t('Logged out of {0}.', formatNames(chosen)));
  },
});
