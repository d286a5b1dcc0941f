/**
 * The parts of package.json other than commands and settings, as data: `npm run generate` merges all three
 * into `contributes`. Texts are English here and become package.nls.json, keyed by their place in the manifest.
 */

/** Values of the context key `drydock.engine`. */
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
  /** VS Code runs in a browser without an extension host on a machine, so no engine can be reached. */
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

/**
 * A language of its own: its patterns are not those of `.gitignore`, for which VS Code has the language `ignore`.
 * `Dockerfile.dockerignore` is not a Dockerfile: of two patterns that match, the longer one wins.
 */
export const ignoreLanguage = {
  id: 'dockerignore',
  aliases: ['Docker Ignore', 'dockerignore'],
  filenames: ['.dockerignore'],
  filenamePatterns: ['*.dockerignore', 'Dockerfile.dockerignore', 'Containerfile.dockerignore'],
  extensions: ['.dockerignore'],
  configuration: './syntaxes/dockerignore-configuration.json',
} as const;

export const languages = [language, ignoreLanguage] as const;

/**
 * The documents of the language server. Another extension may have given these names to VS Code's language `ignore`.
 */
export const documentSelector = [
  { language: language.id },
  { language: ignoreLanguage.id },
  { language: 'ignore', pattern: '**/*.dockerignore' },
] as const;

/** Whether the language server has features for a document with this language and path. */
export function isServed({
  languageId,
  path,
}: {
  readonly languageId: string;
  readonly path: string;
}): boolean {
  if (languageId === language.id || languageId === ignoreLanguage.id) return true;
  return languageId === 'ignore' && path.endsWith('.dockerignore');
}

export const ignoreGrammar = {
  language: ignoreLanguage.id,
  scopeName: 'source.dockerignore',
  path: './syntaxes/dockerignore.tmLanguage.json',
} as const;

export const grammar = {
  language: 'dockerfile',
  scopeName: 'source.dockerfile',
  path: './syntaxes/dockerfile.tmLanguage.json',
  // Inside RUN and heredocs, comments and brackets are those of the embedded language.
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

/** Semantic tokens get the same colors as the grammar in every theme; VS Code uses the first scope that the theme defines. */
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

/** Links to rule pages open in the Markdown preview instead of the text editor. */
export const editorAssociations = {
  '**/drydock.drydock-*/docs/rules/**/*.md': 'vscode.markdown.preview.editor',
} as const;

/** Commands in addition to those of `commands/`: they do not need an engine and are available in a browser, too. */
export const languageCommands = [{ id: 'rules.explain', title: 'Show Lint Rules' }] as const;

/** Sections of the Settings editor, by the part of the setting id before the first dot. */
export const settingGroups: Readonly<Record<string, string>> = {
  lint: 'Linting',
  shellcheck: 'Linting',
  format: 'Formatting',
  hints: 'Inlay Hints and CodeLens',
  lenses: 'Inlay Hints and CodeLens',
  complete: 'Completion',
  build: 'Build',
  containers: 'Views',
  images: 'Views',
  engine: 'Docker Engine',
};

/** The scheme of the file system of containers, volumes and images. */
export const fileScheme = 'drydock';

/** The terminal profile; its title is also used in messages about it. */
export const terminalProfile = {
  id: 'drydock.shell',
  title: 'Docker Container',
  icon: 'package',
} as const;

/** Paths of files that Docker Compose may read. */
export const composeFile = /(?:^|[/\\])(?:[^/\\]*[-_.])?compose(?:[-_.][^/\\]*)?\.ya?ml$/i;

/** The same as a `when` clause. */
const onComposeFile =
  'resourceScheme =~ /^(file|vscode-remote)$/ && resourceFilename =~ /^(.*[-_.])?compose([-_.].*)?\\.ya?ml$/i';

/** Menus inside the menus of rows and files, by id without prefix. */
export const submenus = {
  compose: {
    title: 'Compose',
    /** The rows that have it, as in a `when` clause, and the place in their menu. */
    rows: 'view == drydock.containers && viewItem =~ /\\bcomposed\\b/',
    group: '2_do',
    files: onComposeFile,
  },
} as const;

/** Keyboard shortcuts that act on the selected rows of a view. */
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

/** What Enter opens, by view; the rows of the other views are only expanded. */
export const openedByEnter = [
  { command: 'containers.logs', view: 'containers' },
  { command: 'images.layers', view: 'images' },
  { command: 'volumes.files', view: 'volumes' },
] as const;

export const capabilities = {
  untrusted:
    'Dockerfiles are checked and containers are listed. Building images, starting containers and attaching shells require a trusted workspace.',
  virtual: 'Dockerfiles are checked and completed. Building images requires files on disk.',
} as const;

export const walkthrough = {
  id: 'start',
  title: 'Get Started with Drydock',
  description: 'Check Dockerfiles and manage containers in VS Code.',
  steps: [
    {
      id: 'dockerfile',
      title: 'Open a Dockerfile',
      description:
        'Problems are underlined as you type, most of them with a quick fix. No Docker engine or network connection is required.\n[Open File…](command:workbench.action.quickOpen?%22Dockerfile%22)',
      media: 'media/walkthrough/dockerfile.md',
      completionEvents: ['onLanguage:dockerfile'],
    },
    {
      id: 'engine',
      title: 'View your containers',
      description:
        'The sidebar updates from Docker events. It does not poll, and it does nothing while it is hidden.\n[Open Drydock](command:workbench.view.extension.drydock)',
      media: 'media/walkthrough/engine.md',
      completionEvents: ['onView:drydock.containers'],
    },
    {
      id: 'build',
      title: 'Build an image',
      description:
        'Use the Command Palette, or right-click a Dockerfile.\n[Build Image…](command:drydock.dockerfile.build)',
      media: 'media/walkthrough/build.md',
      completionEvents: ['onCommand:drydock.dockerfile.build'],
    },
    {
      id: 'inside',
      title: 'Work inside a container',
      description:
        'Attach a shell in a terminal, and copy files in and out. Copying does not require a shell in the container.\n[Attach Shell](command:drydock.containers.shell)',
      media: 'media/walkthrough/inside.md',
      completionEvents: [
        'onCommand:drydock.containers.shell',
        'onCommand:drydock.containers.copy-in',
      ],
    },
  ],
} as const;
