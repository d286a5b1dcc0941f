/** Writes manifest, commands and settings into package.json and package.nls.json. */
import type { Command, RegisteredCommand } from '../../client/src/commands/command.ts';
import * as manifest from '../../client/src/manifest.ts';
import { welcomes } from '../../client/src/welcomes.ts';
import type { SettingEntry } from './source.ts';
import { problemMatchers, taskDefinitions } from './tasks.ts';

/** English texts by the key that package.json uses for them. */
type Texts = Record<string, string>;

/** package.json with its generated parts, and package.nls.json with their English texts. */
export function manifestGenerated(
  commands: readonly RegisteredCommand[],
  settings: readonly SettingEntry[],
  packageJson: string,
): ReadonlyMap<string, string> {
  const texts: Texts = {};
  const say = (key: string, text: string): string => {
    texts[key] = text;
    return `%${key}%`;
  };
  const written = JSON.parse(packageJson) as Record<string, unknown>;
  const formerIds = commands.flatMap(({ command }) => command.formerId ?? []);
  const whole = {
    ...written,
    activationEvents: [
      ...manifest.languages.map(({ id }) => `onLanguage:${id}`),
      `onFileSystem:${manifest.fileScheme}`,
      // VS Code activates the extension by itself only for commands in the manifest.
      ...formerIds.map((id) => `onCommand:drydock.${id}`),
    ],
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description: say('capabilities.untrusted', manifest.capabilities.untrusted),
        restrictedConfigurations: settings
          .filter(({ restricted }) => restricted)
          .map(({ key }) => `drydock.${key}`),
      },
      virtualWorkspaces: {
        supported: 'limited',
        description: say('capabilities.virtual', manifest.capabilities.virtual),
      },
    },
    contributes: contributes(commands, settings, say),
  };
  return new Map([
    ['package.json', JSON.stringify(whole)],
    ['package.nls.json', JSON.stringify(texts)],
  ]);
}

type Say = (key: string, text: string) => string;

function contributes(
  commands: readonly RegisteredCommand[],
  settings: readonly SettingEntry[],
  say: Say,
): object {
  const { container, views } = manifest;
  return {
    viewsContainers: {
      activitybar: [{ ...container, title: say('views.container', container.title) }],
    },
    views: {
      [container.id]: views.map(({ id, title, icon, initialSize, ...more }) => ({
        id: `drydock.${id}`,
        name: say(`views.${id}`, title),
        contextualTitle: container.title,
        icon,
        initialSize,
        ...more,
      })),
    },
    viewsWelcome: welcomes.map(({ key, view, when, contents }) => ({
      view: `drydock.${view}`,
      when,
      contents: say(`welcome.${key}`, contents.join('\n\n')),
    })),
    taskDefinitions: taskDefinitions(say),
    problemMatchers,
    terminal: { profiles: [terminalProfile(say)] },
    languages: manifest.languages,
    grammars: [manifest.grammar, manifest.ignoreGrammar],
    semanticTokenScopes: [manifest.semanticTokenScopes],
    jsonValidation: [{ fileMatch: '.drydock.json', url: './schemas/config.schema.json' }],
    configuration: configuration(settings, say),
    configurationDefaults: { 'workbench.editorAssociations': manifest.editorAssociations },
    commands: [
      ...commands.map((registered) => commandEntry(registered, say)),
      ...manifest.languageCommands.map(({ id, title }) => ({
        command: `drydock.${id}`,
        category: 'Drydock',
        title: say(`commands.${id}`, title),
      })),
    ],
    submenus: submenus(say),
    menus: menus(commands),
    keybindings: manifest.keybindings.map(({ command, view, key, mac }) => ({
      command: `drydock.${command}`,
      key,
      mac,
      when: `focusedView == drydock.${view} && listFocus && !inputFocus`,
      args: { selectionOf: view },
    })),
    walkthroughs: [walkthrough(say)],
  };
}

function terminalProfile(say: Say): object {
  const { title } = manifest.terminalProfile;
  return { ...manifest.terminalProfile, title: say('terminal.profile', title) };
}

function submenus(say: Say): readonly object[] {
  return Object.entries(manifest.submenus).map(([id, { title }]) => ({
    id: `drydock.${id}`,
    label: say(`submenus.${id}`, title),
  }));
}

/** VS Code for the Web has none of the commands. Until the environment is known, all are enabled. */
const onMachine = 'drydock.engine != browser';

function commandEntry({ id, command }: RegisteredCommand, say: Say): object {
  const { title, shortTitle, icon, trusted } = command;
  return {
    command: `drydock.${id}`,
    category: 'Drydock',
    title: say(`commands.${id}`, title),
    ...(shortTitle !== undefined && { shortTitle: say(`commands.${id}.short`, shortTitle) }),
    ...(icon !== undefined && { icon: `$(${icon})` }),
    enablement: trusted ? `${onMachine} && isWorkspaceTrusted` : onMachine,
  };
}

