/** Builds images with the form of options, and again with one command. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { secretsInTexts } from '../secret-search.ts';
import { findings } from './accessibility.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let window: Window;
let image: string;
let base: string;

beforeAll(async () => {
  base = await objects.image('form-base');
  image = objects.imageName('form');
  window = await openWindow({
    files: {
      'compose.yaml': `services:\n  api:\n    image: ${image}\n    build: ./api\n`,
      'api/Dockerfile': [
        'ARG NODE_VERSION=24',
        `FROM ${base} AS base`,
        'FROM base AS deps',
        'ARG NPM_REGISTRY=https://registry.npmjs.org/',
        'RUN echo "registry $NPM_REGISTRY"',
        'FROM deps AS build',
        'RUN --mount=type=secret,id=npmrc test "$(cat /run/secrets/npmrc)" = token',
        'FROM base AS runtime',
        'ARG GIT_SHA',
        'LABEL revision=$GIT_SHA node=$NODE_VERSION',
        'COPY greeting.txt /',
        '',
      ].join('\n'),
      'api/greeting.txt': 'Hello\n',
      'api/npmrc': 'token\n',
      'centos-vimv2.0': `FROM ${base}\nRUN echo vim; cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes || cat memory.max\n`,
    },
    settings: { 'window.menuBarVisibility': 'hidden' },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
});

function form(): FrameLocator {
  return window.webview();
}

const line = () => form().getByLabel('Command line', { exact: true });

async function closeForm(): Promise<void> {
  await window.command('View: Close Editor');
  await window.page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
}

test('opens the form with a proposed build from the compose file', async () => {
  await window.page.setViewportSize({ width: 1200, height: 1180 });
  await window.openFile('api/Dockerfile');
  await window.command('Drydock: Build Image with Options…');
  await form().getByRole('heading', { name: 'Build Image' }).waitFor();
  await expect.poll(() => line().inputValue()).toBe(`docker build -t ${image} ./api`);
  await form().getByText(`compose.yaml proposes ${image}`).waitFor();
  await form().getByText('line 4 · used by RUN').waitFor();
  await window.command('View: Toggle Primary Side Bar Visibility');
  await window.shot('70-build-form-pristine');
});

test('shows the changes of the form in the line, and those of the line in the form', async () => {
  await form()
    .getByLabel('Add tag', { exact: true })
    .fill('registry.example.com/shop/api:1.8.0-rc1');
  await form().getByLabel('Add tag', { exact: true }).press('Enter');
  await form().getByLabel('Target stage', { exact: true }).selectOption('build');
  await form().getByLabel('Value', { exact: true }).nth(1).fill('3f2c91e');
  await expect
    .poll(() => line().inputValue())
    .toBe(
      `docker build -t ${image} -t registry.example.com/shop/api:1.8.0-rc1 --target build --build-arg NPM_REGISTRY=3f2c91e ./api`,
    );
  await line().fill(
    `docker build -t ${image} -t registry.example.com/shop/api:1.8.0-rc1 --target build --build-arg GIT_SHA=3f2c91e --build-arg NPM_REGISTRY=https://npm.example.com/ --platform linux/amd64,linux/arm64 --secret id=npmrc,src=api/npmrc --provenance=mode=max ./api`,
  );
  await form()
    .getByText('--provenance mode=max')
    .or(form().getByText('--provenance=mode=max'))
    .first()
    .waitFor();
  await form().getByText('This engine stores one platform per image.').waitFor();
  await expect.poll(() => form().getByLabel('linux/arm64').isChecked()).toBe(true);
  await form()
    .getByText(/\d files, \d+ B/)
    .waitFor();
  expect(await findings(window, '71-build-form')).toEqual([]);
  await window.page.setViewportSize({ width: 420, height: 1180 });
  await window.shot('72-build-form-narrow');
  await window.page.setViewportSize({ width: 1200, height: 1180 });
});

test('names errors in the foot, below their controls and in the line', async () => {
  await line().fill(
    `docker build -t ${image.toUpperCase()} --target biuld --secret id=npmrc,src=api/missing -f api/Dockerfil ./apii`,
  );
  await form().getByText('An image name must be lowercase').waitFor();
  await form()
    .getByText(/^\d errors:/)
    .waitFor();
  expect(await findings(window, '74-build-form-errors')).toEqual([]);
  await line().fill(`docker build -t ${image} --target biuld ./api`);
  await window.press(form().getByRole('button', { name: 'Use build' }));
  await expect
    .poll(() => line().inputValue())
    .toBe(`docker build -t ${image} --target build ./api`);
});

test('builds with Ctrl+Enter, and repeats that build with one command', async () => {
  await line().fill(`docker build -t ${image} --build-arg GIT_SHA=abc --iidfile iid ./api`);
  await form()
    .getByText(/^\d errors?:/)
    .waitFor({ state: 'detached' });
  await line().press('Control+Enter');
  await window.webview().getByText('Image size').waitFor();
  const { Id, Config } = await objects.docker.getImage(image).inspect();
  expect(Config.Labels).toMatchObject({ revision: 'abc' });
  await expect
    .poll(() => readFile(path.join(window.workspace, 'iid'), 'utf8').catch(() => ''))
    .toBe(Id);
  await objects.docker.getImage(image).remove({ force: true });
  await window.openFile('api/Dockerfile');
  await window.command('Drydock: Build Again');
  await expect
    .poll(
      async () =>
        (
          await objects.docker
            .getImage(image)
            .inspect()
            .catch(() => undefined)
        )?.Config.Labels,
    )
    .toMatchObject({ revision: 'abc' });
});

test('offers a file that begins with FROM, and builds it', async () => {
  await window.openFile('centos-vimv2.0');
  const offer = window.notification('centos-vimv2.0 begins with FROM');
  await offer.getByRole('button', { name: 'Use as Dockerfile' }).click();
  const settings = path.join(window.workspace, '.vscode/settings.json');
  await expect
    .poll(() => readFile(settings, 'utf8').catch(() => ''))
    .toMatch(/"files\.associations":\s*\{\s*"\*\*\/centos-vimv2\.0": "dockerfile"/);
  await window.command('Drydock: Build Image…');
  await window.answer('Name and tag of the image', objects.imageName('vim'));
  await window.webview().getByText('Image size').waitFor();
});

test('limits the memory of a build with the classic builder, where BuildKit ignores the limit', async () => {
  await window.openFile('centos-vimv2.0');
  await window.command('Drydock: Build Image with Options…');
  await form().getByLabel('Memory', { exact: true }).fill('64m');
  await form().getByLabel('Allowed CPUs', { exact: true }).fill('0');
  const mark = form().getByText('this option requires BuildKit 0.31').first();
  await mark.waitFor();
  await mark.scrollIntoViewIfNeeded();
  expect(await findings(window, '75-build-form-limits')).toEqual([]);
  await form().getByRole('button', { name: 'Use Classic Builder' }).first().click();
  await expect
    .poll(() => line().inputValue())
    .toMatch(/^DOCKER_BUILDKIT=0 docker build .*--memory 64m --cpuset-cpus 0 /);
  await mark.waitFor({ state: 'detached' });
  await line().press('Control+Enter');
  await window.webview().getByText('Image size').waitFor();
  await window.webview().getByText('67108864').first().waitFor({ state: 'attached' });
  await window.shot('76-build-classic');
});

test('saves the build as a task', async () => {
  await window.openFile('api/Dockerfile');
  await window.command('Drydock: Build Image with Options…');
  await window.press(form().getByRole('button', { name: 'Save as Task…' }));
  await window.answer('Name of the task', 'Build the API');
  await window.seeNotification('Added task "Build the API"');
  const tasks = await readFile(path.join(window.workspace, '.vscode/tasks.json'), 'utf8');
  expect(JSON.parse(tasks)).toMatchObject({
    tasks: [{ label: 'Build the API', type: 'drydock-build', context: './api', tag: [image] }],
  });
  await closeForm();
  await window.command('Tasks: Run Task');
  await window.pick('Build the API');
  await window.seeInTerminal(/^Built sha256:/);
});

/** The elements of a page and the values of its controls. */
const contentScript = `document.body.innerHTML +
  [...document.querySelectorAll('input, textarea')].map(({ value }) => value).join(' ')`;

