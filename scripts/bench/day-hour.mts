/** What happens in one hour of a simulated working day: on the engine, in the editor and in the sidebar. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EngineObjects } from '../../test/ui/engine-objects.ts';
import type { EngineProxy } from '../../test/ui/engine-proxy.ts';
import { closeEditors, filesToCopy, openEverything, type Workplace } from './day-pages.mts';
import { poll } from './processes.mts';

/** Containers that are created, started, killed and removed in an hour. */
const containers = 20;
const tags = 10;
const typedLines = 15;
const reconnects = 3;
const openedFiles = 5;

export interface Day extends Workplace {
  readonly objects: EngineObjects;
  readonly proxy: EngineProxy;
  /** Names of Dockerfiles in the workspace. */
  readonly dockerfiles: readonly string[];
}

/** The Dockerfiles that are built, the one that is edited, and the files that are copied into a container. */
export function filesOfDay(image: string): Readonly<Record<string, string>> {
  return {
    'shop/Dockerfile': `FROM ${image}\nCOPY greeting.txt /\nRUN cat /greeting.txt\n`,
    'shop/greeting.txt': 'Hello\n',
    'broken/Dockerfile': `FROM ${image}\nCOPY greeting.txt /\nRUN cat /greeting.txt && exit 7\n`,
    'broken/greeting.txt': 'Hello\n',
    'edited.Dockerfile': `FROM ${image} AS base\nWORKDIR /app\n\nFROM base\nCOPY --from=base /app /app\n`,
    ...filesToCopy,
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
  await openEverything(day);
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

/** A build that succeeds, and one that fails. The page shows the result of the hour before until a step has changed. */
async function build({ window, objects }: Day, hour: number): Promise<void> {
  const built = objects.imageName('built');
  const greeting = `Hello in hour ${String(hour)}`;
  for (const folder of ['shop', 'broken'])
    await writeFile(path.join(window.workspace, folder, 'greeting.txt'), `${greeting}\n`);
  await window.build('shop/Dockerfile', built);
  await window.row(built).waitFor();
  await window.webview().getByText('Image size').waitFor();
  await closeEditors(window);
  await objects.docker.getImage(built).remove({ force: true });
  await window.row(built).waitFor({ state: 'detached' });
  await window.build('broken/Dockerfile', objects.imageName('broken'));
  await window.webview().getByText(greeting).first().waitFor();
  await window.webview().getByRole('button', { name: 'Go to Line 3' }).waitFor();
  await closeEditors(window);
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
