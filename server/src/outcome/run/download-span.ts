/** The addresses of downloads. */
import type { CommandAt } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { Span } from '../../text/span.ts';
import { wordSpan } from './context.ts';

/** The only address, or else the command. */
export function downloadSpan(at: CommandAt): Span {
  const urls = urlsOf(at);
  const [url] = urls;
  return url && urls.length === 1 ? wordSpan(url) : at.command.span;
}

/** The addresses among the arguments of a command. */
export function urlsOf({ command }: CommandAt): readonly ShellWord[] {
  return command.args.filter(
    ({ text, raw }) =>
      /^["']?[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^["']?\$\{?\w*URL\w*\}?/i.test(raw),
  );
}

/** The host of an address; empty if there is none. */
export function hostOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(url)?.[1] ?? '';
}