function menus(commands: readonly RegisteredCommand[]): object {
  const onFiles = (chosen: readonly RegisteredCommand[]): readonly object[] =>
    chosen
      .filter(({ command }) => command.onFiles !== undefined && command.submenu === undefined)
      .map(({ id, command }) => ({
        command: `drydock.${id}`,
        when: command.onFiles,
        group: '8_drydock',
      }));
  const onFile = fileSubmenus();
  return {
    'view/item/context': [
      ...commands.filter(({ command }) => command.submenu === undefined).flatMap(rowEntries),
      ...Object.entries(manifest.submenus).map(([id, { rows, group }]) => ({
        submenu: `drydock.${id}`,
        when: rows,
        group: `${group}@9`,
      })),
    ],
    ...submenuContents(commands),
    'view/title': titleEntries(commands),
    'explorer/context': [
      ...onFiles(commands.filter(({ command }) => command.editorOnly !== true)),
      ...onFile,
    ],
    'editor/title': commands.flatMap(({ id, command: { inEditorTitle } }) =>
      inEditorTitle === undefined
        ? []
        : {
            command: `drydock.${id}`,
            when: inEditorTitle.when,
            group: inEditorTitle.as === 'button' ? 'navigation' : '8_drydock',
          },
    ),
    'editor/context': [
      ...onFiles(commands.filter(({ command }) => command.explorerOnly !== true)),
      ...onFile,
    ],
  };
}

/** Buttons and overflow menus of the views. */
function titleEntries(commands: readonly RegisteredCommand[]): readonly object[] {
  return commands
    .flatMap(({ id, command }) =>
      (command.titleOf ?? []).map((view) => ({
        command: `drydock.${id}`,
        when: `view == drydock.${view}`,
        // The view's own commands come first, commands that every view has come last.
        group: `navigation@${id.startsWith(view) ? '1' : '9'}`,
      })),
    )
    .concat(
      commands.flatMap(({ id, command }) =>
        (command.titleMenu?.on ?? []).map((view) => ({
          command: `drydock.${id}`,
          when: `view == drydock.${view}`,
          group: command.titleMenu?.group ?? '1_look',
        })),
      ),
    );
}

function fileSubmenus(): readonly object[] {
  return Object.entries(manifest.submenus).map(([id, { files }]) => ({
    submenu: `drydock.${id}`,
    when: files,
    group: '8_drydock',
  }));
}

function submenuContents(commands: readonly RegisteredCommand[]): object {
  const entries = Object.entries(manifest.submenus).map(([id, { files }]) => [
    `drydock.${id}`,
    commands
      .filter(({ command }) => command.submenu === id)
      .flatMap((one) => submenuEntries(one, files)),
  ]);
  return Object.fromEntries(entries) as object;
}

/** One entry for rows and files: a submenu has one list for both. */
function submenuEntries({ id, command }: RegisteredCommand, files: string): readonly object[] {
  const { on, groups, order = 1 } = command;
  const rows = on && rowCondition(groups ? `(${on}|group .*of-${on})` : on, command);
  const when = rows === undefined ? files : `${rows} || ${files}`;
  return [{ command: `drydock.${id}`, when, group: `1_do@${String(order)}` }];
}

function rowEntries({ id, command }: RegisteredCommand): readonly object[] {
  if (command.on === undefined) return [];
  const { inline, group, groups, on } = command;
  const entry = (item: string, place: string): object => ({
    command: `drydock.${id}`,
    when: rowCondition(item, command),
    group: place,
  });
  return [
    ...(inline === undefined ? [] : [entry(on, `inline@${inline}`)]),
    ...(group === undefined ? [] : [entry(groups ? `(${on}|group .*of-${on})` : on, group)]),
  ];
}

/** The context value of a row consists of its kind and its traits. */
function rowCondition(item: string, { needs = [], single }: Command): string {
  return [
    'view =~ /^drydock\\./',
    `viewItem =~ /^${item}\\b/`,
    ...needs.map((words) => `viewItem =~ /\\b(${words})\\b/`),
    ...(single ? ['!listMultiSelection'] : []),
  ].join(' && ');
}

function configuration(settings: readonly SettingEntry[], say: Say): readonly object[] {
  const titles = [...new Set(Object.values(manifest.settingGroups))];
  const groupOf = (key: string): string => {
    const title = manifest.settingGroups[key.split('.')[0] ?? ''];
    if (title === undefined) throw new Error(`manifest.ts has no setting group for ${key}`);
    return title;
  };
  return titles.flatMap((title, index) => {
    const members = settings.filter(({ key }) => groupOf(key) === title);
    if (members.length === 0) return [];
    return {
      title: say(`settings.group.${title.toLowerCase().replaceAll(' ', '-')}`, title),
      order: index + 1,
      properties: Object.fromEntries(
        members.map(({ key, json, scope }, order) => [
          `drydock.${key}`,
          { ...(localized(json, `settings.${key}`, say) as object), scope, order: order + 1 },
        ]),
      ),
    };
  });
}

/** The schema with every description replaced by a key that is made from its path. */
function localized(json: unknown, key: string, say: Say): unknown {
  if (Array.isArray(json)) {
    return json.map((part, index) => localized(part, `${key}.${index}`, say));
  }
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]: [string, unknown]) => {
      const isDescription = /^(markdownD|d)escription$/.test(name) && typeof value === 'string';
      if (isDescription) return [name, say(key, value)];
      if (name === 'markdownEnumDescriptions' && 'enum' in json) {
        const values = json.enum as readonly string[];
        const texts = value as readonly string[];
        return [name, texts.map((text, index) => say(`${key}.${values[index] ?? ''}`, text))];
      }
      const structural = ['properties', 'items', 'oneOf'].includes(name);
      return [name, localized(value, structural ? key : `${key}.${name}`, say)];
    }),
  );
}

function walkthrough(say: Say): object {
  const { id, title, description, steps } = manifest.walkthrough;
  return {
    id,
    title: say('walkthrough.title', title),
    description: say('walkthrough.description', description),
    steps: steps.map((step) => ({
      id: step.id,
      title: say(`walkthrough.${step.id}.title`, step.title),
      description: say(`walkthrough.${step.id}.description`, step.description),
      media: { markdown: step.media },
      completionEvents: step.completionEvents,
    })),
  };
}
