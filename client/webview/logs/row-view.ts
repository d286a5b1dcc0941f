/** The elements of one row: a line of a container, or what happened to it. */
import type {
  FromLogs,
  LineRow,
  LogRow,
  LogTexts,
  MarkerRow,
  Ranges,
  TextPart,
} from '../../src/logs/page.ts';
import { icon, iconButton, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';
import { colors } from './legend.ts';

export interface RowOptions {
  readonly texts: LogTexts;
  readonly post: (message: FromLogs) => void;
  readonly nameOf: (source: number) => string;
  /** Whether this is the match that was moved to. */
  readonly isCurrent: boolean;
}

export function rowNode(row: LogRow, options: RowOptions): HTMLElement {
  const node = row.kind === 'line' ? lineNode(row, options) : markerNode(row, options);
  node.setAttribute('role', 'row');
  node.setAttribute('aria-rowindex', String(row.place + 1));
  node.id = `row-${row.place}`;
  node.dataset.place = String(row.place);
  return node;
}

function cell(className: string, text = ''): HTMLElement {
  const created = element('span', { className, textContent: text });
  created.setAttribute('role', 'gridcell');
  return created;
}

function lineNode(row: LineRow, { texts, post, nameOf, isCurrent }: RowOptions): HTMLElement {
  const { level, isError, time, source } = row;
  const name = nameOf(source);
  const bar = element('span', { className: 'b' });
  if (isError) bar.title = texts.standardError;
  bar.setAttribute('aria-hidden', 'true');
  const content = cell('tx');
  content.append(...partNodes(row.parts, row.marks, { row, post, texts, isCurrent }));
  if (isError) content.append(element('span', { className: 'sr', textContent: ` (${texts.standardError})` })); // prettier-ignore
  if (row.details !== undefined) {
    const marks = row.detailMarks ?? [];
    content.append(
      element('span', { className: 'json' }, ...partNodes(row.details, marks, { row, post, texts, isCurrent: false })), // prettier-ignore
    );
  }
  const classes = ['l', `lv-${level}`, `c${source % colors}`, isError ? 'stderr' : ''];
  return element(
    'div',
    { className: classes.filter((one) => one !== '').join(' ') },
    bar,
    timeCell(time),
    cell('src', name),
    cell('lv', texts.levelNames[level]),
    twistie(row, { texts, post }),
    content,
  );
}

function twistie(
  { canOpen, details, line }: LineRow,
  { texts, post }: Pick<RowOptions, 'texts' | 'post'>,
): HTMLElement {
  const created = cell('tw');
  if (!canOpen) return created;
  const isOpen = details !== undefined;
  const label = isOpen ? texts.collapse : texts.expand;
  const name = isOpen ? 'chevron-down' : 'chevron-right';
  const button = iconButton(name, label, () => post({ kind: 'open', line, open: !isOpen }));
  button.setAttribute('aria-expanded', String(isOpen));
  button.tabIndex = -1;
  created.append(button);
  return created;
}

/** `14:32:00.118`, with the whole date as a tooltip. */
function timeCell(time: number): HTMLElement {
  const created = cell('ts');
  if (time === 0) return created;
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  created.textContent = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`; // prettier-ignore
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  created.append(element('span', { className: 'ms', textContent: `.${milliseconds}` }));
  created.title = date.toLocaleString();
  return created;
}

interface PartOptions extends Pick<RowOptions, 'post' | 'texts' | 'isCurrent'> {
  readonly row: LineRow;
}

/** The parts of a text, cut where matches begin and end. */
function partNodes(
  parts: readonly TextPart[],
  marks: Ranges,
  options: PartOptions,
): readonly Node[] {
  let at = 0;
  let mark = 0;
  return parts.map((part) => {
    const end = at + part.text.length;
    const nodes: Node[] = [];
    let from = at;
    while (from < end) {
      while (mark < marks.length && (marks[mark]?.[1] ?? 0) <= from) mark += 1;
      const [start = Infinity, stop = Infinity] = marks[mark] ?? [];
      const isMarked = start <= from;
      const to = Math.min(end, isMarked ? stop : start);
      const text = part.text.slice(from - at, to - at);
      const className = options.isCurrent && mark === 0 ? 'cur' : '';
      nodes.push(isMarked ? element('mark', { className, textContent: text }) : document.createTextNode(text)); // prettier-ignore
      from = to;
    }
    at = end;
    return styled(part, nodes, options);
  });
}

function styled(
  { style, link }: TextPart,
  nodes: readonly Node[],
  { row, post, texts }: PartOptions,
): Node {
  if (link !== undefined) {
    const created = element('a', { className: style ?? '', title: texts.openFile, tabIndex: -1 }, ...nodes); // prettier-ignore
    created.setAttribute('role', 'link');
    created.addEventListener('click', (event) => {
      event.stopPropagation();
      post({ kind: 'link', line: row.line, link });
    });
    return created;
  }
  const [only] = nodes;
  if (style === undefined && nodes.length === 1 && only !== undefined) return only;
  return element('span', { className: style ?? '' }, ...nodes);
}

const markerColors = {
  error: 'red',
  pass: 'muted',
  refresh: undefined,
  trash: 'muted',
  warning: 'yellow',
  info: 'blue',
} as const;

function markerNode(
  { icon: name, title, detail, time, line, actions }: MarkerRow,
  { post }: RowOptions,
): HTMLElement {
  const color = markerColors[name];
  const content = cell('cut');
  const when = time === 0 ? '' : new Date(time).toLocaleTimeString([], { hour12: false });
  const facts = [when, detail].filter((one) => one !== '').join(' · ');
  content.append(
    element('b', { textContent: title }),
    document.createTextNode(' '),
    element('span', { className: 'muted', textContent: facts }),
  );
  const buttons = cell('opt');
  buttons.append(
    ...actions.map((action) => labelButton(action.label, 'link', () => post({ kind: 'act', line, name: action.name }))), // prettier-ignore
  );
  return element(
    'div',
    { className: 'mk' },
    icon(name, color === undefined ? {} : { color }),
    content,
    element('span', { className: 'grow' }),
    buttons,
  );
}
