import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { composeFile } from '../../client/src/manifest.ts';
import { commands } from '../../client/src/commands/index.ts';
import { languageCommands } from '../../client/src/manifest.ts';
import { manifestGenerated } from './manifest.ts';
import { settingsOf } from './settings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const written = readFileSync(path.join(root, 'package.json'), 'utf8');
const files = manifestGenerated(commands, settingsOf({}), written);
const manifest = files.get('package.json') ?? '';
const texts = JSON.parse(files.get('package.nls.json') ?? '{}') as Record<string, string>;

test('every text that the manifest names exists, and every text is named', () => {
  const named = [...manifest.matchAll(/%([\w.-]+)%/g)].map(([, key]) => key);
  expect(named.filter((key) => texts[key ?? ''] === undefined)).toEqual([]);
  expect(Object.keys(texts).filter((key) => !named.includes(key))).toEqual([]);
});

test('links in texts and keys lead to commands that exist', () => {
  const called = [
    ...JSON.stringify(texts).matchAll(/command:drydock\.([\w.-]+)/g),
    ...manifest.matchAll(/"command":"drydock\.([\w.-]+)(?:\/row)?"/g),
  ].map(([, id]) => id);
  const ids: readonly string[] = [...commands, ...languageCommands].map(({ id }) => id);
  expect([...new Set(called)].filter((id) => !ids.includes(id ?? ''))).toEqual([]);
});

test('a row has three buttons at most, and each in a place of its own', () => {
  for (const state of ['running', 'exited']) {
    const places = commands
      .filter(({ command }) => command.on === 'container' && command.inline !== undefined)
      .filter(({ command }) => command.needs?.every((words) => words.split('|').includes(state)))
      .map(({ command }) => command.inline);
    expect(places.length).toBeLessThanOrEqual(3);
    expect(new Set(places).size).toBe(places.length);
  }
});

test('titles in the palette differ', () => {
  const titles = commands.map(({ command }) => command.title);
  expect(new Set(titles).size).toBe(titles.length);
});

test('files that the manifest names are there', () => {
  const named = [...manifest.matchAll(/"(?:\.\/)?((?:media|syntaxes|schemas)\/[^"]+)"/g)];
  const missing = named
    .map(([, file]) => file ?? '')
    .filter((file) => !existsSync(path.join(root, file)));
  expect(missing).toEqual([]);
});

test('menus of editors do not depend on what is selected in the Explorer', () => {
  const { contributes } = JSON.parse(manifest) as {
    readonly contributes: { readonly menus: Readonly<Record<string, readonly MenuEntry[]>> };
  };
  const { menus } = contributes;
  const inEditors = [...(menus['editor/context'] ?? []), ...(menus['drydock.compose'] ?? [])];
  expect(inEditors.length).toBeGreaterThan(9);
  expect(inEditors.filter(({ when }) => when.includes('explorer'))).toEqual([]);
  const inExplorer = (menus['explorer/context'] ?? []).filter(({ when }) =>
    when.startsWith('!explorerResourceIsFolder && '),
  );
  expect(inExplorer.length).toBe(3);
});

test('groups of rows are offered what acts on all in them, and no buttons', () => {
  const { contributes } = JSON.parse(manifest) as {
    readonly contributes: { readonly menus: Readonly<Record<string, readonly MenuEntry[]>> };
  };
  const offered = (contextValue: string): readonly string[] =>
    (contributes.menus['view/item/context'] ?? []).flatMap(({ command, when, group }) => {
      const tests = [...when.matchAll(/viewItem =~ \/(.+?)\/(?: |$)/g)];
      const fits = tests.every(([, source]) => new RegExp(source ?? '').test(contextValue));
      return fits ? [`${command} ${group}`] : [];
    });
  expect(offered('group project of-container running')).toEqual([
    'drydock.containers.kill/row 5_remove@1',
    'drydock.containers.logs/row 0_daily@1',
    'drydock.containers.logs-from 1_open@6',
    'drydock.containers.pause/row 2_do@4',
    'drydock.containers.remove/row 5_remove@2',
    'drydock.containers.restart/row 0_daily@3',
    'drydock.containers.stats/row 1_open@2',
    'drydock.containers.stop/row 0_daily@4',
  ]);
  expect(offered('group repository of-image tagged unused')).toEqual([
    'drydock.images.remove/row 5_remove',
  ]);
  expect(offered('group anonymous-group')).toEqual([]);
  expect(offered('container paused').length).toBeGreaterThan(6);
});

test('rows of Compose projects and Compose files have the Compose menu', () => {
  const { contributes } = JSON.parse(manifest) as {
    readonly contributes: {
      readonly menus: Readonly<Record<string, readonly (MenuEntry & { submenu?: string })[]>>;
    };
  };
  const { menus } = contributes;
  const whenOf = (menu: string): string =>
    menus[menu]?.find(({ submenu }) => submenu === 'drydock.compose')?.when ?? '';
  const rows = /viewItem =~ \/(.+?)\/$/.exec(whenOf('view/item/context'))?.[1] ?? '';
  expect('group project of-container running composed').toMatch(new RegExp(rows));
  expect('container exited composed').toMatch(new RegExp(rows));
  expect('container exited').not.toMatch(new RegExp(rows));
  for (const menu of ['explorer/context', 'editor/context']) {
    const names = /resourceFilename =~ \/(.+?)\/i$/.exec(whenOf(menu))?.[1] ?? '';
    for (const name of [
      'compose.yaml',
      'docker-compose.yml',
      'docker-compose.prod.yml',
      'compose.override.yaml',
      'dev.compose.yml',
      'podman-compose.yml',
    ]) {
      expect(name).toMatch(new RegExp(names, 'i'));
      expect(`/w/${name}`).toMatch(composeFile);
    }
    for (const name of ['composed.yaml', 'compose.json', 'decompose.yaml', 'compose']) {
      expect(name).not.toMatch(new RegExp(names, 'i'));
      expect(`/w/${name}`).not.toMatch(composeFile);
    }
  }
  expect(menus['drydock.compose']?.map(({ command }) => command)).toContain(
    'drydock.compose.up/row',
  );
});

test('the menu of a running container begins with what is used daily, in short words', () => {
  const { contributes } = JSON.parse(manifest) as {
    readonly contributes: {
      readonly commands: readonly { readonly command: string; readonly title: string }[];
      readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    };
  };
  const titleOf = (id: string): string | undefined => {
    const title = contributes.commands.find(({ command }) => command === id)?.title ?? '';
    return texts[title.replaceAll('%', '')];
  };
  const daily = (contributes.menus['view/item/context'] ?? [])
    .filter(({ when, group }) => {
      const sources = [...when.matchAll(/viewItem =~ \/(.+?)\/(?: |$)/g)];
      const fits = sources.every(([, source]) =>
        new RegExp(source ?? '').test('container running'),
      );
      return fits && group.startsWith('0_daily');
    })
    .toSorted((a, b) => (a.group < b.group ? -1 : 1));
  expect(daily.map(({ command }) => titleOf(command))).toEqual([
    'Logs',
    'Shell',
    'Restart',
    'Stop',
  ]);
});

test('no entry of a menu of rows depends on the number of selected rows', () => {
  // VS Code keeps that number after a row was removed, and for a click outside the selection.
  expect(manifest).not.toContain('listMultiSelection');
});

interface MenuEntry {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}
