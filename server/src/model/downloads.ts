/** Downloads by curl whose response is used: written to a file, piped, or inserted into a command. */
import { curl, curlLike } from '../programs/curl.ts';
import { invoke, type Invocation } from '../programs/program.ts';
import type { CommandAt, Model } from './model.ts';
import type { ShellWord } from '../shell/script.ts';

export interface Download {
  readonly at: CommandAt;
  readonly invocation: Invocation;
  readonly url: ShellWord;
}

/** Options of curl with which a request is not a plain download. */
const otherRequestOptions = ['-I', '--head', '-X', '--request', '-d', '--data', '--data-binary', '--data-raw', '--json', '-F', '--form', '-T', '--upload-file', '-K', '--config', '-w', '--write-out', '--unix-socket', '-V', '--version', '-h', '--help'] as const; // prettier-ignore

/** Every plain download from the network. */
export function* downloadsOf(model: Model): Iterable<Download> {
  for (const at of model.commands(...curlLike)) {
    const invocation = invoke(at.command, curl);
    if (invocation === undefined || invocation.has(...otherRequestOptions)) continue;
    const url = invocation.operands.find(({ text }) => isRemote(text)) ?? invocation.value('--url');
    if (url === undefined || !isResponseUsed(at, invocation)) continue;
    yield { at, invocation, url };
  }
}

function isRemote(text: string): boolean {
  if (/^(?:-|file:)/.test(text)) return false;
  return !/^(?:https?:\/\/)?(?:localhost|127\.|0\.0\.0\.0|\[::1\]|169\.254\.)/.test(text);
}

function isResponseUsed({ command, ancestors }: CommandAt, invocation: Invocation): boolean {
  const output = invocation.value('-o', '--output');
  if (output?.text === '/dev/null') return false;
  if (output || invocation.has('-O', '--remote-name', '-J', '--remote-name-all')) return true;
  const to = command.redirects.find(({ operator }) => operator.startsWith('>'));
  if (to) return to.target?.text !== '/dev/null';
  return ancestors.some((one) => one.kind === 'pipeline' && one.parts.at(-1) !== command);
}
