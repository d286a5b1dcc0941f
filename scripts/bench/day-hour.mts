/** What happens in one hour of a simulated working day: on the engine, in the editor and in the sidebar. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EngineObjects } from '../../test/ui/engine-objects.ts';
import type { EngineProxy } from '../../test/ui/engine-proxy.ts';
import type { Window } from '../../test/ui/window.ts';
import { poll } from './processes.mts';

/** Containers that are created, started, killed and removed in an hour. */
const containers = 20;
const tags = 10;
const typedLines = 15;
const reconnects = 3;
const openedFiles = 5;

export interface Day {
  readonly window: Window;
  readonly objects: EngineObjects;
  readonly proxy: EngineProxy;
  readonly image: string;
  /** A container that runs all day. */
  readonly web: string;
  /** Names of Dockerfiles in the workspace. */
  readonly dockerfiles: readonly string[];
  readonly builtImage: string;
}

/** The Dockerfiles that are built, and the one that is edited. */
export function filesOfDay(image: string): Readonly<Record<string, string>> {
  return {
    'shop/Dockerfile': `FROM ${image}\nCOPY greeting.txt /\nRUN cat /greeting.txt\n`,
    'shop/greeting.txt': 'Hello\n',
    'broken/Dockerfile': `FROM ${image}\nRUN echo before && exit 7\n`,
    'edited.Dockerfile': `FROM ${image} AS base\nWORKDIR /app\n\nFROM base\nCOPY --from=base /app /app\n`,
  };
}

/** Plays one hour; everything that was opened is closed again. */
export async function playHour(day: Day, hour: number): Promise<void> {
  await day.window.openSideBar();
  const changes = changeEngine(day, hour);
  // Awaited below; a failure before that must not end the process.
  changes.catch(() => undefined);
  await edit(day);
  await openAndClose(day, hour);
  await build(day, hour);
  await changes;
  await changeViews(day);
  await openDocuments(day);
  await openPages(day);
  await openTerminals(day);
  for (let count = 0; count < reconnects; count++) await reconnect(day);
  await hideSideBar(day);
  await day.window.command('Notifications: Clear All Notifications');
  await day.objects.docker.pruneImages({ filters: { dangling: { true: true } } });
}

/** Each step is an event, which makes the views read their lists again. */
async function changeEngine({ objects, image }: Day, hour: number): Promise<void> {
  const { docker } = objects;
  for (let number = 0; number < containers; number++) {
    const container = await docker.createContainer({
      name: `zz-job-${String(hour)}-${String(number)}`,
      Image: image,
      Cmd: ['sleep', '1000'],
      Labels: { 'com.docker.compose.project': `zz-jobs-${String(number % 3)}` },
    });
    await container.start();
    await container.kill();
    await container.remove({ force: true });
  }
  for (let number = 0; number < tags; number++) {
    const repo = `zz-tag-${String(hour)}`;
    await docker.getImage(image).tag({ repo, tag: String(number) });
    await docker.getImage(`${repo}:${String(number)}`).remove();
  }
}

/** Types about 400 characters, with completion and a hover, and reverts them. */
async function edit({ window }: Day): Promise<void> {
  const { keyboard } = window.page;
  await window.openFile('edited.Dockerfile');
  await window.goTo(1, 1);
  await keyboard.press('Control+End');
  for (let line = 0; line < typedLines; line++)
    await keyboard.type(`RUN echo ${String(line)} && apt-get update\n`);
  await keyboard.type('RUN apt-get install -y pro');
  await keyboard.press('Control+Space');
  const suggestions = window.page.locator('.suggest-widget.visible .monaco-list-row');
  await suggestions.filter({ hasText: 'procps' }).first().waitFor();
  await keyboard.press('Escape');
  await keyboard.press('Control+Home');
  const keyword = window.page.locator('.view-line span', { hasText: /^WORKDIR$/ }).first();
  await window.seeHover(keyword, /WORKDIR <path>/);
  await window.command('File: Revert File');
  await window.editorLine(/^RUN echo/).waitFor({ state: 'detached' });
  await closeEditors(window);
}

async function openAndClose({ window, dockerfiles }: Day, hour: number): Promise<void> {
  for (let count = 0; count < openedFiles; count++)
    await window.openFile(dockerfiles[(hour * openedFiles + count) % dockerfiles.length] ?? '');
  await closeEditors(window);
}

