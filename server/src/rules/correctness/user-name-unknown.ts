/** tally named-identity-in-passwdless-stage. */
import { rule, type Fix, type Report } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { isFromScratch, parentStage, StageSearch } from '../../model/lineage.ts';
import type { Instruction, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { span, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

/** User names of Google's distroless images; the IDs are the same on most systems. */
const ids: Readonly<Record<string, string>> = { nobody: '65534', nonroot: '65532' };

export default rule({
  summary: 'Use numeric user IDs in images without `/etc/passwd`',
  why: 'User and group names are looked up in `/etc/passwd` and `/etc/group` of the image. An image from `scratch` has neither: with `--chown=name` the build fails, and with `USER name` the container does not start. Numeric IDs do not require a lookup.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/named-identity-in-passwdless-stage'] },
  links: ['https://docs.docker.com/reference/dockerfile/#user'],
  on: { instructions: ['USER', 'COPY'], words: ['scratch'] },
  examples: [
    {
      bad: dockerfile`
        FROM scratch
        COPY tool /bin/tool
        USER «nobody»
      `,
      good: dockerfile`
        FROM scratch
        COPY tool /bin/tool
        USER 65534
      `,
    },
  ],
  check({ model, report }) {
    const adding = new StageSearch(mayAddUsers);
    for (const stage of model.stages) {
      // It is built from `scratch` through stages that cannot contain `/etc/passwd`.
      if (!isFromScratch(stage) || adding.isIn(parentStage(stage))) continue;
      for (const instruction of stage.instructions) {
        if (mayAddUsers(instruction)) break;
        namesIn(model, instruction, report);
      }
    }
  },
});

/** Whether it may add `/etc/passwd`: as a directory, in an archive, or by its path. */
function mayAddUsers(instruction: Instruction): boolean {
  const { kind } = instruction;
  if (kind === 'RUN' || kind === 'ADD' || kind === 'ONBUILD') return true;
  if (kind !== 'COPY') return false;
  const target = instruction.target?.text ?? '';
  if (instruction.heredocs.length > 0 || /[$]/.test(target)) return true;
  if (/^\/?etc(?:\/(?:passwd|group)?)?$/.test(target)) return true;
  return /^\.?\/?$/.test(target) && instruction.sources.some(mayBeDirectory);
}

/** A directory that is copied to the root may contain `etc`. */
function mayBeDirectory({ text }: Word): boolean {
  return !/\/[^/]*\.[a-z\d]+$/i.test(`/${text}`) && !/\/s?bin\/[^/]+$/.test(text);
}

function namesIn(model: Model, instruction: Instruction, report: Report): void {
  const word =
    instruction.kind === 'USER'
      ? instruction.args[0]
      : instruction.kind === 'COPY'
        ? instruction.flags.find(({ name }) => name.text === 'chown')?.value
        : undefined;
  if (word === undefined || word.variables.length > 0 || word.raw !== word.text) return;
  let at = word.span.start;
  for (const part of word.text.split(':')) {
    const place = span(at, at + part.length);
    at = place.end + 1;
    // Some runtimes resolve root without `/etc/passwd`.
    if (/^(?:\d*|root)$/.test(part) || model.source.text.slice(place.start, place.end) !== part)
      continue;
    const fix = replaceWithId(part, place);
    report({
      at: { span: place },
      message: t('`{0}` cannot be resolved: this image has no `/etc/passwd` or `/etc/group`', part),
      ...(fix && { fix }),
    });
  }
}

function replaceWithId(name: string, place: Span): Fix | undefined {
  const id = Object.hasOwn(ids, name) ? ids[name] : undefined;
  return id === undefined
    ? undefined
    : { title: t('Replace `{0}` with `{1}`', name, id), edits: [replace(place, id)], safe: false };
}
