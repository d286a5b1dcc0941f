/** Writes manifest, commands and settings into package.json and package.nls.json. */
import {
  hasRowCommand,
  type Command,
  type RegisteredCommand,
} from '../../client/src/commands/command.ts';
import * as manifest from '../../client/src/manifest.ts';
import { welcomes } from '../../client/src/welcomes.ts';
import { menus, rowCommand } from './menus.ts';
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
      ...commands.flatMap((registered) => commandEntries(registered, say)),
      ...manifest.languageCommands.map(({ id, title }) => ({
        command: `drydock.${id}`,
        category: 'Drydock',
        title: say(`commands.${id}`, title),
      })),
    ],
    submenus: submenus(say),
    menus: menus(commands),
    keybindings: keybindings(commands),
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

function keybindings(commands: readonly RegisteredCommand[]): readonly object[] {
  return [
    ...manifest.keybindings.map(({ command, view, key, mac }) => ({
      command: rowCommandOf(commands, command),
      key,
      mac,
      when: listFocusIn(view),
      args: { selectionOf: view },
    })),
    ...manifest.openedByEnter.map(({ command, view }) => ({
      // Enter selects the row that has the focus, and expands groups; commands act on the selection.
      command: 'runCommands',
      key: 'enter',
      when: listFocusIn(view),
      args: {
        commands: [
          'list.select',
          { command: `drydock.${command}`, args: { selectionOf: view, rowsOnly: true } },
        ],
      },
    })),
  ];
}

/** VS Code for the Web has none of the commands. Until the environment is known, all are enabled. */
const onMachine = 'drydock.engine != browser';

function rowCommandOf(commands: readonly RegisteredCommand[], id: string): string {
  const registered = commands.find((one) => one.id === id);
  return registered === undefined ? `drydock.${id}` : rowCommand(registered);
}

function listFocusIn(view: string): string {
  return `focusedView == drydock.${view} && listFocus && !inputFocus`;
}

function commandEntries(registered: RegisteredCommand, say: Say): readonly object[] {
  const entry = commandEntry(registered, say);
  if (!hasRowCommand(registered.command)) return [entry];
  const { id, command } = registered;
  const title = say(`commands.${id}.short`, command.shortTitle ?? command.title);
  const enablement = enablementOf(command);
  return [entry, { command: rowCommand(registered), category: 'Drydock', title, enablement }];
}

function enablementOf({ trusted, onlyWhen }: Command): string {
  const conditions = [onMachine, ...(trusted ? ['isWorkspaceTrusted'] : []), onlyWhen ?? []];
  return conditions.flat().join(' && ');
}

function commandEntry({ id, command }: RegisteredCommand, say: Say): object {
  const { title, shortTitle, icon } = command;
  return {
    command: `drydock.${id}`,
    category: 'Drydock',
    title: say(`commands.${id}`, title),
    ...(shortTitle !== undefined && { shortTitle: say(`commands.${id}.short`, shortTitle) }),
    ...(icon !== undefined && { icon: `$(${icon})` }),
    enablement: enablementOf(command),
  };
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
