/** The menus of package.json. */
import {
  hasRowCommand,
  rowSuffix,
  type Command,
  type RegisteredCommand,
} from '../../client/src/commands/command.ts';
import * as manifest from '../../client/src/manifest.ts';

export function menus(commands: readonly RegisteredCommand[]): object {
  return {
    commandPalette: paletteEntries(commands),
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
      ...fileEntries(
        commands.filter(({ command }) => command.editorOnly !== true),
        ({ filesOnly }) => (filesOnly === true ? [noFolder] : []),
      ),
      ...fileSubmenus([noFolder]),
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
      ...fileEntries(
        commands.filter(({ command }) => command.explorerOnly !== true),
        () => [],
      ),
      ...fileSubmenus([]),
    ],
  };
}

/** Only for the Explorer: in an editor, it is about the entry that is selected in the Explorer. */
const noFolder = '!explorerResourceIsFolder';

/** The commands on files, with further conditions of the place. */
function fileEntries(
  commands: readonly RegisteredCommand[],
  conditions: (command: Command) => readonly string[],
): readonly object[] {
  return commands
    .filter(({ command }) => command.onFiles !== undefined && command.submenu === undefined)
    .map(({ id, command }) => ({
      command: `drydock.${id}`,
      when: [conditions(command), command.onFiles ?? [], command.onlyWhen ?? []]
        .flat()
        .join(' && '),
      group: '8_drydock',
    }));
}

/** The commands that the Command Palette does not always show. */
function paletteEntries(commands: readonly RegisteredCommand[]): readonly object[] {
  const hidden = commands
    .filter(({ command }) => hasRowCommand(command))
    .map((registered) => ({ command: rowCommand(registered), when: 'false' }));
  const sometimes = commands.flatMap(({ id, command: { onlyWhen } }) =>
    onlyWhen === undefined ? [] : [{ command: `drydock.${id}`, when: onlyWhen }],
  );
  return [...hidden, ...sometimes];
}

/** Buttons and overflow menus of the views. */
function titleEntries(commands: readonly RegisteredCommand[]): readonly object[] {
  return commands
    .flatMap(({ id, command }) =>
      (command.titleOf ?? []).map((view) => ({
        command: `drydock.${id}`,
        when: `view == drydock.${view}`,
        // The view's own commands come first, commands that every view has come last.
        group: `navigation@${id.startsWith(view) ? (command.titleOrder ?? 1) : 9}`,
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

function fileSubmenus(conditions: readonly string[]): readonly object[] {
  return Object.entries(manifest.submenus).map(([id, { files }]) => ({
    submenu: `drydock.${id}`,
    when: [...conditions, files].join(' && '),
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
function submenuEntries(registered: RegisteredCommand, files: string): readonly object[] {
  const { command } = registered;
  const { on, groups, order = 1 } = command;
  const rows = on && rowCondition(groups ? `(${on}|group .*of-${on})` : on, command);
  const when = rows === undefined ? files : `${rows} || ${files}`;
  return [{ command: rowCommand(registered), when, group: `1_do@${String(order)}` }];
}

function rowEntries(registered: RegisteredCommand): readonly object[] {
  const { id, command } = registered;
  if (command.on === undefined) return [];
  const { inline, group, order, groups, on } = command;
  const when = (item: string): string => rowCondition(item, command);
  const place = order === undefined ? group : `${group ?? ''}@${order}`;
  return [
    ...(inline === undefined
      ? []
      : [{ command: `drydock.${id}`, when: when(on), group: `inline@${inline}` }]),
    ...(group === undefined
      ? []
      : [
          {
            command: rowCommand(registered),
            when: when(groups ? `(${on}|group .*of-${on})` : on),
            group: place,
          },
        ]),
  ];
}

/** The context value of a row consists of its kind and its traits. */
function rowCondition(item: string, { needs = [], onlyWhen }: Command): string {
  return [
    'view =~ /^drydock\\./',
    `viewItem =~ /^${item}\\b/`,
    ...needs.map((words) => `viewItem =~ /\\b(${words})\\b/`),
    ...(onlyWhen === undefined ? [] : [onlyWhen]),
  ].join(' && ');
}

/** The identifier by which menus of rows name a command: VS Code shows short titles only in the titles of views. */
export function rowCommand({ id, command }: RegisteredCommand): string {
  return hasRowCommand(command) ? `drydock.${id}${rowSuffix}` : `drydock.${id}`;
}
