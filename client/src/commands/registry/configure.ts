import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import type { Platform } from '../../ui/editor.ts';

export default command({
  title: 'Configure Registries of the Engine',
  titleMenu: { on: ['images'], group: '4_engine' },
  async run(_, { editor }) {
    await editor.showMarkdown(t('Registries'), page(editor.platform));
  },
});

/** Mirrors and registries without TLS are settings of the engine, not of its clients. */
function page(platform: Platform): string {
  return [
    `# ${t('Registries of the Engine')}`,
    t('The engine reads these settings from its configuration file. Restart it after a change.'),
    placeOf(platform),
    `## ${t('Use a mirror of Docker Hub')}`,
    t('Images of Docker Hub are pulled from the mirror if it has them. Replace the address with that of your mirror.'), // prettier-ignore
    json({ 'registry-mirrors': ['https://mirror.example.com'] }),
    `## ${t('Use a registry without TLS')}`,
    t('Since Docker 29, registries on `localhost` without TLS require this setting, too.'),
    t('Use the host and port of the image name.'),
    json({ 'insecure-registries': ['localhost:5000'] }),
    `## ${t('Trust the certificate of a registry')}`,
    t('Save the certificate of its authority on the host of the engine:'),
    '```text\n/etc/docker/certs.d/registry.example.com:5000/ca.crt\n```',
  ].join('\n\n');
}

function json(value: object): string {
  return `\`\`\`json\n${JSON.stringify(value, undefined, 2)}\n\`\`\``;
}

function placeOf(platform: Platform): string {
  const linux = [
    t('Linux: `/etc/docker/daemon.json`, then `sudo systemctl restart docker`.'),
    t('Rootless: `~/.config/docker/daemon.json`, then `systemctl --user restart docker`.'),
  ];
  const desktop = t('Docker Desktop: **Settings**, **Docker Engine**, then **Apply & restart**.');
  return (platform === 'linux' ? linux : [desktop, ...linux]).map((line) => `- ${line}`).join('\n');
}
