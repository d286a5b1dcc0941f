/** Draws a build context. All texts arrive as data and are shown as text. */
import type {
  ContextSummary,
  ContextTexts,
  FromContext,
  PatternRow,
  Reason,
  ToContext,
} from '../../src/build-context/page.ts';
import { icon, iconButton, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';
import { TreeView, type SavedTree } from './tree-view.ts';
import './build-context.css';

/** State that is kept while the page is hidden. */
interface SavedState extends SavedTree {
  readonly find?: string;
  readonly scroll?: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromContext): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
root.className = 'app';
let saved: SavedState = vscode.getState() ?? {};
let tree: TreeView | undefined;
/** Whether the page is where it was before it was hidden. */
let isScrolled = false;
const answer = element('span', { className: 'small', role: 'status' });

function save(change: Partial<SavedState>): void {
  saved = { ...saved, ...change };
  vscode.setState(saved);
}

window.addEventListener('message', ({ data }: MessageEvent<ToContext>) => onMessage(data));
window.addEventListener('scrollend', () => save({ scroll: document.documentElement.scrollTop }));
vscode.postMessage({ kind: 'ready' });

function onMessage(message: ToContext): void {
  switch (message.kind) {
    case 'rows':
      tree?.onRows(message);
      if (tree?.isComplete === true && !isScrolled) {
        isScrolled = true;
        document.documentElement.scrollTop = saved.scroll ?? 0;
      }
      return;
    case 'answer':
      answer.replaceChildren(...reasonNodes(message.reason));
      return;
    case 'reading':
      showReading(message);
      return;
    case 'failure':
      showFailure(message);
      return;
    case 'show':
      show(message.texts, message.summary);
      return;
  }
}

function showReading({ texts, progress }: Extract<ToContext, { kind: 'reading' }>): void {
  const text = document.querySelector('.reading .progress');
  if (text !== null) {
    text.textContent = progress;
    return;
  }
  const line = element(
    'div',
    { className: 'reading', role: 'status' },
    icon('loading', { spins: true }),
    element('span', { className: 'progress', textContent: progress }),
    labelButton(texts.cancel, 'secondary', () => vscode.postMessage({ kind: 'cancel' })),
  );
  // While it is read again, the page shows what it showed before.
  const facts = document.querySelector('.head .facts');
  if (facts !== null) {
    facts.replaceChildren(line);
    return;
  }
  root.replaceChildren(
    element('header', { className: 'head' }, element('h1', { textContent: texts.title })),
    element('div', { className: 'body' }, line),
  );
  root.removeAttribute('aria-busy');
}

function showFailure({ texts, message }: Extract<ToContext, { kind: 'failure' }>): void {
  const error = element(
    'div',
    { className: 'msg error', role: 'alert' },
    icon('error', { color: 'red' }),
    element('span', { textContent: message }),
    element('span', { className: 'acts' }, labelButton(texts.refresh, 'link', refresh)),
  );
  root.replaceChildren(head(texts, undefined), element('div', { className: 'body' }, error));
  root.removeAttribute('aria-busy');
}

function refresh(): void {
  vscode.postMessage({ kind: 'refresh' });
}

function show(texts: ContextTexts, summary: ContextSummary): void {
  tree = new TreeView(texts, summary, {
    saved,
    save,
    post: (message) => vscode.postMessage(message),
    reasonNodes,
  });
  root.replaceChildren(
    head(texts, summary),
    element(
      'div',
      { className: 'body' },
      ...warnings(summary),
      numbers(summary),
      bar(texts, summary),
      legend(summary),
      finder(texts),
      tree.node,
      element(
        'div',
        { className: 'panes' },
        pane(texts.byPattern, summary.patternsNote, summary.patterns.map(patternItem)),
        pane(texts.unusedTitle, summary.unusedNote, unusedItems(texts, summary)),
      ),
    ),
  );
  root.removeAttribute('aria-busy');
  tree.request();
}

function head(texts: ContextTexts, summary: ContextSummary | undefined): HTMLElement {
  const facts = (summary?.facts ?? []).map(
    ({ text, place }) =>
    element('span', {}, place === undefined ? document.createTextNode(text) : placeLink(text, place)), // prettier-ignore
  );
  const post = (kind: 'chooseFolder' | 'ignoreFile') => () => vscode.postMessage({ kind });
  return element(
    'header',
    { className: 'head' },
    element(
      'div',
      { className: 'grow' },
      element('h1', { textContent: texts.title }),
      element('div', { className: 'facts' }, ...facts),
    ),
    element(
      'div',
      { className: 'acts' },
      ...(summary === undefined
        ? []
        : [labelButton(summary.ignoreFile, 'secondary', post('ignoreFile'), 'edit')]),
      labelButton(texts.chooseFolder, 'secondary', post('chooseFolder'), 'folder'),
      iconButton('refresh', texts.refresh, refresh),
    ),
  );
}

function warnings({ warnings: all }: ContextSummary): readonly HTMLElement[] {
  return all.map((text) =>
    element(
      'div',
      { className: 'msg warning warnings' },
      icon('warning', { color: 'yellow' }),
      element('span', { textContent: text }),
    ),
  );
}

function numbers({ numbers: all }: ContextSummary): HTMLElement {
  return element(
    'div',
    { className: 'kpis' },
    ...all.map(({ label, value, note }) =>
      element(
        'div',
        {},
        element('span', { textContent: label }),
        element('b', { textContent: value }),
        element('span', { textContent: note ?? '' }),
      ),
    ),
  );
}

function bar(texts: ContextTexts, { segments }: ContextSummary): HTMLElement {
  const created = element('div', { className: 'stack', role: 'img', ariaLabel: texts.sizeByPart });
  for (const { part, label, amount } of segments) {
    const segment = element('span', { className: part, title: label, textContent: label });
    segment.style.flexGrow = String(amount);
    segment.style.flexBasis = '0';
    created.append(segment);
  }
  return created;
}

function legend({ legend: all }: ContextSummary): HTMLElement {
  return element(
    'div',
    { className: 'legend' },
    ...all.map(({ part, text }) =>
      element('span', {}, element('i', { className: part }), document.createTextNode(text)),
    ),
  );
}

function finder(texts: ContextTexts): HTMLElement {
  const input = element('input', {
    className: 'input mono',
    placeholder: texts.find,
    ariaLabel: texts.find,
    value: saved.find ?? '',
    spellcheck: false,
  });
  const ask = (): void => {
    save({ find: input.value });
    answer.replaceChildren();
    if (input.value.trim() !== '') vscode.postMessage({ kind: 'find', path: input.value });
  };
  input.addEventListener('input', ask);
  ask();
  const field = element('div', { className: 'field' }, icon('search'), input);
  return element('div', { className: 'find' }, field, answer);
}

function pane(title: string, note: string, items: readonly HTMLElement[]): HTMLElement {
  return element(
    'section',
    { ariaLabel: title },
    element(
      'div',
      { className: 'pane-head' },
      element('h2', { textContent: title }),
      element('span', { className: 'muted small', textContent: note }),
    ),
    ...items,
  );
}

function patternItem({ pattern, place, size, files }: PatternRow): HTMLElement {
  return element(
    'div',
    { className: 'item' },
    element('span', { className: 'mono cut', textContent: pattern, title: pattern }),
    placeLink(place.label, place),
    element('span', { className: 'muted small', textContent: files }),
    element('span', { className: 'num', textContent: size }),
  );
}

function unusedItems(texts: ContextTexts, { unused }: ContextSummary): readonly HTMLElement[] {
  return unused.map(({ id, path, isFolder, size }) => {
    const shown = isFolder ? `${path}/` : path;
    return element(
      'div',
      { className: 'item' },
      element('span', { className: 'mono cut', textContent: shown, title: shown }),
      element('span', { className: 'num', textContent: size }),
      iconButton('eye-closed', `${texts.exclude}: ${shown}`, () =>
        vscode.postMessage({ kind: 'exclude', id }),
      ),
    );
  });
}

/** The text of a reason, and a link to the line that decides. */
function reasonNodes({ text, place }: Reason): readonly Node[] {
  const words = withCode(text);
  return place === undefined
    ? words
    : [...words, document.createTextNode(' · '), placeLink(place.label, place)];
}

/** Text in backticks is code. */
function withCode(text: string): readonly Node[] {
  const [, before = text, code, after = ''] = /^([^`]*)`(.*)`([^`]*)$/s.exec(text) ?? [];
  const start = document.createTextNode(before);
  if (code === undefined) return [start];
  return [start, element('code', { textContent: code }), document.createTextNode(after)];
}

function placeLink(label: string, { file, line }: NonNullable<Reason['place']>): HTMLElement {
  return labelButton(label, 'link', () => vscode.postMessage({ kind: 'go', file, line }));
}
