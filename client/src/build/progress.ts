/** Formats build events as lines, as `--progress=plain` of buildx does: steps with durations, output, warnings and errors. */
import { t } from '@vscode/l10n';
import type { BuildEvent } from '../../../contract/build.ts';
import { plainText } from '../../../server/src/text/control-sequences.ts';
import { formatSize } from '../ui/format.ts';

export interface ProgressOptions {
  /** Colours, and line ends that move the cursor to the start of the line. */
  readonly terminal?: boolean;
}

type Step = Extract<BuildEvent, { readonly kind: 'step' }>;
type Part = Extract<BuildEvent, { readonly kind: 'progress' }>;

/** Returns a function that formats one event. It keeps the state of each step between calls. */
export function createProgressFormatter({ terminal = false }: ProgressOptions = {}): (
  event: BuildEvent,
) => string {
  const progress = new Progress(terminal);
  return (event) => progress.format(event);
}

/** Codes of ANSI styles. */
const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

class Progress {
  readonly #terminal: boolean;
  readonly #lineEnd: string;
  readonly #numbers = new Map<string, number>();
  /** By the step and the stream: a line of one stream can be interrupted by the other. */
  readonly #unfinished = new Map<string, Map<string, string>>();
  readonly #names = new Map<string, string>();
  /** Parts whose end was printed. */
  readonly #parts = new Set<string>();
  /** The last outcome of each step: BuildKit completes some of its own steps twice. */
  readonly #outcomes = new Map<string, string>();
  #lastStep: string | undefined;

  constructor(terminal: boolean) {
    this.#terminal = terminal;
    this.#lineEnd = terminal ? '\r\n' : '\n';
  }

  format(event: BuildEvent): string {
    switch (event.kind) {
      case 'step':
        return this.#step(event);
      case 'log':
        return event.id === undefined
          ? event.text.replace(/\r?\n/g, this.#lineEnd)
          : this.#log(event.id, event.text, event.stream);
      case 'warning': {
        const where = event.line === undefined ? '' : ` (${t('line {0}', event.line)})`;
        const text = `${t('Warning')}: ${clean(event.text)}${where}`;
        return `${this.#lineEnd}${this.#paint('yellow', text)}${this.#lineEnd}`;
      }
      case 'progress':
        return this.#part(event);
      // Parts and steps say the same.
      case 'sent':
      case 'failed':
        return '';
      case 'image':
        return `${this.#lineEnd}${this.#paint('green', t('Built {0}', event.id))}${this.#lineEnd}`;
    }
  }

  #step(event: Step): string {
    const { id, state } = event;
    this.#names.set(id, clean(event.name));
    const isRepeated = state !== 'running' && this.#outcomes.get(id) === state;
    this.#outcomes.set(id, state);
    if (isRepeated) return '';
    const rests = [...(this.#unfinished.get(id)?.values() ?? [])].filter((rest) => rest !== '');
    this.#unfinished.delete(id);
    const lastLine = rests.map((rest) => this.#line(id, lastState(rest))).join('');
    const end = event.state === 'running' ? '' : this.#line(id, this.#outcome(event));
    return `${this.#heading(id)}${lastLine}${end}`;
  }

  #log(id: string, text: string, stream = 'stdout'): string {
    const unfinished = this.#unfinished.get(id) ?? new Map<string, string>();
    const lines = `${unfinished.get(stream) ?? ''}${text}`.split('\n');
    this.#unfinished.set(id, unfinished.set(stream, lines.pop() ?? ''));
    if (lines.length === 0) return '';
    return this.#heading(id) + lines.map((line) => this.#line(id, lastState(line))).join('');
  }

  /** A part is printed when it has ended. */
  #part({ id, item, action, total, current, done }: Part): string {
    const key = `${id} ${item}`;
    if (!done || this.#parts.has(key)) return '';
    this.#parts.add(key);
    const name = item.startsWith(action) ? item : `${action} ${item}`;
    const bytes = total ?? current;
    const size = bytes > 0 ? ` ${formatSize(bytes)}` : '';
    return this.#heading(id) + this.#line(id, clean(name) + size);
  }

  /** The name of the step, if the previous line belongs to another step. */
  #heading(id: string): string {
    if (this.#lastStep === id) return '';
    const gap = this.#lastStep === undefined ? '' : this.#lineEnd;
    this.#lastStep = id;
    const heading = `#${this.#number(id)} ${this.#names.get(id) ?? ''}`;
    return `${gap}${this.#paint('bold', heading)}${this.#lineEnd}`;
  }

  #line(id: string, text: string): string {
    return `${this.#paint('dim', `#${this.#number(id)}`)} ${text}${this.#lineEnd}`;
  }

  #number(id: string): number {
    const known = this.#numbers.get(id) ?? this.#numbers.size + 1;
    this.#numbers.set(id, known);
    return known;
  }

  #outcome({ state, duration, error }: Step): string {
    const time = duration === undefined ? '' : ` ${seconds(duration)}`;
    if (state === 'cached') return this.#paint('green', 'CACHED');
    if (state === 'canceled') return this.#paint('yellow', `${t('Cancelled')}${time}`);
    if (state === 'failed')
      return this.#paint('red', `${t('ERROR')}${time}: ${clean(error ?? '')}`);
    return this.#paint('green', `DONE${time}`);
  }

  #paint(style: keyof typeof styles, text: string): string {
    return this.#terminal ? `\x1b[${styles[style]}m${text}\x1b[0m` : text;
  }
}

/** 0.3 s, 12.0 s, 2 min 5 s. */
function seconds(milliseconds: number): string {
  const all = milliseconds / 1000;
  if (all < 60) return `${all.toFixed(1)} s`;
  return `${Math.floor(all / 60)} min ${Math.floor(all % 60)} s`;
}

/** A progress bar overwrites its line; only its last state is shown. */
function lastState(line: string): string {
  return line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
}

/** Removes control sequences: names and errors contain text of the Dockerfile and must not control the terminal. */
function clean(text: string): string {
  return plainText(text).replace(/[\n\t]+/g, ' ');
}
