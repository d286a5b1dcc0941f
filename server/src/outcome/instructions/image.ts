/** Images that an engine cannot get: in FROM, `--from` and `from=`. */
import type { Stage } from '../../model/model.ts';
import { closestMatch } from '../../text/closest-match.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Cause, CauseFix, FailedInstruction } from '../cause.ts';

/** A word that names an image. */
export interface ImageWord {
  readonly name: string;
  readonly span: Span;
}

/** Why an image is not available; a name that is similar to that of a stage was probably meant to be the stage. */
export function imageCause(failed: FailedInstruction, { name, span }: ImageWord): Cause {
  const similar = similarStage(failed, name);
  if (similar?.name !== undefined) {
    const message = t('No stage is named `{0}`; did you mean `{1}`?', name, similar.name);
    const fix: CauseFix = {
      title: t('Replace with `{0}`', similar.name),
      edits: [replace(span, similar.name)],
      preferred: true,
    };
    return { kind: 'stage', span, message, fixes: [fix] };
  }
  // The names of official images without a tag look like names of stages.
  const isStageLike = failed.instruction.kind !== 'FROM' && !/[/:@$.]/.test(name);
  if (isStageLike)
    return {
      kind: 'stage',
      span,
      message: t('`{0}` is neither a stage before this one nor an available image', name),
    };
  return { kind: 'image', span, message: imageMessage(failed.build.failure.message, name) };
}

/** Stages after the instruction cannot be used by it. */
function similarStage(
  { document, instruction }: FailedInstruction,
  name: string,
): Stage | undefined {
  if (/[/:@$.]/.test(name)) return undefined;
  const own = document.model.stageOf(instruction)?.index ?? 0;
  const stages = document.model.stages.filter(({ index }) => index < own);
  const closest = closestMatch(
    name,
    stages.flatMap((stage) => stage.name ?? []),
  );
  return closest === undefined || closest.toLowerCase() === name.toLowerCase()
    ? undefined
    : stages.find((stage) => stage.name === closest);
}

function imageMessage(message: string, name: string): string {
  if (
    /no match for platform|no matching manifest|does not match the (?:specified|detected) .*platform|image platform/i.test(
      message,
    )
  )
    return t('Image `{0}` does not exist for this platform', name);
  if (/toomanyrequests|rate limit|429/i.test(message))
    return t('The registry refused to send `{0}`: too many requests', name);
  if (
    /denied|unauthorized|authentication required|no basic auth|insufficient_scope|401|403 Forbidden/i.test(
      message,
    )
  )
    return t('Image `{0}` does not exist, or its registry requires a login', name);
  if (
    /manifest unknown|manifest for .* not found|: not found|404|repository does not exist|name unknown/i.test(
      message,
    )
  )
    return t('Image `{0}` does not exist', name);
  if (
    /no such host|server misbehaving|dial tcp|i\/o timeout|connection refused|network is unreachable|TLS|x509|certificate|context deadline/i.test(
      message,
    )
  )
    return t('The registry of `{0}` cannot be reached, and the image is not on this engine', name);
  return t('Image `{0}` is not available', name);
}
