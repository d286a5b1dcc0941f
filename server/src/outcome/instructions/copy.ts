/** COPY and ADD that fail: sources that do not exist, targets that cannot be written, downloads, checksums. */
import type { InstructionOf, Word } from '../../syntax/tree.ts';
import { closestMatch } from '../../text/closest-match.ts';
import { replace } from '../../text/edit.ts';
import { cleanPath, fileName } from '../../text/path.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Cause, CauseFix, FailedInstruction } from '../cause.ts';
import { exceptionFix, isIgnoredBy } from '../ignored.ts';
import { hasParts } from '../run/context.ts';
import { flagValue, fromReference } from './flags.ts';
import { imageCause } from './image.ts';

type Copy = InstructionOf<'COPY' | 'ADD'>;

/** Undefined if the message says nothing about a part of the instruction. */
export function copyCause(failed: FailedInstruction, copy: Copy): Cause | undefined {
  const { message } = failed.build.failure;
  return (
    checksumCause(message, copy) ??
    ownerCause(message, copy) ??
    downloadCause(message, copy) ??
    sourceCause(failed, copy) ??
    targetCause(message, copy) ??
    referenceCause(failed, copy)
  );
}

/** Whether a word with variables or patterns can be this path. */
function pathMatches({ text, variables }: Word, path: string): boolean {
  const own = cleanPath(text.replace(/^\/+/, ''));
  if (own === path) return true;
  const parts = own.split(/\$\{[^}]*\}|\$\w+|[*?]|\[[^\]]*\]/);
  if (parts.length === 1 && variables.length === 0) return false;
  return hasParts(path, parts);
}

/** The path in the context or stage that does not exist; builders print it in several ways. */
function missingPath(message: string): string | undefined {
  const found =
    /"([^"]*)"(?::)? not found/.exec(message) ??
    /(?:lstat|stat|failed to walk) \S*?\/buildkit-mount\d+\/(\S+?)(?::|$)/.exec(message) ??
    /lstat \S*?\/merged\/(\S+?): no such file/.exec(message) ??
    /excluded by \.dockerignore: stat (\S+?): /.exec(message) ??
    /(?:COPY|ADD) failed: (?:l?stat|stat) (?:\S*?\/docker-builder\d+\/)?(\S+?): (?:no such file|file does not exist)/.exec(
      message,
    ) ??
    /(?:lstat|stat|open) (\/\S+?): no such file or directory/.exec(message);
  return found?.[1] === undefined ? undefined : cleanPath(found[1].replace(/^\/+/, ''));
}

