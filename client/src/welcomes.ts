/** Texts of empty views, as data for `npm run generate`: texts are English here and become package.nls.json. */
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
const retry = '[Retry](command:drydock.engine.reconnect)';
const address = '[Set Engine Address…](command:drydock.engine.address)';
const diagnose = '[Diagnose Connection](command:drydock.engine.diagnose)';
const context = '[Use Another Context…](command:drydock.contexts.use)';

/** Texts of the empty Containers view for each state of the engine; the other views have one line for all of them. */
const engineWelcomes: readonly Omit<Welcome, 'view'>[] = [
  {
    key: 'connecting',
    when: engineIs('connecting'),
    contents: ['Connecting to the Docker engine…'],
  },
  {
    key: 'notInstalled',
    when: engineIs('not-installed'),
    contents: [
      'No Docker engine was found on this machine.',
      '[Open Docker Installation Guide](command:drydock.engine.install)',
      'If Docker runs on another machine, set its address.',
      address,
      'Checking and completing Dockerfiles does not require an engine.',
    ],
  },
  {
    key: 'notRunning.linux',
    when: engineIs('not-running', 'linux'),
    contents: [
      'Docker is installed, but the engine is not running.',
      start,
      'The command is usually sudo systemctl start docker. It is inserted into a terminal; press Enter to run it. This view updates when the engine is running.',
    ],
  },
  {
    key: 'notRunning.wsl',
    when: engineIs('not-running', 'wsl'),
    contents: [
      'No Docker engine responds in this WSL distribution.',
      start,
      'With Docker Desktop, start it on Windows and enable this distribution under Settings > Resources > WSL Integration. Without Docker Desktop, start the engine in the distribution. This view updates when the engine is running.',
    ],
  },
  {
    key: 'notRunning.mac',
    when: engineIs('not-running', 'mac'),
    contents: [
      'The Docker engine is not running.',
      start,
      'Docker Desktop, OrbStack, Colima and Podman are supported. This view updates when the engine is running.',
    ],
  },
  {
    key: 'notRunning.windows',
    when: engineIs('not-running', 'windows'),
    contents: [
      'The Docker engine is not running.',
      start,
      'Docker Desktop requires WSL 2; run wsl --status to check. If the engine runs in a WSL distribution, open the folder there with the WSL extension. This view updates when the engine is running.',
    ],
  },
  {
    key: 'denied',
    when: engineIs('denied'),
    contents: [
      'Docker is running, but this user does not have permission to use its socket.',
      '[Grant Access…](command:drydock.engine.allow)',
      'On Linux, members of the docker group have access: sudo usermod -aG docker "$USER". The change takes effect after the next login; with WSL after wsl --shutdown, over SSH after restarting the VS Code server.',
      retry,
      'Members of this group have the same privileges as root on this machine.',
    ],
  },
  {
    key: 'newLogin.linux',
    when: engineIs('new-login', 'linux'),
    contents: [
      'This user has permission to use Docker, but the change takes effect only after the next login.',
      retry,
      'Log out and back in. Over SSH, run "Remote-SSH: Kill VS Code Server on Host…" and reconnect; opening a new terminal is not enough.',
    ],
  },
  {
    key: 'newLogin.wsl',
    when: engineIs('new-login', 'wsl'),
    contents: [
      'This user has permission to use Docker, but the change takes effect only after WSL restarts.',
      retry,
      'Run wsl --shutdown in Windows, then reopen this folder.',
    ],
  },
  {
    key: 'unreachable',
    when: engineIs('unreachable'),
    contents: [
      'The Docker engine does not respond at its address. Check that the machine is running and that the network or VPN is connected.',
      diagnose,
      retry,
      context,
      address,
    ],
  },
  {
    key: 'tls',
    when: engineIs('tls'),
    contents: [
      'The TLS connection to the Docker engine failed.',
      diagnose,
      retry,
      context,
      'The certificates are in the Docker context, or in the directory that DOCKER_CERT_PATH names.',
    ],
  },
  {
    key: 'ssh',
    when: engineIs('ssh'),
    contents: [
      'SSH connection failed.',
      diagnose,
      retry,
      context,
      'Drydock runs the ssh program with your configuration and keys and never prompts for a password. A host that you can connect to in a terminal without a password works here, too.',
    ],
  },
  {
    key: 'misconfigured',
    when: engineIs('misconfigured'),
    contents: [
      'The engine address is invalid. It comes from a setting, an environment variable or a Docker context.',
      diagnose,
      context,
      address,
    ],
  },
  {
    key: 'browser',
    when: engineIs('browser'),
    contents: [
      'VS Code in a browser cannot connect to a Docker engine.',
      'To see containers, open the folder in VS Code on the desktop, over SSH, in WSL or in a dev container. Dockerfiles are checked and completed here, too.',
    ],
  },
];

