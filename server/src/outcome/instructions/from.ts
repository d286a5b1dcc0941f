/** FROM that fails: names, platforms and images. */
import type { From } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';
import type { Cause, FailedInstruction } from '../cause.ts';
import { spanOf } from './copy.ts';
import { flagValue } from './flags.ts';
import { imageCause } from './image.ts';

/** The part of FROM that the message is about: the platform or the image. */
export function fromCause(failed: FailedInstruction, from: From): Cause | undefined {
  const { message } = failed.build.failure;
  const { image } = from;
  const platform = flagValue(from, 'platform');
  if (
    platform &&
    /failed to parse platform|invalid platform|cannot parse platform|unknown operating system or architecture/.test(
      message,
    )
  )
    return {
      kind: 'argument',
      span: spanOf(platform),
      message: t('`{0}` is not a valid platform', platform.text),
    };
  if (image === undefined) return undefined;
  const span = spanOf(image);
  if (failed.exitCode !== undefined)
    return {
      kind: 'exit',
      span,
      message: t(
        'An ONBUILD instruction of the base image failed with exit code {0}',
        failed.exitCode,
      ),
    };
  if (/should not be blank/.test(message)) return blankName(failed, from);
  if (/failed to parse stage name|invalid reference format/.test(message)) {
    const isCase = /lowercase/.test(message);
    if (isCase)
      return { kind: 'argument', span, message: t('The name of an image must be in lowercase') };
    if (image.variables.length > 0) return { ...blankName(failed, from), span };
    return { kind: 'argument', span, message: t('`{0}` is not a valid image name', image.text) };
  }
  const name = failed.document.model.expand(image)?.text ?? image.text;
  return imageCause(failed, { name, span });
}

/** An argument without a value in the name. */
function blankName({ document, build }: FailedInstruction, { image }: From): Cause {
  const missing = image?.variables.find(
    (variable) =>
      document.model.valueOf(variable) === 'unset' &&
      !Object.hasOwn(build.buildArgs ?? {}, variable.name),
  );
  const span = image ? spanOf(image) : { start: 0, end: 0 };
  if (missing === undefined)
    return {
      kind: 'argument',
      span,
      message: t('The name of the image is empty or not valid in this build'),
    };
  const binding = document.model.resolve(missing);
  const declared = typeof binding?.from === 'object' ? binding.from : undefined;
  const related = declared && [
    {
      path: document.uri,
      line: document.lines.positionAt(declared.span.start).line,
      message: t('`{0}` has no default here', missing.name),
    },
  ];
  const message = declared
    ? t('Build argument `{0}` has no value', missing.name)
    : t('`{0}` is not declared by an ARG before the first FROM', missing.name);
  return { kind: 'argument', span, message, ...(related && { related }) };
}