function sourceCause(failed: FailedInstruction, copy: Copy): Cause | undefined {
  const { message } = failed.build.failure;
  const outside = /forbidden path outside the build context: (\S+)/i.exec(message)?.[1];
  if (outside !== undefined) {
    const word = copy.sources.find(({ text }) => text.startsWith(outside)) ?? only(copy.sources);
    return (
      word && {
        kind: 'source-not-found',
        span: spanOf(word),
        message: t('`{0}` is outside the build context', word.text),
      }
    );
  }
  if (/no source files were specified|no matching files|file with no instructions/.test(message)) {
    const word = copy.sources.find(({ text }) => /[*?[]/.test(text)) ?? only(copy.sources);
    return (
      word && {
        kind: 'source-not-found',
        span: spanOf(word),
        message: t('No file matches `{0}`', word.text),
      }
    );
  }
  const path = missingPath(message);
  const word = path === undefined ? undefined : sourceOf(copy, path);
  if (path === undefined || word === undefined) return undefined;
  return missingSource(failed, copy, word);
}

/** The source whose path or one of its directories is missing. */
function sourceOf({ sources }: Copy, path: string): Word | undefined {
  return (
    sources.find((word) => pathMatches(word, path)) ??
    sources.find(({ text }) => cleanPath(text.replace(/^\/+/, '')).startsWith(`${path}/`)) ??
    only(sources)
  );
}

function missingSource(failed: FailedInstruction, copy: Copy, word: Word): Cause {
  const { build, document } = failed;
  const span = spanOf(word);
  const name = document.model.expand(word)?.text ?? word.text;
  const from = fromReference(document, copy);
  if (from && from.to?.kind !== 'stage' && document.model.stageNamed(from.name))
    return {
      kind: 'stage',
      span: from.span,
      message: t('Stage `{0}` is defined after this stage', from.name),
    };
  if (from)
    return {
      kind: 'source-not-found',
      span,
      message: t('`{0}` does not exist in `{1}`', name, from.name),
    };
  const ignored = isIgnoredBy(build, name);
  if (ignored) {
    const fix = exceptionFix(build, name);
    const message = t('`{0}` is not in the build context: an ignore file excludes it', name);
    return { kind: 'source-ignored', span, message, related: [ignored], fixes: fix ? [fix] : [] };
  }
  const sources = copy.sources.map(({ text }) => cleanPath(text));
  const similar = similarSource(
    (build.contextNames ?? []).filter((one) => !sources.includes(one)),
    name,
  );
  if (similar === undefined || word.raw !== word.text)
    return {
      kind: 'source-not-found',
      span,
      message: t('`{0}` does not exist in the build context', name),
    };
  const fix: CauseFix = {
    title: t('Replace with `{0}`', similar),
    edits: [replace(word.span, similar)],
    preferred: true,
  };
  return {
    kind: 'source-not-found',
    span,
    message: t('`{0}` does not exist in the build context; did you mean `{1}`?', name, similar),
    fixes: [fix],
  };
}

/** A path that differs in a few characters, or the same name in another directory. */
function similarSource(names: readonly string[], name: string): string | undefined {
  const path = cleanPath(name.replace(/^\/+/, ''));
  const similar = closestMatch(
    path,
    names.filter((one) => one !== path),
  );
  if (similar !== undefined) return similar;
  const elsewhere = names.filter((one) => fileName(one) === fileName(path) && one !== path);
  return only(elsewhere);
}

function targetCause(message: string, { target }: Copy): Cause | undefined {
  if (target === undefined) return undefined;
  const isNoDirectory =
    /not a directory|cannot copy to non-directory|destination must be a directory|cannot replace to directory|cannot overwrite/i.test(
      message,
    );
  if (isNoDirectory)
    return {
      kind: 'file-exists',
      span: spanOf(target),
      message: t('`{0}` cannot be written: a part of the path is not a directory', target.text),
    };
  if (!/no space left on device/i.test(message)) return undefined;
  return {
    kind: 'disk-full',
    span: spanOf(target),
    message: t('No space left on the device of `{0}`', target.text),
  };
}

function ownerCause(message: string, copy: Copy): Cause | undefined {
  const chown = flagValue(copy, 'chown');
  const name =
    /no such (?:user|group): (\S+)|can't find [ug]id for (?:user|group) ([^\s:]+)|unable to find (?:user|group) ([^\s:]+)/
      .exec(message)
      ?.slice(1)
      .find(Boolean);
  if (chown === undefined || (name === undefined && !/chown/.test(message))) return undefined;
  return {
    kind: 'user',
    span: spanOf(chown),
    message: t('User or group `{0}` does not exist in the image', name ?? chown.text),
  };
}

function checksumCause(message: string, copy: Copy): Cause | undefined {
  const checksum = flagValue(copy, 'checksum');
  if (checksum === undefined || !/digest mismatch|checksum|invalid digest/i.test(message))
    return undefined;
  const [, actual] = /digest mismatch (\S+?):? (?:expected|sha)/.exec(message) ?? [];
  const span = spanOf(checksum);
  if (actual === undefined || !/digest mismatch/.test(message)) {
    const isMismatch = /mismatch/.test(message);
    return {
      kind: 'checksum',
      span,
      message: isMismatch
        ? t('The downloaded file has another checksum')
        : t('`{0}` is not a valid checksum', checksum.text),
    };
  }
  return { kind: 'checksum', span, message: t('The downloaded file has the checksum {0}', actual) };
}

function downloadCause(message: string, { sources }: Copy): Cause | undefined {
  const url =
    /(?:Get|Head) "([^"]+)"|invalid response status|git (?:ls-remote|fetch|clone)|failed to fetch remote/.exec(
      message,
    );
  if (url === null) return undefined;
  const remote = sources.filter(({ text }) => /^(?:https?|git|ssh):\/\/|^git@|\$/.test(text));
  const word = remote.find(({ text }) => text === url[1]) ?? only(remote) ?? remote[0];
  if (word === undefined) return undefined;
  const status = /invalid response status (\d+)/.exec(message)?.[1];
  const text =
    status === undefined
      ? t('`{0}` could not be downloaded', word.text)
      : t('The server answered with HTTP status {0}', status);
  return { kind: 'network', span: spanOf(word), message: text };
}

/** The image of `--from`. */
function referenceCause(failed: FailedInstruction, copy: Copy): Cause | undefined {
  const from = fromReference(failed.document, copy);
  return from && imageCause(failed, from);
}

/** Without the quotes around a word. */
export function spanOf({ span, quote, raw }: Word): Span {
  const isPlain = span.end - span.start === raw.length;
  return quote === undefined || !isPlain ? span : { start: span.start + 1, end: span.end - 1 };
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
