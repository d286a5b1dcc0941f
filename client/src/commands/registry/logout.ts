import { t } from '@vscode/l10n';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { listed } from '../../ui/name-list.ts';

export default command({
  title: 'Log Out of Registry…',
  titleMenu: { on: ['images'], group: '4_engine' },
  trusted: true,
  async run(_, { logins: known, editor }) {
    const logins = await known();
    const hosts = await logins.list();
    if (hosts.length === 0) {
      await editor.tell(t('You are logged in nowhere.'));
      return;
    }
    const chosen = await editor.pickMany(
      t('Log Out of'),
      hosts.map((host) => ({ label: host, value: host })),
    );
    if (chosen === undefined || chosen.length === 0) return;
    await each(chosen, (host) =>
      attempt(t('Not logged out of {0}', host), () => logins.remove(host)),
    );
    void editor.tell(t('Logged out of {0}', listed(chosen)));
  },
});
