/**
 * What package.json says beside commands and settings, as data: `npm run generate` joins the three
 * into `contributes`. Texts are English here and become package.nls.json, keyed by where they stand.
 */

/** Trouble with the engine, as the context key `drydock.engine` tells it. */
export type EngineState =
  'connecting' | 'ready' | 'not-installed' | 'not-running' | 'denied' | 'unreachable';

export const container = {
  id: 'drydock',
  title: 'Drydock',
  icon: 'media/drydock.svg',
} as const;

export const views = [
  { id: 'containers', title: 'Containers', icon: 'media/drydock.svg', initialSize: 3 },
  { id: 'images', title: 'Images', icon: 'media/drydock.svg', initialSize: 2 },
] as const;

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
    key: 'unreachable',
    when: engineIs('unreachable'),
    contents: [
      'The engine does not answer at its address. Is the machine up, the network or VPN connected?',
      again,
      address,
      '[Show Log](command:drydock.engine.show-log)',
    ],
  },
];

export const welcomes: readonly Welcome[] = [
  ...engineWelcomes.map((welcome): Welcome => ({ ...welcome, view: 'containers' })),
  {
    key: 'containers.empty',
    view: 'containers',
    when: `${engineIs('ready')} && config.drydock.containers.show != running`,
    contents: [
      'There are no containers yet.',
      'docker run makes the first, and this view shows it at once.',
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
    key: 'images.noEngine',
    view: 'images',
    when: 'drydock.engine && drydock.engine != ready && drydock.engine != connecting',
    contents: ['Images are listed when the engine answers.'],
  },
];

export const language = {
  id: 'dockerfile',
  aliases: ['Dockerfile', 'Containerfile', 'Docker'],
  filenames: ['Dockerfile', 'Containerfile'],
  filenamePatterns: ['Dockerfile.*', '*.Dockerfile', 'Containerfile.*', '*.Containerfile'],
  extensions: ['.dockerfile', '.containerfile'],
  firstLine: '^#\\s*syntax\\s*=\\s*docker/dockerfile',
  configuration: './syntaxes/language-configuration.json',
} as const;

/** `Dockerfile.dockerignore` is no Dockerfile: the longer pattern wins, and VS Code's own language takes it. */
const ignoreFile = { id: 'ignore', filenamePatterns: ['*.dockerignore'] } as const;

export const languages = [language, ignoreFile] as const;

export const grammar = {
  language: 'dockerfile',
  scopeName: 'source.dockerfile',
  path: './syntaxes/dockerfile.tmLanguage.json',
  // Comments and brackets inside RUN and heredocs are those of the language that stands there.
  embeddedLanguages: {
    'meta.embedded.block.shellscript': 'shellscript',
    'meta.embedded.block.powershell': 'powershell',
    'meta.embedded.block.python': 'python',
    'meta.embedded.block.javascript': 'javascript',
    'meta.embedded.block.json': 'json',
    'meta.embedded.block.yaml': 'yaml',
    'meta.embedded.block.ini': 'ini',
  },
} as const;

/** What the server tells apart looks as the grammar paints it, in every theme; the first scope that a theme has counts. */
export const semanticTokenScopes = {
  language: 'dockerfile',
  scopes: {
    keyword: ['keyword.other.special-method.dockerfile'],
    parameter: ['entity.other.attribute-name.flag.dockerfile'],
    class: ['entity.name.type.stage.dockerfile'],
    variable: ['variable.other.dockerfile'],
    'variable.declaration': ['variable.other.assignment.dockerfile'],
    property: ['variable.parameter.dockerfile'],
    string: ['string.quoted.double.dockerfile'],
    number: ['constant.numeric.dockerfile'],
    comment: ['comment.line.number-sign.dockerfile'],
    macro: ['keyword.other.directive.dockerfile'],
    operator: ['keyword.operator.dockerfile'],
    'parameter.script': ['constant.other.option', 'entity.other.attribute-name.flag.dockerfile'],
    'operator.script': ['keyword.operator.shell'],
    function: ['entity.name.function.call.shell', 'entity.name.function', 'support.function'],
  },
} as const;

/** Sections of the settings page, by what stands before the first dot. */
export const settingGroups: Readonly<Record<string, string>> = {
  lint: 'Checking Dockerfiles',
  format: 'Formatting',
  hints: 'Hints',
  complete: 'Completion',
  containers: 'Views',
  images: 'Views',
  engine: 'Engine',
};

/** Keys that act on the selected rows of a view. */
export const keybindings = [
  { command: 'containers.remove', view: 'containers', key: 'delete', mac: 'cmd+backspace' },
  { command: 'images.remove', view: 'images', key: 'delete', mac: 'cmd+backspace' },
  { command: 'containers.copy-name', view: 'containers', key: 'ctrl+c', mac: 'cmd+c' },
  { command: 'images.copy-name', view: 'images', key: 'ctrl+c', mac: 'cmd+c' },
] as const;

export const capabilities = {
  untrusted:
    'Dockerfiles are checked and containers listed. Building, starting and shells wait until the folder is trusted.',
  virtual: 'Dockerfiles are checked and completed. Building needs files on a disk.',
} as const;

export const walkthrough = {
  id: 'start',
  title: 'Get Started with Drydock',
  description: 'Dockerfiles that build, and your containers beside them.',
  steps: [
    {
      id: 'dockerfile',
      title: 'Open a Dockerfile',
      description:
        'Mistakes are underlined as you type, most with a fix. No engine and no network are needed.\n[Open File…](command:workbench.action.quickOpen?%22Dockerfile%22)',
      media: 'media/walkthrough/dockerfile.md',
      completionEvents: ['onLanguage:dockerfile'],
    },
    {
      id: 'engine',
      title: 'See your containers',
      description:
        'The sidebar follows the Docker engine by its events. Nothing is polled, and nothing runs while it is hidden.\n[Open Drydock](command:workbench.view.extension.drydock)',
      media: 'media/walkthrough/engine.md',
      completionEvents: ['onView:drydock.containers'],
    },
    {
      id: 'build',
      title: 'Build an image',
      description:
        'From the palette, or a right click on a Dockerfile.\n[Build Image…](command:drydock.dockerfile.build)',
      media: 'media/walkthrough/build.md',
      completionEvents: ['onCommand:drydock.dockerfile.build'],
    },
    {
      id: 'inside',
      title: 'Look inside a container',
      description:
        'A shell in a terminal, and files in and out, also where there is no shell.\n[Open Shell](command:drydock.containers.shell)',
      media: 'media/walkthrough/inside.md',
      completionEvents: [
        'onCommand:drydock.containers.shell',
        'onCommand:drydock.containers.copy-in',
      ],
    },
  ],
} as const;
