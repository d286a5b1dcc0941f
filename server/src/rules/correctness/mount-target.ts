/** BuildKit dockerfile2llb/convert_runmount.go, dispatchRunMounts: "invalid mount target". */
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { mountFields } from '../../syntax/check/mount.ts';
import type { Run, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { absolutePath } from '../../text/path.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { lineage } from '../../model/lineage.ts';
import { expandWord } from '../../model/expanded-words.ts';

export default rule({
  summary: 'Set a `target` other than `/` for `RUN --mount`',
  why: 'Without `target`, the working directory is used, and the mount hides its files. A bind mount without `target` is reported where files were copied to the working directory before. A mount on the root directory fails the build with `invalid mount target "/"`.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#run---mount'],
  on: { instructions: ['RUN'], words: ['mount'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN --mount=«type=cache» apk add curl
        RUN --mount=type=cache,«target=/» apk add curl
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN --mount=type=cache,target=/var/cache/apk apk add curl
        RUN --mount=type=cache,target=/var/cache/apk apk add curl
      `,
    },
  ],
  check({ model, report }) {
    let copies: ReadonlyMap<Stage, Copies> | undefined;
    const allCopies = (): ReadonlyMap<Stage, Copies> => (copies ??= copiesOf(model));
    for (const run of model.each('RUN')) {
      if (run.onbuild === true) continue;
      for (const { name, value } of run.flags) {
        if (name.text !== 'mount' || value === undefined) continue;
        const { at, target } = targetOf(model, value);
        if (target === undefined) continue;
        const directory = directoryOf(model, run, target);
        if (directory === '/') {
          report({
            at,
            message: t('A mount cannot cover `/`; set `target` to another directory'),
            refused: true,
          });
        } else if (target === '' && hidesFiles(model, run, value, allCopies)) {
          report({
            at,
            message: t('This mount has no `target` and hides the files of the working directory'),
          });
        }
      }
    }
  },
});

/** The target of a mount and where it is written; undefined for mount types that do not require one. */
function targetOf(model: Model, value: Word): { readonly at: Node; readonly target?: string } {
  const fields = mountFields(value);
  const last = (key: string) => fields.findLast((field) => field.key === key);
  const type = last('type')?.value?.toLowerCase() ?? 'bind';
  if (!['bind', 'cache', 'tmpfs'].includes(type)) return { at: value };
  // A field without `=` is reported as a build error.
  if (fields.some(({ key, value: setting }) => setting === undefined && !/^(?:readonly|readwrite|required)$/.test(key))) return { at: value }; // prettier-ignore
  const field = last('target');
  if (field?.value === undefined) return { at: value, target: '' };
  const text = field.value.includes('$')
    ? expandWord(model, { ...value, raw: field.value, text: field.value })?.text
    : field.value;
  return text === undefined ? { at: field } : { at: field, target: text };
}

/** Where the first files are copied to, in a stage. */
interface Copies {
  /** By the directory that contains them, directly or through others, where the first of them are copied. */
  readonly byDirectory: Map<string, number>;
  /** Where the first files are copied to a directory that depends on the base image. */
  relative: number;
}

function copiesOf(model: Model): ReadonlyMap<Stage, Copies> {
  const found = new Map<Stage, Copies>();
  for (const copy of model.each('COPY', 'ADD')) {
    const stage = model.stageOf(copy);
    if (stage === undefined || copy.target === undefined) continue;
    let copies = found.get(stage);
    if (copies === undefined) found.set(stage, (copies = { byDirectory: new Map(), relative: Infinity })); // prettier-ignore
    const to = copy.target.text;
    const { start } = copy.span;
    if (!to.startsWith('/')) copies.relative = Math.min(copies.relative, start);
    const directory = absolutePath(to, model.stateAt(copy).workdir ?? '/') ?? '';
    for (let end = directory.length; end > 0; end = directory.lastIndexOf('/', end - 1)) {
      const one = directory.slice(0, end);
      if (copies.byDirectory.has(one)) break;
      copies.byDirectory.set(one, start);
    }
    if (directory.startsWith('/') && !copies.byDirectory.has('/')) copies.byDirectory.set('/', start); // prettier-ignore
  }
  return found;
}

/** Whether files were copied to the working directory. Without them, a bind mount of the sources there is intended. */
function hidesFiles(
  model: Model,
  run: Run,
  mount: Word,
  copies: () => ReadonlyMap<Stage, Copies>,
): boolean {
  const type = mountFields(mount)
    .findLast(({ key }) => key === 'type')
    ?.value?.toLowerCase();
  if (type === 'cache' || type === 'tmpfs') return true;
  const { workdir } = model.stateAt(run);
  return lineage(model.stageOf(run)).some((stage) => {
    const own = copies().get(stage);
    const first = workdir === undefined ? own?.relative : own?.byDirectory.get(workdir);
    return first !== undefined && first <= run.span.start;
  });
}

/** The directory that a mount covers; undefined if it depends on the base image. */
function directoryOf(model: Model, run: Run, target: string): string | undefined {
  if (target.startsWith('/')) return target;
  const { workdir } = model.stateAt(run);
  if (workdir === undefined || /^[A-Za-z]:/.test(workdir)) return undefined;
  return absolutePath(target, workdir);
}