/** A build that succeeds, and one that fails. */
async function build({ window, objects, builtImage }: Day, hour: number): Promise<void> {
  const greeting = path.join(window.workspace, 'shop/greeting.txt');
  await writeFile(greeting, `Hello in hour ${String(hour)}\n`);
  await start('shop');
  await window.notification(`Built ${builtImage}`).waitFor();
  await window.row(builtImage).waitFor();
  await objects.docker.getImage(builtImage).remove({ force: true });
  await window.row(builtImage).waitFor({ state: 'detached' });
  await start('broken');
  await window.notification(`Could not build ${builtImage}: step`).waitFor();
  await window.command('Notifications: Clear All Notifications');
  await closeEditors(window);
  await closeTerminals(window);

  async function start(folder: string): Promise<void> {
    await window.openFile(`${folder}/Dockerfile`);
    await window.command('Drydock: Build Image…');
    await window.pick(folder);
    await window.pick('Directory of the Dockerfile');
    await window.answer('Name and tag of the image', builtImage);
  }
}

/** Groups, collapses, expands and filters rows. */
async function changeViews({ window, web, image }: Day): Promise<void> {
  await window.command('Drydock: Group Containers By…');
  await window.pick('State');
  const group = window.row('running, ');
  for (const expanded of ['false', 'true']) {
    await group.click();
    await window.page
      .locator(`.sidebar [role=treeitem][aria-label^="running, "][aria-expanded=${expanded}]`)
      .waitFor();
  }
  await window.command('Drydock: Group Containers By…');
  await window.pick('Compose project');
  await group.waitFor({ state: 'detached' });
  await window.row(`${web}, up`).waitFor();
  await window.command('Drydock: Filter Images…');
  await window.answer('Show only rows that contain', 'no-such-image');
  await window.row(image).waitFor({ state: 'detached' });
  await window.command('Drydock: Filter Images…');
  await window.answer('Show only rows that contain', '');
  await window.row(image).waitFor();
  await window.tooltipOf(window.row(`${web}, up`), 'Restart policy');
}

async function openDocuments({ window, web }: Day): Promise<void> {
  await window.chooseOnRow(window.row(`${web}, up`), /^Inspect( Container)?$/);
  await window.editorLine(/^Id: /).waitFor();
  await window.chooseOnRow(window.row(`${web}, up`), /^Show (Container )?Processes/);
  await window.editorLine(/PID/).waitFor();
  await closeEditors(window);
}

async function openPages({ window, web, image }: Day): Promise<void> {
  await window.chooseOnRow(window.row(image), /^Show (Image )?Layers/);
  await window.page
    .locator('.tabs-container [role=tab].active', { hasText: 'Layers of' })
    .waitFor();
  await closeEditors(window);
  await window.chooseOnRow(window.row(`${web}, up`), /^Show (Container )?Stats/);
  await window
    .webview()
    .getByText(/^\d+(\.\d)?%$/)
    .first()
    .waitFor();
  await closeEditors(window);
  await window.clickOnRow(window.row(image), /^Run/);
  await window.webview().getByRole('heading', { name: 'Run Container' }).waitFor();
  await closeEditors(window);
  await window.openFile('edited.Dockerfile');
  await window.command('Drydock: Show Stage Graph');
  await window.webview().locator('.box', { hasText: 'base' }).first().waitFor();
  await closeEditors(window);
}

async function openTerminals({ window, web }: Day): Promise<void> {
  await window.clickOnRow(window.row(`${web}, up`), /^View Logs/);
  await window.seeInTerminal('web is ready');
  await window.clickOnRow(window.row(`${web}, up`), /^Attach Shell/);
  await window.seeInTerminal(/[#$]/);
  await window.typeInTerminal('echo $((40+2))');
  await window.seeInTerminal(/^42\s*$/);
  await closeTerminals(window);
}

/** The new event stream starts later than the old one, so its request differs. */
async function reconnect({ window, web, proxy }: Day): Promise<void> {
  const before = new Set(streams(proxy));
  await window.command('Drydock: Reconnect to Docker Engine');
  await poll('The window did not reconnect.', () => {
    const now = streams(proxy);
    return (now.length === 1 && now.every((one) => !before.has(one))) || undefined;
  });
  await window.row(`${web}, up`).waitFor();
}

/** Nothing is requested while no view is visible. */
async function hideSideBar({ window, proxy }: Day): Promise<void> {
  await window.page.locator('.activitybar').getByRole('tab', { name: 'Explorer' }).click();
  await poll('The event stream stays open.', () => streams(proxy).length === 0 || undefined);
  await window.openSideBar();
  await poll('No event stream is open.', () => streams(proxy).length === 1 || undefined);
}

function streams(proxy: EngineProxy): readonly string[] {
  return proxy.openRequests.filter((request) => request.includes('/events?'));
}

async function closeEditors(window: Window): Promise<void> {
  await window.command('View: Close All Editors');
  await window.page.locator('.tabs-container [role=tab]').first().waitFor({ state: 'detached' });
}

async function closeTerminals(window: Window): Promise<void> {
  await window.command('Terminal: Kill All Terminals');
  await window.page.locator('.terminal-wrapper').first().waitFor({ state: 'detached' });
}