/** What VS Code stores in the browser. */
function storedInBrowser(): Promise<string> {
  return window.page.evaluate(`(async () => {
    const result = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = [{ ...localStorage }, { ...sessionStorage }];
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        all.push(name, await result(objects.getAllKeys()), await result(objects.getAll()));
      }
      database.close();
    }
    return JSON.stringify(all);
  })()`);
}

test('neither the page of the form nor what VS Code stores in the browser contains a secret', async () => {
  const secret = () => `s3cr-et-${randomBytes(18).toString('hex')}`;
  const secrets = { file: secret(), variable: secret(), argument: secret() };
  await writeFile(path.join(window.workspace, 'api/secret'), secrets.file);
  await writeFile(
    path.join(window.workspace, 'api/Dockerfile'),
    [
      `FROM ${base}`,
      'ARG API_TOKEN',
      'RUN --mount=type=secret,id=file test -s /run/secrets/file',
      'RUN --mount=type=secret,id=variable test -s /run/secrets/variable',
      '',
    ].join('\n'),
  );
  await window.openFile('api/Dockerfile');
  await window.command('Drydock: Build Image with Options…');
  await form().getByRole('heading', { name: 'Build Image' }).waitFor();
  await line().fill(
    `docker build -t ${image} --build-arg API_TOKEN --secret id=file,src=api/secret --secret id=variable,env=NOT_SET ./api`,
  );
  await form().getByText('line 2').first().waitFor();
  const page = String(await form().locator('body').evaluate(contentScript));
  await line().press('Control+Enter');
  await window.answer('Build argument API_TOKEN', secrets.argument);
  await window.answer('Secret variable', secrets.variable);
  await window.webview().getByText('Image size').waitFor();
  const built = String(await form().locator('body').evaluate(contentScript));
  const stored = await storedInBrowser();
  expect(page).toContain('id=variable,env=NOT_SET');
  expect(stored).toContain('build.line:');
  expect(secretsInTexts({ page, built, stored }, secrets)).toEqual([]);
});
