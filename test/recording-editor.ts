/** An Editor for tests: returns prepared answers, and records what was asked and shown. */
import type { Tools } from '../client/src/ui/tools.ts';
import type { Choice, Editor } from '../client/src/ui/editor.ts';
import type { Engine } from '../client/src/engine/engine.ts';

export interface Recording {
  readonly editor: Editor;
  /** One line for each thing that a user would have seen, in order. */
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
    choose: (question, detail, ...buttons) => button('choose', detailed(question, detail), buttons),
    pick: async (title, choices) => choose(title, await choices),
    pickMany: (title, choices, note) => {
      const said = note?.(choices.filter(({ picked }) => picked).map(({ value }) => value));
      const shown = choices.map(({ label, picked }) => (picked ? `✓${label}` : label)).join(', ');
      seen.push(`pickMany: ${title} [${shown}]${said === undefined ? '' : ` → ${said}`}`);
      const answer = queue.shift();
      if (answer === undefined) return Promise.resolve(undefined);
      const labels = answer.split('|');
      const chosen = choices.filter(({ label, picked }) =>
        answer === '✓' ? picked : labels.includes(label),
      );
      return Promise.resolve(chosen.map(({ value }) => value));
    },
    ask: (title, { value, check, note } = {}) => {
      const answer = queue.shift();
      const said = answer === undefined ? undefined : (check?.(answer) ?? note?.(answer));
      seen.push(`ask: ${title} ‹${value ?? ''}›${said === undefined ? '' : ` → ${said}`}`);
      return Promise.resolve(answer);
    },
    during: (title, work) => {
      seen.push(`during: ${title}`);
      return work(new AbortController().signal, (message) => seen.push(`  ${message}`));
    },
    meanwhile: (title, work) => {
      seen.push(`meanwhile: ${title}`);
      return work();
    },
    show: (name, text, language) => {
      seen.push(`show: ${name} (${language}, ${text.length > 2 ? 'text' : 'empty'})`);
      return Promise.resolve();
    },
    page: (name, markdown) => {
      seen.push(`page: ${name}\n${markdown}`);
      return Promise.resolve();
    },
    terminal: (name) => seen.push(`terminal: ${name}`),
    printout: (name, _icon, write) => {
      seen.push(`printout: ${name}`);
      const print = (text: string) => seen.push(`  ${plain(text)}`);
      prints.push(write(print, new AbortController().signal));
    },
    openPage: ({ name }, title) => {
      seen.push(`${name}: ${title}`);
      return { post: () => undefined, close: () => undefined };
    },
    goTo: (path, line) => Promise.resolve(void seen.push(`goTo: ${path}:${String(line)}`)),
    whenChanged: () => () => undefined,
    openFolder: () => undefined,
    chooseFolder: () => Promise.resolve(queue.shift()),
    chooseFiles: () => Promise.resolve(queue.shift()?.split(' ')),
    chooseFile: () => Promise.resolve(queue.shift()),
    chooseNewFile: () => Promise.resolve(queue.shift()),
    tell: (message, ...buttons) => button('tell', message, buttons),
    warn: (message, ...buttons) => button('warn', message, buttons),
    reveal: (path) => Promise.resolve(void seen.push(`reveal: ${path}`)),
    typeInTerminal: (line) => seen.push(`type: ${line}`),
    openInBrowser: (address) => Promise.resolve(void seen.push(`page: ${address}`)),
    openSetting: (name) => Promise.resolve(void seen.push(`setting: ${name}`)),
    preference: (name) => preferences.get(name),
    prefer: (name, value) => {
      preferences.set(name, value);
      return Promise.resolve(void seen.push(`prefer: ${name} = ${JSON.stringify(value)}`));
    },
    refresh: () => seen.push('refresh'),
    redraw: () => seen.push('redraw'),
    showLog: () => seen.push('log'),
    platform: 'linux',
    dockerfiles: () => Promise.resolve([]),
    workspaceFolder: () => undefined,
    save: () => Promise.resolve(),
    activeFile: () => undefined,
    recall: (key) => memory.get(key),
    remember: (key, value) => Promise.resolve(void memory.set(key, value)),
    copyText: (text) => Promise.resolve(void seen.push(`copied: ${text}`)),
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
  return {
    engine: () => Promise.resolve(engine),
    reconnect: () => Promise.resolve(),
    editor,
    contexts: () => Promise.reject(new Error('no contexts in this test')),
    logins: () => Promise.reject(new Error('no logins in this test')),
    volumeSizes: new Map(),
    state: () => Promise.resolve({}),
    ...also,
  };
}
