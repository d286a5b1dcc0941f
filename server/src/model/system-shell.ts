/** What `/bin/sh` is in an image: dash on Debian and Ubuntu, busybox on Alpine, bash on what comes from Red Hat. */
import type { CommandAt, Model, Stage } from './model.ts';
import type { Image } from '../images/image.ts';
import type { Instruction } from '../syntax/tree.ts';
import { rootImage, isBuiltFrom } from './lineage.ts';
import { officialName } from '../images/releases.ts';
import type { Sh } from '../shell/dialect.ts';
import { Kept } from '../text/kept.ts';

/** Which of them a program is that is called `sh` in a step; undefined where that is not known. */
export function shAt(model: Model, instruction: Instruction, program: string): Sh | undefined {
  const stage = model.stageOf(instruction);
  const named = program === '/bin/sh' ? 'sh' : /^(?:\/(?:usr\/)?bin\/)?(\w+)$/.exec(program)?.[1];
  if (named === 'dash') return 'dash';
  if (named === 'ash' || named === 'busybox') return 'busybox';
  if (named !== 'sh' || stage === undefined) return undefined;
  return isReplaced(model, stage, instruction) ? undefined : shOf(stage);
}

/** What an image has as `/bin/sh`, as far as its name tells. */
export function shOf(stage: Stage): Sh | undefined {
  const image = rootImage(stage);
  if (image === undefined) return undefined;
  const before = remembered.get(image);
  if (before !== undefined) return before === 'unknown' ? undefined : before;
  const sh = shOfImage(image);
  remembered.set(image, sh ?? 'unknown');
  return sh;
}

/** Every step of a stage asks. */
const remembered = new WeakMap<Image, Sh | 'unknown'>();

/** What names a distribution, in a tag or in the name of an image. */
const alpine = /(?:^|[^a-z])alpine/;
const likeRedHat =
  /(?:^|[^a-z])(?:ubi\d*|rhel|centos|fedora|rocky(?:linux)?|alma(?:linux)?|amazonlinux|amazoncorretto|amzn|al20\d\d|oraclelinux|oracle|el\d|redhat|photon|opensuse|suse|sles|leap|tumbleweed|archlinux)/;
const likeDebian =
  /(?:^|[^a-z])(?:debian|ubuntu\d*|bookworm|bullseye|buster|stretch|jessie|trixie|noble|jammy|focal|bionic|xenial|trusty)(?![a-z])/;
/** Debian's word, but others have taken it up. */
const slim = /(?:^|[^a-z])slim(?![a-z])/;

/** And those that are made from Alpine. */
const onAlpine: ReadonlySet<string> = new Set(['alpine', 'docker', 'traefik']);

/** Official images that are made from Debian or Ubuntu unless their tag says otherwise. */
const onDebian: ReadonlySet<string> = new Set(
  'buildpack-deps debian eclipse-temurin elixir erlang gcc golang gradle haskell httpd julia mariadb maven nginx node perl php postgres pypy python r-base rails redis ruby rust tomcat ubuntu'.split(
    ' ',
  ),
);

function shOfImage(image: Image): Sh | undefined {
  const name = officialName(image);
  const tag = (image.tag ?? '').toLowerCase();
  const named = name === 'busybox' ? 'busybox' : (byWords(tag) ?? byWords(image.repository));
  if (named !== undefined) return named;
  if (name !== undefined && onAlpine.has(name)) return 'busybox';
  return slim.test(tag) || (name !== undefined && onDebian.has(name)) ? 'dash' : undefined;
}

function byWords(text: string): Sh | undefined {
  if (alpine.test(text)) return 'busybox';
  if (likeDebian.test(text)) return 'dash';
  return likeRedHat.test(text) ? 'bash' : undefined;
}

/** Whether a step above puts another program there. */
function isReplaced(model: Model, stage: Stage, { span }: Instruction): boolean {
  for (const { run, stage: below } of replacements(model)) {
    if (run.span.start > span.start) return false;
    if (below && isBuiltFrom(stage, below)) return true;
  }
  return false;
}

/** Found once for all steps: hardly any file has one. */
const found = new Kept<Model, readonly CommandAt[]>();

function replacements(model: Model): readonly CommandAt[] {
  let made = found.get(model);
  if (made === undefined) {
    made = model
      .commands('ln', 'update-alternatives', 'dpkg-reconfigure')
      .filter(({ command }) => command.args.some(({ text }) => isSh.test(text)));
    found.set(model, made);
  }
  return made;
}

const isSh = /^(?:\/usr)?\/bin\/sh$|^(?:sh|dash)$/;
