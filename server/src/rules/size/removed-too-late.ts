/** Our own: what a step removes that a layer below keeps. */
import { rule, type Problem, type Report } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { curl } from '../../programs/curl.ts';
import { git, gitLike } from '../../programs/git.ts';
import { install } from '../../programs/install.ts';
import { invoke } from '../../programs/program.ts';
import { wget } from '../../programs/wget.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { removal } from '../../programs/removal.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { fileName } from '../../text/path.ts';
import { isArchive } from '../../reference/archives.ts';
import { isShipped } from '../../model/lineage.ts';

/** A few kilobytes of script or settings are removed for order, not for size. */
const heavy =
  /\.(?:deb|rpm|apk|whl|jar|war|zip|7z|exe|msi|iso|bin|run|AppImage|sqlite3?|onnx|safetensors)$/i;

export default rule({
  summary: 'Remove files in the step that made them',
  why: 'Each instruction adds a layer, and no later one makes it smaller: what is removed there is only hidden, and still pulled and stored. Download, use and remove in one `RUN`; show a file to one step with `--mount=type=bind`; or leave it in a stage that is only copied from.',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/'],
  on: { commands: ['rm', ...systemManagers] },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN curl -fsSL -o /tmp/tool.tar.gz https://example.org/tool-1.4.tar.gz
        RUN tar -xzf /tmp/tool.tar.gz -C /opt && rm «/tmp/tool.tar.gz»
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN curl -fsSL -o /tmp/tool.tar.gz https://example.org/tool-1.4.tar.gz && \
            tar -xzf /tmp/tool.tar.gz -C /opt && rm /tmp/tool.tar.gz
      `,
    },
  ],
  check({ model, report }) {
    let all: readonly Made[] | undefined;
    for (const at of model.commands('rm')) {
      const words = at.command.args.filter(isTold);
      if (words.length === 0 || !isCandidate(model, at)) continue;
      all ??= madeIn(model);
      if (all.length === 0) break;
      const made = all.filter(({ by, stage }) => stage === at.stage && isAbove(by, at.run));
      for (const word of made.length > 0 ? words : none) {
        const path = absolute(model, at, word);
        const maker = path === undefined ? undefined : made.find((one) => covers(path, one.path));
        if (maker) report(problem(word, maker.by));
      }
    }
    for (const at of model.commands(...systemManagers)) {
      const removed = removal(at.command);
      if (removed && isCandidate(model, at)) uninstalled(model, at, removed, report);
    }
  },
});

function problem(word: ShellWord, by: Instruction): Problem {
  return {
    at: word,
    message: t('The layer below keeps `{0}`: removing it here frees nothing', word.text),
    related: [{ at: by.keyword, message: t('It came in here') }],
  };
}

/** Neither an option nor the lists of apt, which most steps remove. */
function isTold({ text }: ShellWord): boolean {
  return !text.startsWith('-') && !text.startsWith('/var/lib/apt');
}

function isCandidate(model: Model, { stage, run, via }: CommandAt): boolean {
  return stage !== undefined && via !== 'nested' && run.onbuild !== true && isShipped(model, stage);
}

const none: readonly never[] = [];

interface Made {
  readonly path: string;
  readonly by: Instruction;
  readonly stage: Stage | undefined;
}

/** What instructions brought in and weighs. */
function madeIn(model: Model): readonly Made[] {
  const found: Made[] = [];
  for (const copy of model.each('COPY', 'ADD')) {
    const { target, sources } = copy;
    const stage = model.stageOf(copy);
    const isWhole = target !== undefined && isHeavy(target.text);
    for (const { text } of target ? sources : none) {
      if (!isWhole && !text.includes('.')) continue;
      const name = fileName(text);
      const unpacked = copy.kind === 'ADD' && isArchive(name) && !text.includes('://');
      if (!isWhole && (!isHeavy(name) || unpacked)) continue;
      const folder = rooted(target?.text ?? '', model.stateAt(copy).workdir);
      if (folder === undefined) continue;
      found.push({ path: isWhole ? folder : join(folder, name), by: copy, stage });
    }
  }
  for (const at of model.commands(...downloaders, ...gitLike)) {
    const path = downloaded(model, at);
    if (path !== undefined) found.push({ path, by: at.run, stage: at.stage });
  }
  return found;
}

/** A step that downloads and removes does it in time. */
function isAbove({ span }: Instruction, run: Instruction): boolean {
  return span.start < run.span.start;
}

function isHeavy(name: string): boolean {
  return isArchive(name) || heavy.test(name);
}

/** Where a command puts what it fetches. */
function downloaded(model: Model, at: CommandAt): string | undefined {
  const { command } = at;
  const byCurl = invoke(command, curl);
  if (byCurl) {
    const to = byCurl.value('-o', '--output');
    const url = byCurl.has('-O', '--remote-name') ? byCurl.operands[0] : undefined;
    return to ? absolute(model, at, to) : url && absolute(model, at, lastPart(url));
  }
  const byWget = invoke(command, wget);
  if (byWget) {
    const to = byWget.value('-O', '--output-document');
    if (to) return to.text === '-' ? undefined : absolute(model, at, to);
    if (byWget.has('-P', '--directory-prefix')) return undefined;
    const [url] = byWget.operands;
    return url && absolute(model, at, lastPart(url));
  }
  const clone = invoke(command, git);
  if (clone?.subcommand?.text !== 'clone') return undefined;
  const [url, folder] = clone.operands;
  return folder ? absolute(model, at, folder) : url && absolute(model, at, lastPart(url, '.git'));
}

/** What is asked of a word to know the path it names. */
type Named = Pick<ShellWord, 'text' | 'scripts'>;

function lastPart({ text, scripts }: ShellWord, suffix = ''): Named {
  const name = fileName(text.replace(/[?#].*$/, ''));
  const isSuffixed = suffix !== '' && name.endsWith(suffix);
  return { text: isSuffixed ? name.slice(0, -suffix.length) : name, scripts };
}

/** The path of a word in the image; undefined where it cannot be told, as after a `cd`. */
function absolute(model: Model, { run }: CommandAt, { text, scripts }: Named) {
  if (text === '' || text.startsWith('-') || scripts.length > 0) return undefined;
  if (text.startsWith('/')) return text.replace(/\/+$/, '');
  if (model.commandsIn(run, 'cd', 'pushd').length > 0) return undefined;
  return rooted(text, model.stateAt(run).workdir);
}

function rooted(text: string, workdir: string | undefined): string | undefined {
  if (text.startsWith('/')) return text.length > 1 ? text.replace(/\/+$/, '') : '';
  if (/^[~$]/.test(text)) return undefined;
  return workdir === undefined ? undefined : join(workdir, text);
}

function join(folder: string, name: string): string {
  return `${folder.replace(/\/+$/, '')}/${name.replace(/^\.\//, '').replace(/\/+$/, '')}`;
}

/** Whether what is removed is what was made, or a folder or pattern that holds it. */
function covers(removed: string, made: string): boolean {
  if (removed === made || made.startsWith(`${removed}/`)) return true;
  const star = removed.indexOf('*');
  if (star < 0) return false;
  const end = removed.slice(star + 1);
  return !end.includes('*') && made.startsWith(removed.slice(0, star)) && made.endsWith(end);
}

/** Packages taken out in another step than they came in with. */
function uninstalled(
  model: Model,
  { stage, run }: CommandAt,
  removed: readonly ShellWord[],
  report: Report,
): void {
  for (const word of removed) {
    if (word.variables.length > 0) continue;
    const by = installedBefore(model, { stage, run, name: word.text });
    if (by === undefined) continue;
    report(problem(word, by));
    return;
  }
}

function installedBefore(
  model: Model,
  { stage, run, name }: { readonly stage: Stage | undefined; readonly run: Instruction; readonly name: string }, // prettier-ignore
): Instruction | undefined {
  let found: Instruction | undefined;
  for (const one of model.commands(...systemManagers)) {
    if (one.stage !== stage || one.run.span.start > run.span.start) continue;
    const packages = install(one.command)?.packages ?? [];
    const virtual = one.command.args.some(({ text }, i) => text === name && /^(?:-t|--virtual)$/.test(one.command.args[i - 1]?.text ?? '')); // prettier-ignore
    if (!virtual && !packages.some((it) => it.name === name)) continue;
    // In the same step it is as it should be.
    if (one.run === run) return undefined;
    found = one.run;
  }
  return found;
}