/** The view has no rows, although it is not filtered. */
function isEmpty(view: string): string {
  return `${engineIs('ready')} && !drydock.filtered.${view}`;
}

/** The view has no rows that match its filter. */
function isFiltered(view: string): string {
  return `${engineIs('ready')} && drydock.filtered.${view}`;
}

const noEngine =
  'drydock.engine && drydock.engine != ready && drydock.engine != connecting && drydock.engine != browser';

export const welcomes: readonly Welcome[] = [
  ...engineWelcomes.map((welcome): Welcome => ({ ...welcome, view: 'containers' })),
  {
    key: 'containers.empty',
    view: 'containers',
    when: `${isEmpty('containers')} && config.drydock.containers.show != running`,
    contents: [
      'There are no containers yet.',
      '[Run Container…](command:drydock.containers.run)',
      'Containers that you start with docker run in a terminal appear here, too.',
    ],
  },
  {
    key: 'containers.noneRunning',
    view: 'containers',
    when: `${isEmpty('containers')} && config.drydock.containers.show == running`,
    contents: [
      'No containers are running.',
      '[Show Stopped Containers](command:workbench.action.openSettings?%22drydock.containers.show%22)',
    ],
  },
  {
    key: 'images.empty',
    view: 'images',
    when: isEmpty('images'),
    contents: [
      'There are no images yet.',
      '[Pull Image…](command:drydock.images.pull)',
      '[Build Image…](command:drydock.dockerfile.build)',
    ],
  },
  {
    key: 'volumes.empty',
    view: 'volumes',
    when: isEmpty('volumes'),
    contents: ['There are no volumes yet.', '[Create Volume…](command:drydock.volumes.create)'],
  },
  {
    key: 'networks.empty',
    view: 'networks',
    when: engineIs('ready'),
    contents: [
      'No networks match the filter.',
      '[Filter Networks…](command:drydock.networks.filter)',
    ],
  },
  {
    key: 'containers.filtered',
    view: 'containers',
    when: isFiltered('containers'),
    contents: [
      'No containers match the filter.',
      '[Filter Containers…](command:drydock.containers.filter)',
    ],
  },
  {
    key: 'images.filtered',
    view: 'images',
    when: isFiltered('images'),
    contents: ['No images match the filter.', '[Filter Images…](command:drydock.images.filter)'],
  },
  {
    key: 'volumes.filtered',
    view: 'volumes',
    when: isFiltered('volumes'),
    contents: ['No volumes match the filter.', '[Filter Volumes…](command:drydock.volumes.filter)'],
  },
  {
    key: 'images.noEngine',
    view: 'images',
    when: noEngine,
    contents: ['Images are listed when the Docker engine is connected.'],
  },
  {
    key: 'volumes.noEngine',
    view: 'volumes',
    when: noEngine,
    contents: ['Volumes are listed when the Docker engine is connected.'],
  },
  {
    key: 'networks.noEngine',
    view: 'networks',
    when: noEngine,
    contents: ['Networks are listed when the Docker engine is connected.'],
  },
];
