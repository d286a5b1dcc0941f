/**
 * What package.json says beside commands and settings, as data: `npm run generate` joins the three
 * into `contributes`. Texts are English here and become package.nls.json, keyed by where they stand.
 */

/** Trouble with the engine, as the context key `drydock.engine` tells it. */
export type EngineState =
  | 'connecting'
  | 'ready'
  | 'not-installed'
  | 'not-running'
  | 'denied'
  | 'new-login'
  | 'unreachable'
  | 'tls'
  | 'ssh'
  | 'misconfigured'
  /** VS Code runs in a browser alone, from where there is no way to any. */
  | 'browser';

const icon = 'media/drydock.svg';

export const container = {
  id: 'drydock',
  title: 'Drydock',
  icon,
} as const;

export const views = [
  { id: 'containers', title: 'Containers', icon, initialSize: 3 },
  { id: 'images', title: 'Images', icon, initialSize: 2 },
  { id: 'volumes', title: 'Volumes', icon, initialSize: 1, visibility: 'collapsed' },
  { id: 'networks', title: 'Networks', icon, initialSize: 1, visibility: 'collapsed' },
  { id: 'contexts', title: 'Contexts', icon, initialSize: 1, visibility: 'collapsed' },
] as const;

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

/** Commands beside those of `commands/`: they need no engine, and are there in a browser too. */
export const languageCommands = [{ id: 'rules.explain', title: 'Show Lint Rules' }] as const;

/** Sections of the settings page, by what stands before the first dot. */
export const settingGroups: Readonly<Record<string, string>> = {
  lint: 'Checking Dockerfiles',
  shellcheck: 'Checking Dockerfiles',
  format: 'Formatting',
  hints: 'Hints',
  lenses: 'Hints',
  complete: 'Completion',
  containers: 'Views',
  images: 'Views',
  engine: 'Engine',
};

/** Among the profiles of the terminal; its title is also what is said of it. */
export const terminalProfile = {
  id: 'drydock.shell',
  title: 'Docker Container',
  icon: 'package',
} as const;

/** Keys that act on the selected rows of a view. */
export const keybindings = [
  { command: 'containers.remove', view: 'containers', key: 'delete', mac: 'cmd+backspace' },
  { command: 'images.remove', view: 'images', key: 'delete', mac: 'cmd+backspace' },
  { command: 'volumes.remove', view: 'volumes', key: 'delete', mac: 'cmd+backspace' },
  { command: 'networks.remove', view: 'networks', key: 'delete', mac: 'cmd+backspace' },
  { command: 'contexts.remove', view: 'contexts', key: 'delete', mac: 'cmd+backspace' },
  { command: 'containers.rename', view: 'containers', key: 'f2', mac: 'f2' },
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
