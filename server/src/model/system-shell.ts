/** The shell at `/bin/sh` in an image: dash on Debian and Ubuntu, busybox on Alpine, bash on systems from Red Hat. */
import type { CommandAt, Model, Stage } from './model.ts';
import type { Image } from '../images/image.ts';
import type { Instruction } from '../syntax/tree.ts';
import { rootImage, isBuiltFrom } from './lineage.ts';
import { ModelCache } from './reads.ts';
import { officialName } from '../images/releases.ts';
import type { SystemShell } from '../shell/dialect.ts';

/** The shell that a program called `sh` is in a step; undefined if it is not known. */
export function systemShellAt(
  model: Model,
  instruction: Instruction,
  program: string,
): SystemShell | undefined {
  const stage = model.stageOf(instruction);
  const shellName =
    program === '/bin/sh' ? 'sh' : /^(?:\/(?:usr\/)?bin\/)?(\w+)$/.exec(program)?.[1];
  if (shellName === 'dash') return 'dash';
  if (shellName === 'ash' || shellName === 'busybox') return 'busybox';
  if (shellName !== 'sh' || stage === undefined) return undefined;
  return isReplaced(model, stage, instruction) ? undefined : systemShellOf(stage);
}

/** The shell at `/bin/sh` of an image, by its name; undefined if it is not known. */
export function systemShellOf(stage: Stage): SystemShell | undefined {
  const image = rootImage(stage);
  if (image === undefined) return undefined;
  const before = imageCache.get(image);
  if (before !== undefined) return before === 'unknown' ? undefined : before;
  const sh = systemShellOfImage(image);
  imageCache.set(image, sh ?? 'unknown');
  return sh;
}

/** Cached, because it is requested for every step of a stage. */
const imageCache = new WeakMap<Image, SystemShell | 'unknown'>();

/** Names of distributions in tags and names of images. */
const alpine = /(?:^|[^a-z])alpine/;
const redHatLike =
  /(?:^|[^a-z])(?:ubi\d*|rhel|centos|fedora|rocky(?:linux)?|alma(?:linux)?|amazonlinux|amazoncorretto|amzn|al20\d\d|oraclelinux|oracle|el\d|redhat|photon|opensuse|suse|sles|leap|tumbleweed|archlinux)/;
const debianLike =
  /(?:^|[^a-z])(?:debian|ubuntu\d*|bookworm|bullseye|buster|stretch|jessie|trixie|noble|jammy|focal|bionic|xenial|trusty)(?![a-z])/;
const hasLetters = /[a-z]{2}/;
/** A word from Debian's tags that other images use too. */
const slim = /(?:^|[^a-z])slim(?![a-z])/;

/** Official images that are built from Alpine. */
const onAlpine: ReadonlySet<string> = new Set(['alpine', 'docker', 'traefik']);

/** Official images that are built from Debian or Ubuntu unless their tag names another system. */
const onDebian: ReadonlySet<string> = new Set(
  'buildpack-deps debian eclipse-temurin elixir erlang gcc golang gradle haskell httpd julia mariadb maven nginx node perl php postgres pypy python r-base rails redis ruby rust tomcat ubuntu'.split(
    ' ',
  ),
);

function systemShellOfImage(image: Image): SystemShell | undefined {
  const name = officialName(image);
  if (name === 'busybox') return 'busybox';
  const tag = (image.tag ?? '').toLowerCase();
  const byTag = systemShellByName(tag);
  if (byTag !== undefined) return byTag;
  // Before the name is searched for systems, which takes longer.
  if (name !== undefined && onAlpine.has(name)) return 'busybox';
  if (name !== undefined && onDebian.has(name)) return 'dash';
  return systemShellByName(image.repository) ?? (slim.test(tag) ? 'dash' : undefined);
}

function systemShellByName(text: string): SystemShell | undefined {
  if (!hasLetters.test(text)) return undefined;
  if (alpine.test(text)) return 'busybox';
  if (debianLike.test(text)) return 'dash';
  return redHatLike.test(text) ? 'bash' : undefined;
}

/** Whether an earlier step replaces `/bin/sh`. */
function isReplaced(model: Model, stage: Stage, { span }: Instruction): boolean {
  for (const { run, stage: replacedStage } of replacements(model)) {
    if (run.span.start > span.start) return false;
    if (replacedStage && isBuiltFrom(stage, replacedStage)) return true;
  }
  return false;
}

/** Cached for all steps; few files have any. */
const replacementCache = new ModelCache<Model, readonly CommandAt[]>();

function replacements(model: Model): readonly CommandAt[] {
  return replacementCache.of(model, findReplacements);
}

function findReplacements(model: Model): readonly CommandAt[] {
  return model
    .commands('ln', 'update-alternatives', 'dpkg-reconfigure')
    .filter(({ command }) => command.args.some(({ text }) => shPattern.test(text)));
}

const shPattern = /^(?:\/usr)?\/bin\/sh$|^(?:sh|dash)$/;
