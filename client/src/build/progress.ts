/** Formats build events as lines for a terminal: steps with durations, output, warnings and errors. */
import { t } from '@vscode/l10n';
import type { BuildEvent } from '../../../contract/build.ts';

type Step = Extract<BuildEvent, { readonly kind: 'step' }>;

/** Returns a function that formats one event. It keeps the state of each step between calls. */
export function createProgressFormatter(): (event: BuildEvent) => string {
  const numbers = new Map<string, number>();
  const unfinished = new Map<string, string>();
  const names = new Map<string, string>();
  let lastStep: string | undefined;
  const number = (id: string) => {
    const known = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, known);
    return known;
  };
  /** The name of the step, if the previous line belongs to another step. */
  const heading = (id: string) => {
    if (lastStep === id) return '';
    const gap = lastStep === undefined ? '' : '\r\n';
    lastStep = id;
    return `${gap}${bold(`#${number(id)} ${names.get(id) ?? ''}`)}\r\n`;
  };
  const prefixLine = (id: string, line: string) => `${dim(`#${number(id)}`)} ${line}\r\n`;

  const step = (event: Step): string => {
    const { id } = event;
    names.set(id, clean(event.name));
    const rest = unfinished.get(id) ?? '';
    unfinished.delete(id);
    const lastLine = rest === '' ? '' : prefixLine(id, rest);
    return `${heading(id)}${lastLine}${event.state === 'running' ? '' : prefixLine(id, outcome(event))}`;
  };
  const log = (id: string, text: string): string => {
    const lines = `${unfinished.get(id) ?? ''}${text}`.split('\n');
    unfinished.set(id, lines.pop() ?? '');
    if (lines.length === 0) return '';
    return heading(id) + lines.map((line) => prefixLine(id, lastState(line))).join('');
  };

  return (event) => {
    switch (event.kind) {
      case 'step':
        return step(event);
      case 'log':
        return event.id === undefined
          ? event.text.replace(/\r?\n/g, '\r\n')
          : log(event.id, event.text);
      case 'warning': {
        const where = event.line === undefined ? '' : ` (${t('line {0}', event.line)})`;
        return `\r\n${yellow(`${t('Warning')}: ${clean(event.text)}${where}`)}\r\n`;
      }
      // Shown by the build view only.
      case 'progress':
      case 'sent':
      case 'failed':
        return '';
      case 'image':
        return `\r\n${green(t('Built {0}', event.id))}\r\n`;
    }
  };
}

function outcome({ state, duration, error }: Step): string {
  const time = duration === undefined ? '' : ` ${seconds(duration)}`;
  if (state === 'cached') return green('CACHED');
  if (state === 'canceled') return yellow(`${t('Cancelled')}${time}`);
  if (state === 'failed') return red(`${t('ERROR')}${time}: ${clean(error ?? '')}`);
  return green(`DONE${time}`);
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
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '').replace(/[\n\t]+/g, ' ');
}

const paint = (code: number) => (text: string) => `\x1b[${code}m${text}\x1b[0m`;
const bold = paint(1);
const dim = paint(2);
const red = paint(31);
const green = paint(32);
const yellow = paint(33);
