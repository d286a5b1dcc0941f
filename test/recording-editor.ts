/** An Editor for tests: answers what it was told to, and writes down what was asked and shown. */
import type { Choice, Editor } from '../client/src/commands/editor.ts';

export interface Recording {
  readonly editor: Editor;
  /** One line for everything that a person would have seen, in order. */
  readonly seen: string[];
  /** Resolves when all printouts have ended. */
  printed(): Promise<void>;
}

/** Answers are taken in order: a text, the label of a choice or of a button; undefined is Escape. */
export function recordingEditor(
  answers: readonly (string | undefined)[] = [],
  also: Partial<Editor> = {},
): Recording {
  const queue = [...answers];
  const seen: string[] = [];
  const memory = new Map<string, string>();
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
    pickMany: (title, choices) => {
      const one = choose(title, choices);
      return Promise.resolve(one === undefined ? undefined : [one]);
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
    terminal: (name) => seen.push(`terminal: ${name}`),
    printout: (name, _icon, write) => {
      seen.push(`printout: ${name}`);
      const print = (text: string) => seen.push(`  ${plain(text)}`);
      prints.push(write(print, new AbortController().signal));
    },
    chooseFolder: () => Promise.resolve(queue.shift()),
    chooseFiles: () => Promise.resolve(queue.shift()?.split(' ')),
    tell: (message, ...buttons) => button('tell', message, buttons),
    warn: (message, ...buttons) => button('warn', message, buttons),
    reveal: (path) => Promise.resolve(void seen.push(`reveal: ${path}`)),
    typeInTerminal: (line) => seen.push(`type: ${line}`),
    openPage: (address) => Promise.resolve(void seen.push(`page: ${address}`)),
    openSetting: (name) => Promise.resolve(void seen.push(`setting: ${name}`)),
    refresh: () => seen.push('refresh'),
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

/** Without colours and line ends. */
function plain(text: string): string {
  return text.replace(/\u001b\[\d*m/g, '').trim();
}
