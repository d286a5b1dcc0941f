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
    const host = await editor.ask(t('Log In: which registry?'), {
      value: 'docker.io',
      prompt: t('Host of the registry, with its port where it has one'),
      check: hostTrouble,
    });
    if (host === undefined) return;
    const registry = host.trim();
    const username = await editor.ask(t('Log In to {0}', registry), { prompt: t('User name') });
    if (username === undefined || username.trim() === '') return;
    const password = await editor.ask(t('Log In to {0} as {1}', registry, username.trim()), {
      prompt: t('Password, or better an access token'),
      secret: true,
    });
    if (password === undefined || password === '') return;
    const credentials = {
      username: username.trim(),
      password,
      serveraddress: registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry,
    };
    await attempt(t('Not logged in to {0}', registry), async () => {
      const token = await engine.login(credentials);
      const kept = token === undefined ? credentials : { ...credentials, identitytoken: token };
      const place = await logins.save(kept);
      void editor.tell(
        place === 'helper'
          ? t('Logged in to {0}; your credential helper keeps it.', registry)
          : t(
              'Logged in to {0}. It stands readable in config.json, as no credential helper is set up.',
              registry,
            ),
      );
    });
  },
});

function hostTrouble(text: string): string | undefined {
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(text.trim())
    ? undefined
    : t('A host such as ghcr.io or localhost:5000');
}
