/** What empty views say, as data for `npm run generate`: texts are English here and become package.nls.json. */
import type { EngineState, views } from './manifest.ts';

export interface Welcome {
  /** Names the text in package.nls.json. */
  readonly key: string;
  readonly view: (typeof views)[number]['id'];
  readonly when: string;
  /** A line that is a link alone becomes a button. */
  readonly contents: readonly string[];
}

const engineIs = (state: EngineState, platform?: string): string =>
  `drydock.engine == ${state}` +
  (platform === undefined ? '' : ` && drydock.platform == ${platform}`);

const start = '[Start Docker…](command:drydock.engine.start)';
const again = '[Look Again](command:drydock.engine.reconnect)';
const address = '[Use Another Address…](command:drydock.engine.address)';
const why = '[What Is Wrong?](command:drydock.engine.diagnose)';
const context = '[Use Another Context…](command:drydock.contexts.use)';

/** What an empty Containers view says about the engine; the Images view says it in one line. */
const engineWelcomes: readonly Omit<Welcome, 'view'>[] = [
  {
    key: 'connecting',
    when: engineIs('connecting'),
    contents: ['Looking for the Docker engine…'],
  },
  {
    key: 'notInstalled',
    when: engineIs('not-installed'),
    contents: [
      'No Docker engine was found on this machine.',
      '[How to Install Docker](command:drydock.engine.install)',
      'If one runs elsewhere, say where.',
      address,
      'Dockerfiles are checked and completed without it.',
    ],
  },
  {
    key: 'notRunning.linux',
    when: engineIs('not-running', 'linux'),
    contents: [
      'Docker is installed, but its engine is not running.',
      start,
      'As a rule it is sudo systemctl start docker; the command is put in a terminal and you press Enter. This view fills by itself as soon as the engine is up.',
    ],
  },
  {
    key: 'notRunning.wsl',
    when: engineIs('not-running', 'wsl'),
    contents: [
      'No Docker engine answers in this WSL distribution.',
      start,
      'With Docker Desktop: start it on Windows, and turn on this distribution under Settings, Resources, WSL Integration. Without: start the engine inside the distribution. This view fills by itself as soon as the engine is up.',
    ],
  },
  {
    key: 'notRunning.mac',
    when: engineIs('not-running', 'mac'),
    contents: [
      'The Docker engine is not running.',
      start,
      'Docker Desktop, OrbStack, Colima and Podman all do. This view fills by itself as soon as the engine is up.',
    ],
  },
  {
    key: 'notRunning.windows',
    when: engineIs('not-running', 'windows'),
    contents: [
      'The Docker engine is not running.',
      start,
      'Docker Desktop needs WSL 2; wsl --status tells whether it is there. If your engine lives in a WSL distribution, open your folder there with the WSL extension. This view fills by itself as soon as the engine is up.',
    ],
  },
  {
    key: 'denied',
    when: engineIs('denied'),
    contents: [
      'Docker is running, but this user may not use its socket.',
      '[Allow This User…](command:drydock.engine.allow)',
      'On Linux, members of the group docker may: sudo usermod -aG docker "$USER". A new group counts after the next login; with WSL after wsl --shutdown, over SSH after restarting the VS Code server.',
      again,
      'Members of that group can do on this machine whatever root can.',
    ],
  },
  {
    key: 'newLogin.linux',
    when: engineIs('new-login', 'linux'),
    contents: [
      'This user may use Docker, but was logged in before that was allowed: a new group counts after the next login.',
      again,
      'Log out and in again. Over SSH, run “Remote-SSH: Kill VS Code Server on Host…” and connect anew; a new terminal alone is not enough.',
    ],
  },
  {
    key: 'newLogin.wsl',
    when: engineIs('new-login', 'wsl'),
    contents: [
      'This user may use Docker, but WSL was started before that was allowed: a new group counts after its next start.',
      again,
      'Run wsl --shutdown in Windows, then open this folder again.',
    ],
  },
  {
    key: 'unreachable',
    when: engineIs('unreachable'),
    contents: [
      'The engine does not answer at its address. Is the machine up, the network or VPN connected?',
      why,
      again,
      context,
      address,
    ],
  },
  {
    key: 'tls',
    when: engineIs('tls'),
    contents: [
      'The engine is reached by TLS, and the certificates for that do not work.',
      why,
      again,
      context,
      'The certificates stand in the Docker context, or in the folder that DOCKER_CERT_PATH names.',
    ],
  },
  {
    key: 'ssh',
    when: engineIs('ssh'),
    contents: [
      'The way through ssh to the engine does not work.',
      why,
      again,
      context,
      'Drydock uses the ssh program with your own configuration and keys, and never asks for a password: what works in a terminal without one works here.',
    ],
  },
  {
    key: 'misconfigured',
    when: engineIs('misconfigured'),
    contents: [
      'What says where the engine is makes no sense: a setting, a variable or a Docker context.',
      why,
      context,
      address,
    ],
  },
  {
    key: 'browser',
    when: engineIs('browser'),
    contents: [
      'A browser alone reaches no Docker engine.',
      'Open the folder in VS Code on a machine, over SSH, in WSL or in a dev container to see its containers. Dockerfiles are checked and completed here, too.',
    ],
  },
];

const noEngine =
  'drydock.engine && drydock.engine != ready && drydock.engine != connecting && drydock.engine != browser';

export const welcomes: readonly Welcome[] = [
  ...engineWelcomes.map((welcome): Welcome => ({ ...welcome, view: 'containers' })),
  {
    key: 'containers.empty',
    view: 'containers',
    when: `${engineIs('ready')} && config.drydock.containers.show != running`,
    contents: [
      'There are no containers yet.',
      '[Run Container…](command:drydock.images.run)',
      'docker run in a terminal makes one too, and this view shows it at once.',
    ],
  },
  {
    key: 'containers.noneRunning',
    view: 'containers',
    when: `${engineIs('ready')} && config.drydock.containers.show == running`,
    contents: [
      'No container is running.',
      '[Show Stopped Ones Too](command:workbench.action.openSettings?%22drydock.containers.show%22)',
    ],
  },
  {
    key: 'images.empty',
    view: 'images',
    when: engineIs('ready'),
    contents: [
      'There are no images yet.',
      '[Pull Image…](command:drydock.images.pull)',
      '[Build Image…](command:drydock.dockerfile.build)',
    ],
  },
  {
    key: 'volumes.empty',
    view: 'volumes',
    when: engineIs('ready'),
    contents: ['There are no volumes yet.', '[Create Volume…](command:drydock.volumes.create)'],
  },
  {
    key: 'networks.empty',
    view: 'networks',
    when: engineIs('ready'),
    contents: ['No network fits the filter.', '[Filter…](command:drydock.networks.filter)'],
  },
  {
    key: 'images.noEngine',
    view: 'images',
    when: noEngine,
    contents: ['Images are listed when the engine answers.'],
  },
  {
    key: 'volumes.noEngine',
    view: 'volumes',
    when: noEngine,
    contents: ['Volumes are listed when the engine answers.'],
  },
  {
    key: 'networks.noEngine',
    view: 'networks',
    when: noEngine,
    contents: ['Networks are listed when the engine answers.'],
  },
];
