/** An Editor for tests: gives prepared answers, and records what was asked and shown. */
import { readDockerfile } from '../client/src/build/dockerfile/read-dockerfile.ts';
import { createBuilds } from '../client/src/build/view/builds.ts';
import type { Tools } from '../client/src/ui/tools.ts';
import type { Choice, Editor } from '../client/src/ui/editor.ts';
import { FileSession, helperImageKey } from '../client/src/files/session.ts';
import { confirmOverwrite } from '../client/src/ui/overwrite.ts';
import type { Engine } from '../client/src/engine/engine.ts';

export interface Recording {
  readonly editor: Editor;
  /** One line for everything that was shown, in order. */
  readonly seen: string[];
  /** Resolves when all output terminals have ended. */
  printed(): Promise<void>;
}

/** Answers are used in order: a text, or the label of a choice or a button; undefined is Escape. */
export function recordingEditor(
  answers: readonly (string | undefined)[] = [],
  also: Partial<Editor> = {},
): Recording {
  const queue = [...answers];
  const seen: string[] = [];
  const memory = new Map<string, string>();
  const secrets = new Map<string, string>();
  const preferences = new Map<string, unknown>();
  const prints: Promise<void>[] = [];
  const button = (kind: string, text: string, buttons: readonly string[]) => {
    const shown = buttons.map((label) => ` [${label}]`).join('');
    seen.push(`${kind}: ${text}${shown}`);
    if (kind !== 'choose' && kind !== 'confirm') return Promise.resolve(undefined);
    const answer = queue.shift();
    return Promise.resolve(buttons.find((label) => label === answer));
  };
  const detailed = (question: string, detail?: string) =>
    detail === undefined ? question : `${question} (${detail})`;
  const choose = <T>(title: string, choices: readonly Choice<T>[]): T | undefined => {
    seen.push(`pick: ${title} [${choices.map(({ label }) => label).join(', ')}]`);
    const answer = queue.shift();
    return choices.find(({ label }) => label === answer)?.value;
  };
  const editor: Editor = {
    confirm: async (question, detail, yes) =>
      (await button('confirm', detailed(question, detail), [yes])) === yes,
    chooseButton: (question, detail, ...buttons) =>
      button('choose', detailed(question, detail), buttons),
    pick: async (title, choices) => choose(title, await choices),
    pickMany: (title, choices) => {
      const shown = choices.map(({ label, picked }) => (picked ? `✓${label}` : label)).join(', ');
      seen.push(`pickMany: ${title} [${shown}]`);
      const answer = queue.shift();
      return Promise.resolve(answer === undefined ? undefined : chosenOf(choices, answer));
    },
    pickSome: (title, choices, note) => {
      const labels = choices.map(({ label }) => label).join(', ');
      seen.push(`pickSome: ${title} [${labels}]${note === undefined ? '' : ` → ${note}`}`);
      const answer = queue.shift();
      return Promise.resolve(answer === undefined ? undefined : chosenOf(choices, answer));
    },
    pickPath: async (title, options) => {
      const { start, option } = options;
      const names = await options.list(start).catch(() => []);
      const shown = names.map(({ name, leadsToDirectory }) => (leadsToDirectory ? `${name}/` : name)).sort(); // prettier-ignore
      seen.push(`path: ${title} ‹${start}› [${shown.join(', ')}]`);
      let answer = queue.shift();
      // An answer with a star chooses the option first.
      if (answer === '*') {
        await option?.choose();
        seen.push(`option: ${option?.label() ?? ''}`);
        answer = queue.shift();
      }
      const said = answer === undefined ? undefined : options.check(answer);
      if (said !== undefined) seen.push(`  ${said}`);
      return answer;
    },
    ask: (title, { value, check, note } = {}) => {
      const answer = queue.shift();
      const said = answer === undefined ? undefined : (check?.(answer) ?? note?.(answer));
      seen.push(`ask: ${title} ‹${value ?? ''}›${said === undefined ? '' : ` → ${said}`}`);
      return Promise.resolve(answer);
    },
    withProgress: (title, work) => {
      seen.push(`progress: ${title}`);
      return work(new AbortController().signal, (message) => seen.push(`  ${message}`));
    },
    withWindowProgress: (title, work) => {
      seen.push(`progress: ${title}`);
      return work();
    },
    showDocument: (name, text, language) => {
      seen.push(`document: ${name} (${language}, ${text.length > 2 ? 'text' : 'empty'})`);
      return Promise.resolve();
    },
    showMarkdown: (name, markdown) => {
      seen.push(`markdown: ${name}\n${markdown}`);
      return Promise.resolve();
    },
    openTerminal: async ({ name, start }) => {
      seen.push(`terminal: ${name}`);
      await start(undefined);
    },
    openOutputTerminal: (name, _icon, write) => {
      seen.push(`output: ${name}`);
      const print = (text: string) => seen.push(`  ${plain(text)}`);
      prints.push(write(print, new AbortController().signal));
    },
    openPage: ({ name }, title) => {
      seen.push(`${name}: ${title}`);
      return {
        post: () => undefined,
        reveal: () => seen.push(`${name}: to the front`),
        setTitle: (changed) => seen.push(`${name}: ${changed}`),
        close: () => undefined,
      };
    },
    showLine: (path, line) => Promise.resolve(void seen.push(`line: ${path}:${String(line)}`)),
    openFile: (path) => Promise.resolve(void seen.push(`open: ${path}`)),
    openResource: (path, at) =>
      Promise.resolve(
        void seen.push(`open: ${path}${at === undefined ? '' : `:${String(at.line)}`}`),
      ),
    compareFiles: (left, right, title) =>
      Promise.resolve(
        void seen.push(
          `compare: ${title} [${Object.values(left).join()}, ${Object.values(right).join()}]`,
        ),
      ),
    compareTexts: (left, right, title) =>
      Promise.resolve(void seen.push(`compare: ${title}\n${left.text}\n${right.text}`)),
    addWorkspaceFolder: (path, name) =>
      Promise.resolve(void seen.push(`folder: ${name} [${path}]`)),
    openText: () => undefined,
    showUnsavedFile: (path, text) => Promise.resolve(void seen.push(`unsaved: ${path}\n${text}`)),
    onDocumentChange: () => () => undefined,
    readText: () => Promise.resolve(undefined),
    findInWorkspace: () => Promise.resolve(undefined),
    firstWorkspaceFolder: () => undefined,
    chooseFolder: () => Promise.resolve(queue.shift()),
    chooseFiles: () => Promise.resolve(queue.shift()?.split(' ')),
    chooseFile: () => Promise.resolve(queue.shift()),
    chooseSaveFile: () => Promise.resolve(queue.shift()),
    showInformation: (message, ...buttons) => button('info', message, buttons),
    showWarning: (message, ...buttons) => button('warning', message, buttons),
    showError: (message, ...buttons) => button('error', message, buttons),
    revealFile: ({ place, path }) =>
      Promise.resolve(void seen.push(`reveal: ${place.name}:${path}`)),
    revealInExplorer: (path) => Promise.resolve(void seen.push(`reveal: ${path}`)),
    typeInTerminal: (line, folder) =>
      seen.push(folder === undefined ? `type: ${line}` : `type: ${line} (${folder})`),
    openInBrowser: (address) => Promise.resolve(void seen.push(`browser: ${address}`)),
    openSettings: (name) => Promise.resolve(void seen.push(`settings: ${name}`)),
    getSetting: (name) => preferences.get(name),
    updateSetting: (name, value) => {
      preferences.set(name, value);
      return Promise.resolve(void seen.push(`set: ${name} = ${JSON.stringify(value)}`));
    },
    refreshViews: () => seen.push('refresh'),
    redrawViews: () => seen.push('redraw'),
    showVolumeFiles: (name) => {
      seen.push(`files of volume: ${name}`);
      return Promise.resolve();
    },
    showLog: () => seen.push('log'),
    platform: 'linux',
    findDockerfiles: () => Promise.resolve([]),
    findComposeFiles: () => Promise.resolve([]),
    workspaceFolderOf: () => undefined,
    saveDocument: () => Promise.resolve(),
    activeFile: () => undefined,
    activeLine: () => undefined,
    getState: (key) => memory.get(key),
    setState: (key, value) => Promise.resolve(void memory.set(key, value)),
    getSecret: (key) => Promise.resolve(secrets.get(key)),
    setSecret: (key, value) => Promise.resolve(void secrets.set(key, value)),
    copyToClipboard: (text) => Promise.resolve(void seen.push(`copied: ${text}`)),
    readClipboard: () => Promise.resolve(queue.shift() ?? ''),
    createStatusItem: (_, command) => ({
      show: (text) => seen.push(`status of ${command}: ${text}`),
      hide: () => undefined,
    }),
    showBuildProblem: ({ message }) => seen.push(`problem: ${message}`),
    clearBuildProblem: () => undefined,
    showBuildCosts: ({ instructions }) =>
      seen.push(`costs of ${String(instructions.length)} instructions`),
    runCommand: (id) => Promise.resolve(void seen.push(`command: ${id}`)),
    hasCommand: () => Promise.resolve(false),
    attachWindow: (id) => Promise.resolve(void seen.push(`attach: ${id}`)),
    openInDevContainer: (folder) => Promise.resolve(void seen.push(`dev container: ${folder}`)),
    ...also,
  };
  const printed = async () => {
    await Promise.allSettled(prints);
  };
  return { editor, seen, printed };
}

