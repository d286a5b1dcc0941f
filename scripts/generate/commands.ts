/** Everything generated from the commands: the barrel and docs/commands.md. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command, RegisteredCommand } from '../../client/src/commands/command.ts';
import { notice } from './source.ts';

const folder = 'client/src/commands';

/** The commands read from their files, not from the barrel, which may be stale. */
export async function registeredCommands(root: string): Promise<readonly RegisteredCommand[]> {
  return Promise.all(
    commandIds(root).map(async (id) => {
      const file = path.join(root, folder, `${id.replace('.', '/')}.ts`);
      const module = (await import(pathToFileURL(file).href)) as { readonly default: Command };
      return { id, command: module.default };
    }),
  );
}

/** Every file generated from the commands: path from the root → text. */
export function commandsGenerated(
  commands: readonly RegisteredCommand[],
): ReadonlyMap<string, string> {
  return new Map([
    [`${folder}/index.ts`, barrel(commands)],
    ['docs/commands.md', `<!-- ${notice(folder)} -->\n\n# Commands\n\n${table(commands)}\n`],
  ]);
}

function commandIds(root: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(path.join(root, folder, name))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => `${name}.${file.slice(0, -'.ts'.length)}`),
    )
    .sort();
}

function barrel(commands: readonly RegisteredCommand[]): string {
  return [
    `// ${notice(folder)}`,
    `import type { RegisteredCommand } from './command.ts';`,
    ...commands.map(({ id }) => `import ${camel(id)} from './${id.replace('.', '/')}.ts';`),
    '',
    '/** All commands, by id. */',
    'export const commands: readonly RegisteredCommand[] = [',
    ...commands.map(({ id }) => `  { id: '${id}', command: ${camel(id)} },`),
    '];',
    '',
  ].join('\n');
}

function table(commands: readonly RegisteredCommand[]): string {
  return [
    '| Command | Where | ID |',
    '| --- | --- | --- |',
    ...commands.map(
      ({ id, command }) => `| Drydock: ${command.title} | ${places(command)} | \`drydock.${id}\` |`,
    ),
  ].join('\n');
}

function places(command: Command): string {
  const {
    on,
    onFiles,
    inEditorTitle,
    explorerOnly,
    editorOnly,
    titleOf,
    titleMenu,
    inline,
    groups,
    submenu,
  } = command;
  const onFile = onFiles !== undefined || submenu !== undefined;
  return [
    'Command Palette',
    ...(on === undefined ? [] : [`${on} rows${inline === undefined ? '' : ' (inline button)'}`]),
    ...(groups === true ? [`groups of ${on ?? ''} rows`] : []),
    ...(titleOf === undefined ? [] : ['view title']),
    ...(titleMenu === undefined ? [] : ['view title menu']),
    ...(!onFile || editorOnly === true ? [] : ['Explorer']),
    ...(!onFile || explorerOnly === true ? [] : ['editor']),
    ...(inEditorTitle === undefined
      ? []
      : [inEditorTitle.as === 'button' ? 'editor title' : 'editor title menu']),
  ].join(', ');
}

function camel(id: string): string {
  return id.replace(/[.-](.)/g, (_, letter: string) => letter.toUpperCase());
}
