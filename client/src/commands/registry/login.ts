import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Log In to Registry…',
  titleMenu: { on: ['images'], group: '4_engine' },
  trusted: true,
  async run(_, { engine: connected, logins: known, editor }) {
    const engine = await connected();
    const logins = await known();
    const host = await editor.ask(t('Log In to Registry'), {
      value: 'docker.io',
      prompt: t('Registry host, with its port if needed'),
      check: hostError,
    });
    if (host === undefined) return;
    const registry = host.trim();
    const username = await editor.ask(t('Log In to {0}', registry), { prompt: t('Username') });
    if (username === undefined || username.trim() === '') return;
    const password = await editor.ask(t('Log In to {0} as {1}', registry, username.trim()), {
      prompt: t('Password or access token (recommended)'),
      secret: true,
    });
    if (password === undefined || password === '') return;
    const credentials = {
      username: username.trim(),
      password,
      serveraddress: registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry,
    };
    await attempt(t('Could not log in to {0}', registry), async () => {
      const token = await engine.login(credentials);
      const kept = token === undefined ? credentials : { ...credentials, identitytoken: token };
      const place = await logins.save(kept);
      void editor.showInformation(
        place === 'helper'
          ? t('Logged in to {0}. The credential helper stores the credentials.', registry)
          : t(
              'Logged in to {0}. No credential helper is configured: config.json stores the credentials unencrypted.',
              registry,
            ),
      );
    });
  },
});

function hostError(text: string): string | undefined {
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(text.trim())
    ? undefined
    : t('Enter a host, such as ghcr.io or localhost:5000.');
}
