/** Not in other linters. Dates are from endoflife.date and compared with the date of that data, so that a file always has the same findings. */
import { successorOf } from '../../images/discontinued.ts';
import { rule, type Fix, type Problem } from '../../lint/rule.ts';
import { parseImage, type Image } from '../../images/image.ts';
import { endOfLifeDate } from '../../images/end-of-life.ts';
import { productNamed } from '../../images/products.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { formatDay } from '../../images/day.ts';
import { t } from '../../text/translation.ts';
import { memoize } from '../../text/memoize.ts';
import { correctMisprints } from '../../text/misprints.ts';
import { releasesIn, type TagRelease, officialName } from '../../images/releases.ts';

export default rule({
  summary: 'Do not use base images past their end of life',
  why: 'After its end of life, a language or distribution receives no more security fixes, and its packages move to archives or are deleted: sooner or later, `apt-get update` fails. The dates are built into Drydock, which does not look them up online.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/ruby/eol-ruby-version'] },
  links: ['https://endoflife.date/'],
  examples: [
    {
      bad: dockerfile`
        FROM «python:3.8-slim-buster»
        COPY app.py /
      `,
      good: dockerfile`
        FROM python:3.13-slim
        COPY app.py /
      `,
    },
  ],
  check({ model, report }) {
    for (const { from, image: reference, base } of model.stages) {
      const word = from.image;
      if (word === undefined || reference === undefined || base?.kind === 'stage') continue;
      const end = endOf(reference);
      if (end !== 'none') report(problem(word, reference, end));
    }
  },
});

/** The end of an image: releases that it contains and that have ended, or else the image that replaces it. */
interface End {
  readonly image: Image;
  readonly ended: readonly TagRelease[];
  readonly successor: string | undefined;
}

/** What most images do not have. Remembered: it is asked for after each keystroke. */
const endOf = memoize(500, (reference): End | 'none' => {
  const image = parseImage(reference) ?? parseImage(correctMisprints(reference));
  if (image === undefined) return 'none';
  const ended = releasesIn(image).filter(hasEnded);
  const successor = ended.length === 0 ? successorOf(image) : undefined;
  return ended.length > 0 || successor !== undefined ? { image, ended, successor } : 'none';
});

function problem(word: Word, reference: string, { image, ended, successor }: End): Problem {
  if (successor !== undefined)
    return {
      at: word,
      message: t('`{0}` is no longer updated; use `{1}`', image.repository, successor),
    };
  // Which tags the images of other publishers have is not known.
  const isKnown = ended[0]?.isImage === true || officialName(image) !== undefined;
  const fix = isKnown && word.variables.length === 0 ? moveFix(word, reference, ended) : undefined;
  return { at: word, message: ended.map(messageFor).join(', '), ...(fix && { fix }) };
}

function hasEnded({ end }: TagRelease): boolean {
  return end !== '' && end <= endOfLifeDate;
}

function messageFor({ title, cycle, end }: TagRelease): string {
  return t('{0} {1} reached end of life on {2}', title, cycle, formatDay(end));
}

/** The same image at a supported release. Tags without codenames exist for every release. */
function moveFix(
  word: { readonly span: { readonly start: number; readonly end: number } },
  reference: string,
  ended: readonly TagRelease[],
): Fix | undefined {
  const [first] = ended;
  if (first === undefined || correctMisprints(reference) !== reference) return undefined;
  const to = first.product === 'centos' ? 'almalinux:9' : newReference(reference, first);
  if (to === undefined || to === reference) return undefined;
  return {
    title: t('Replace with `{0}`', to),
    edits: [replace(word.span, to)],
    safe: false,
  };
}

function newReference(
  reference: string,
  { product, target, isVersion, isImage }: TagRelease,
): string | undefined {
  const colon = reference.lastIndexOf(':');
  const [name, tag] = [reference.slice(0, colon), reference.slice(colon + 1)];
  if (target === '' || tag.includes('@')) return undefined;
  if (product === 'centos-stream')
    return reference.replace(/stream\d+(-minimal)?.*$/, `stream${target}$1`);
  const [version = '', ...variant] = tag.split('-');
  const rest = variant
    .filter((part) => !isCodename(part))
    .map((part) => part.replace(/^alpine[\d.]+$/, 'alpine'));
  if (!isVersion && !isImage) {
    const kept = [version, ...rest].filter((part) => !isCodename(part));
    return kept.length > 0 ? `${name}:${kept.join('-')}` : undefined;
  }
  const release = productNamed(product)?.releases.find(([cycle]) => cycle === target);
  const next = isVersion
    ? /^\d+\.0$/.test(version) && !target.includes('.')
      ? `${target}.0`
      : target
    : release?.[2];
  return next === undefined ? undefined : `${name}:${[next, ...rest].join('-')}`;
}

function isCodename(part: string): boolean {
  return ['debian', 'ubuntu'].some((system) =>
    productNamed(system)?.releases.some(([, , codename]) => codename === part),
  );
}