/** The text without ANSI colors and line breaks. */
function plain(text: string): string {
  return text.replace(/\u001b\[\d*m/g, '').trim();
}

/** Tools with an engine and an editor; contexts and logins are not available unless `also` provides them. */
export function toolsFor(engine: Engine, editor: Editor, also: Partial<Tools> = {}): Tools {
  const tools: Tools = {
    engine: () => Promise.resolve(engine),
    reconnect: () => Promise.resolve(),
    editor,
    contexts: () => Promise.reject(new Error('no contexts in this test')),
    logins: () => Promise.reject(new Error('no logins in this test')),
    volumeSizes: new Map(),
    connectionState: () => Promise.resolve({}),
    builds: () => Promise.resolve(builds),
    files: () => Promise.resolve(files),
    ...also,
  };
  const files = new FileSession({
    engine: () => tools.engine(),
    engineName: () => Promise.resolve('default'),
    trusted: () => true,
    helperImage: () => editor.getState(helperImageKey),
    confirmOverwrite: (path) => confirmOverwrite(editor, path),
  });
  const builds = createBuilds(tools, { readDockerfile });
  return tools;
}

/** The values of the choices with these labels, separated by `|`; `✓` accepts what is checked. */
function chosenOf<T>(choices: readonly Choice<T>[], answer: string): readonly T[] {
  const labels = answer.split('|');
  return choices
    .filter(({ label, picked }) => (answer === '✓' ? picked : labels.includes(label)))
    .map(({ value }) => value);
}
