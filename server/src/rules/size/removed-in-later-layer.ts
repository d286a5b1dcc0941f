/** Not in other linters: files and packages that a step removes although an earlier layer stores them. */
import { rule, type Problem, type Report } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { curl } from '../../programs/curl.ts';
import { git, gitLike } from '../../programs/git.ts';
import { installOf } from '../../programs/install.ts';
import { invoke } from '../../programs/program.ts';
import { wget } from '../../programs/wget.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { tarLike } from '../../programs/tar.ts';
import { unpackers } from '../../programs/unpackers.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { removedPackages } from '../../programs/removal.ts';
import { dnfLike } from '../../programs/dnf.ts';
import { zypperLike } from '../../programs/zypper.ts';
import { pacmanLike } from '../../programs/pacman.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { wordHashes } from '../../text/fingerprint.ts';
import { t } from '../../text/translation.ts';
import { fileName } from '../../text/path.ts';
import { PathIndex } from '../../text/path-index.ts';
import { firstFrom } from '../../text/sorted.ts';
import { isArchive } from '../../reference/archives.ts';
import { isShipped } from '../../model/lineage.ts';

/** Files that are usually large. Small scripts and configuration files are removed for tidiness, not for size. */
const heavy =
  /\.(?:deb|rpm|apk|whl|jar|war|zip|7z|exe|msi|iso|bin|run|AppImage|sqlite3?|onnx|safetensors)$/i;

/** Lists of packages, scripts and settings, which are small also in a directory of their own. */
const small =
  /(?:^|\/)[^/]+\.(?:sh|bash|ya?ml|toml|cfg|conf|ini|properties|repo|list|key|asc|gpg|env|in|service)\*?$|(?:^|\/)(?:[\w.-]*(?:requirements|constraints|packages)[\w.-]*\.(?:txt|R)|package(?:-lock)?\.json)$/i;

export default rule({
  summary: 'Remove files in the same `RUN` that creates them',
  why: 'Every instruction adds a layer, and a later layer cannot make an earlier one smaller: removed files are hidden, but still stored and pulled. Download, use and remove a file in one `RUN`, mount it with `RUN --mount=type=bind`, or keep it in a stage that is only copied from.',
  severity: 'info',
  since: '0.1.0',
  formerly: ['removed-too-late'],
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
    let stored: number | undefined;
    let all: StoredFiles | undefined;
    for (const at of model.commands('rm')) {
      // Most files store nothing before the last step that removes something.
      if (at.run.span.start <= (stored ??= firstStored(model))) continue;
      const words = at.command.args.filter(isReportable);
      if (words.length === 0 || !isCandidate(model, at)) continue;
      all ??= storedFiles(model);
      if (all.size === 0) break;
      const files = all.get(at.stage);
      for (const word of files ? words : noItems) {
        const path = absolute(model, at, word);
        const storedFile =
          path === undefined ? undefined : files && firstRemoved(files, path, at.run);
        if (storedFile && !isReportedAsArchive(model, at, storedFile))
          report(problem(word, storedFile.by));
      }
    }
    const managers = model.commands(...systemManagers);
    let installs: Installs | undefined;
    for (const at of model.mayContain(removalHints) ? managers : model.commands(...shortRemovers)) {
      // Nothing is installed before the first step with one of them.
      if (at.run === managers[0]?.run) continue;
      const removed = removedPackages(at.command);
      // `apt-get autoremove` names none.
      if (!removed || removed.length === 0 || !isCandidate(model, at)) continue;
      installs ??= installsByPackage(model);
      reportUninstalled(at, removed, installs, report);
    }
  },
});

/** Part of the subcommands that remove packages. */
const removalHints = wordHashes('remove', 'purge', 'erase', 'del');
/** Managers that also remove with words of two characters: `dnf rm`, `zypper rm`, `pacman -R`. */
const shortRemovers = [...dnfLike, ...zypperLike, ...pacmanLike] as const;

/** Whether `archive-copied` reports it: an archive that is copied, and extracted in the step that removes it. */
function isReportedAsArchive(model: Model, { run }: CommandAt, { by, path }: StoredFile): boolean {
  if (by.kind !== 'COPY' || !isArchive(path)) return false;
  return model
    .commandsIn(run, ...tarLike, ...unpackers)
    .some(({ command }) => command.args.some(({ text }) => fileName(text) === fileName(path)));
}

function problem(word: ShellWord, by: Instruction): Problem {
  return {
    at: word,
    message: t('`{0}` stays in an earlier layer; removing it here does not free space', word.text),
    related: [{ at: by.keyword, message: t('Added here') }],
  };
}

/** Whether an argument is a path to report: not an option, and not the apt lists, which most steps remove. */
function isReportable({ text }: ShellWord): boolean {
  return !text.startsWith('-') && !text.startsWith('/var/lib/apt');
}

function isCandidate(model: Model, { stage, run, via }: CommandAt): boolean {
  return stage !== undefined && via !== 'nested' && run.onbuild !== true && isShipped(model, stage);
}

const noItems: readonly never[] = [];

interface StoredFile {
  readonly path: string;
  readonly by: Instruction;
}

/** Files in the order of the instructions that add them. */
interface FileList {
  readonly files: StoredFile[];
  readonly paths: PathIndex;
}

/** The files of each stage: those that are copied, then those that are downloaded. */
type StoredFiles = ReadonlyMap<Stage | undefined, readonly FileList[]>;

/** Where the first instruction is that may store a file; beyond the text if there is none. */
function firstStored(model: Model): number {
  const copy = model.each('COPY', 'ADD')[0]?.span.start ?? Infinity;
  return Math.min(copy, model.commands(...downloaders, ...gitLike)[0]?.run.span.start ?? Infinity);
}

