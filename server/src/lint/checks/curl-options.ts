/** Options without which curl takes the wrong response for the file that it downloads. */
import { downloadsOf, type Download } from '../../model/downloads.ts';
import type { Model } from '../../model/model.ts';
import { ModelCache } from '../../model/reads.ts';
import { isVerified } from '../../model/verification.ts';
import { isNamed } from '../../programs/program.ts';
import { tarLike } from '../../programs/tar.ts';
import { unpackers } from '../../programs/unpackers.ts';
import { gpgLike } from '../../programs/verifiers.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Run } from '../../syntax/tree.ts';
import { fileName } from '../../text/path.ts';
import { t } from '../../text/translation.ts';
import { addOption } from '../edits/add-option.ts';
import type { Report } from '../rule.ts';
import { reportSteps, type StepProblem } from './report-by-step.ts';

/** Options that a download lacks. */
type Letters = 'f' | 'L' | 'fL';

/** Reports the downloads of a file that lack `-f`, `-L` or both, with a fix, if there is a message for that. */
export function reportMissing(
  model: Model,
  report: Report,
  messageFor: (letters: Letters) => string | undefined,
): void {
  const problems: StepProblem[] = [];
  for (const download of downloadsOf(model)) {
    const letters = missingIn(model, download);
    const message = letters && messageFor(letters);
    if (letters === undefined || message === undefined) continue;
    const { at } = download;
    const edit = addOption(at, letters);
    const fix = edit && {
      title: t('Add `{0}`', `-${letters}`),
      edits: [edit],
      safe: false as const,
    };
    problems.push({ run: at.run, problem: { at: at.command.name ?? at.command, message, ...(fix && { fix }) } }); // prettier-ignore
  }
  reportSteps(problems, report);
}

function missingIn(model: Model, download: Download): Letters | undefined {
  const follow = missesFollow(download);
  if (missesFail(model, download)) return follow ? 'fL' : 'f';
  return follow ? 'L' : undefined;
}

/** Whether a download without `-f` may be an error page that nothing in the step rejects. */
function missesFail(model: Model, download: Download): boolean {
  const { invocation } = download;
  if (invocation.has('-f', '--fail', '--fail-with-body', '--fail-early')) return false;
  return !isRejected(model, download);
}

/** Hosts that serve files without a redirect. */
const servesDirectly =
  /^(?:https?:\/\/)?(?:sh\.rustup\.rs|(?:dl|packages\.cloud)\.google\.com|storage\.googleapis\.com|[\w.-]+\.amazonaws\.com|raw\.githubusercontent\.com|api\.github\.com)(?:\/|$)/;

/** Whether a download without `-L` may be the response of a redirect. */
function missesFollow({ invocation, url }: Download): boolean {
  if (servesDirectly.test(url.text)) return false;
  if (invocation.has('-L', '--location', '--location-trusted', '--follow')) return false;
  // Options that limit redirects show that their author has considered them.
  return !invocation.has('--max-redirs', '--proto', '--proto-redir');
}

/** Programs that read one kind of file and fail on an HTML page. */
const readers = [...tarLike, ...unpackers, 'gzip', 'xz', 'bzip2', 'zstd', 'cpio', 'dpkg', 'rpm', ...gpgLike, 'apt-key']; // prettier-ignore

/** For them, a page is a script with a syntax error. PHP would print it. */
const interpreters = /^(?:sh|bash|dash|ash|zsh|python[\d.]*|perl|ruby|node)$/;

/** Whether a program in the same step rejects a file that is not an archive, package or key, or not the expected one. */
function isRejected(model: Model, { at, invocation, url }: Download): boolean {
  const { command, run, ancestors } = at;
  const pipe = ancestors.findLast((one) => one.kind === 'pipeline');
  if (pipe !== undefined && pipe.parts.at(-1) !== command) {
    const next = pipe.parts[pipe.parts.indexOf(command) + 1];
    const name = next?.kind === 'command' ? nameOf(next) : undefined;
    if (name !== undefined) return isNamed(name, readers) || interpreters.test(name);
  }
  if (isVerified(model, run)) return true;
  const to = command.redirects.find(({ operator }) => operator.startsWith('>'))?.target;
  const file = (to ?? invocation.value('-o', '--output'))?.text ?? fileName(url.text);
  if (file === '') return false;
  const words = wordsRead.of(model, wordsByName).get(run)?.get(lastPart(file));
  return words?.some((text) => text === file || text.endsWith(`/${file}`)) === true;
}

/** The words that these programs get in each step, by their last part. */
type WordsRead = ReadonlyMap<Run, ReadonlyMap<string, readonly string[]>>;

const wordsRead = new ModelCache<Model, WordsRead>();

function wordsByName(model: Model): WordsRead {
  const found = new Map<Run, Map<string, string[]>>();
  for (const { run, command } of model.commands(...readers)) {
    const words = found.get(run) ?? new Map<string, string[]>();
    found.set(run, words);
    for (const { text } of command.args) {
      const before = words.get(lastPart(text));
      if (before) before.push(text);
      else words.set(lastPart(text), [text]);
    }
  }
  return found;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