/** Large files that instructions add. */
function storedFiles(model: Model): StoredFiles {
  const found = new Map<Stage | undefined, [copied: FileList, downloaded: FileList]>();
  const listsOf = (stage: Stage | undefined): [FileList, FileList] => {
    let lists = found.get(stage);
    if (lists === undefined) found.set(stage, (lists = [emptyList(), emptyList()]));
    return lists;
  };
  for (const copy of model.each('COPY', 'ADD')) {
    const { target, sources } = copy;
    const stage = model.stageOf(copy);
    const isDirectory = target !== undefined && isCopiedDirectory(target.text);
    const isWhole =
      (isDirectory && !sources.every(({ text }) => small.test(text))) ||
      (target !== undefined && isHeavy(target.text));
    for (const { text } of target ? sources : noItems) {
      if (!isWhole && !text.includes('.')) continue;
      const name = fileName(text);
      const unpacked = copy.kind === 'ADD' && isArchive(name) && !text.includes('://');
      if (!isWhole && (!isHeavy(name) || unpacked)) continue;
      const directory = rooted(model, target?.text ?? '', copy);
      if (directory === undefined) continue;
      const path = isWhole ? directory : join(directory, name);
      addTo(listsOf(stage)[0], { path, by: copy });
    }
  }
  for (const at of model.commands(...downloaders, ...gitLike)) {
    const path = downloaded(model, at);
    if (path !== undefined) addTo(listsOf(at.stage)[1], { path, by: at.run });
  }
  return found;
}

function emptyList(): FileList {
  return { files: [], paths: new PathIndex() };
}

function addTo({ files, paths }: FileList, file: StoredFile): void {
  files.push(file);
  paths.add(file.path);
}

/** The first file of an instruction before a step that is removed there with a path or pattern. */
function firstRemoved(lists: readonly FileList[], path: string, run: Run): StoredFile | undefined {
  for (const { files, paths } of lists) {
    const file = files[paths.firstCovered(path) ?? -1];
    // A step that downloads a file may also remove it. The other files of a list are of later instructions.
    if (file && file.by.span.start < run.span.start) return file;
  }
  return undefined;
}

/** Whether a target is a directory of its own, which a later step may remove as a whole. */
function isCopiedDirectory(path: string): boolean {
  return (
    /^\/(?:[^/]+\/)*[^/.]+\/?$/.test(path) &&
    !/^\/(?:usr|etc|bin|sbin|lib\w*|var|root|home|opt|tmp|app|srv)\/?$/.test(path)
  );
}

function isHeavy(name: string): boolean {
  return isArchive(name) || heavy.test(name);
}

/** The path to which a command downloads. */
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
  const [url, directory] = clone.operands;
  return directory
    ? absolute(model, at, directory)
    : url && absolute(model, at, lastPart(url, '.git'));
}

/** The properties of a word from which its path is determined. */
type PathWord = Pick<ShellWord, 'text' | 'scripts'>;

function lastPart({ text, scripts }: ShellWord, suffix = ''): PathWord {
  const name = fileName(text.replace(/[?#].*$/, ''));
  const isSuffixed = suffix !== '' && name.endsWith(suffix);
  return { text: isSuffixed ? name.slice(0, -suffix.length) : name, scripts };
}

/** The path of a word in the image; undefined where it is not known, as after a `cd`. */
function absolute(model: Model, { run }: CommandAt, { text, scripts }: PathWord) {
  if (text === '' || text.startsWith('-') || scripts.length > 0) return undefined;
  if (text.startsWith('/')) return text.replace(/\/+$/, '');
  if (model.commandsIn(run, 'cd', 'pushd').length > 0) return undefined;
  return rooted(model, text, run);
}

function rooted(model: Model, text: string, instruction: Instruction): string | undefined {
  if (text.startsWith('/')) return text.length > 1 ? text.replace(/\/+$/, '') : '';
  if (/^[~$]/.test(text)) return undefined;
  const { workdir } = model.stateAt(instruction);
  return workdir === undefined ? undefined : join(workdir, text);
}

function join(directory: string, name: string): string {
  return `${directory.replace(/\/+$/, '')}/${name.replace(/^\.\//, '').replace(/\/+$/, '')}`;
}

/** Reports packages that are removed in a later step than the one that installs them. */
function reportUninstalled(
  { stage, run }: CommandAt,
  removed: readonly ShellWord[],
  installs: Installs,
  report: Report,
): void {
  for (const word of removed) {
    if (word.variables.length > 0) continue;
    const steps = installs.get(stage)?.get(word.text) ?? noItems;
    const by = steps[firstFrom(steps, run.span.start + 1) - 1];
    // Undefined if no step installs it; it is not reported either if the same step does.
    if (by === undefined || by === run) continue;
    report(problem(word, by));
    return;
  }
}

/** For each stage, the steps that install a package or a virtual package, in order. */
type Installs = ReadonlyMap<Stage | undefined, ReadonlyMap<string, readonly Run[]>>;

function installsByPackage(model: Model): Installs {
  const found = new Map<Stage | undefined, Map<string, Run[]>>();
  for (const { command, stage, run } of model.commands(...systemManagers)) {
    let byName = found.get(stage);
    if (byName === undefined) found.set(stage, (byName = new Map<string, Run[]>()));
    for (const name of installedNames(command)) {
      const steps = byName.get(name);
      if (steps) steps.push(run);
      else byName.set(name, [run]);
    }
  }
  return found;
}

function* installedNames(command: Command): Iterable<string> {
  for (const { name } of installOf(command)?.packages ?? noItems) yield name;
  const { args } = command;
  for (let i = 1; i < args.length; i++)
    if (/^(?:-t|--virtual)$/.test(args[i - 1]?.text ?? '')) yield args[i]?.text ?? '';
}
