import type { FlagInfo } from '../../reference/instructions.ts';
import { platforms } from '../../reference/words.ts';
import { t } from '../../text/translation.ts';
import { flagInfo } from '../facts.ts';
import type { Outside } from '../outside.ts';
import { plain, type Completion } from './item.ts';
import { mountValues } from './mounts.ts';
import type { Place } from './place.ts';
import { sources } from './stages.ts';
import { ownerPairs, owners } from './words.ts';

/** Values after `--flag=`, and the options of mounts. */
export async function values(place: Place, outside: Outside): Promise<readonly Completion[]> {
  const { instruction, typed, word, inComment, inHeredoc } = place;
  const match = /^--([\w-]+)=(.*)$/.exec(typed);
  if (!instruction || !match || inComment || inHeredoc) return [];
  const [, name = '', value = ''] = match;
  const info = flagInfo(instruction.kind, name);
  const start = word.end - value.length;
  if (!info) return [];
  if (info.value === 'mount') return mountValues(place, { value, start }, outside);
  const span = { start, end: word.end };
  if (info.value === 'image-or-stage') return sources(place, span, outside);
  if (info.value === 'user') return [...ownerPairs(place, span), ...owners(place, span)];
  return (info.values ?? commonValues(info)).map((label) => {
    const platform = platforms.find((one) => one.name === label);
    const detail = platform ? t(platform.documentation) : platformVariables()[label];
    return plain(label, span, detail === undefined ? {} : { detail });
  });
}

/** Common values of flags that accept any value. */
function commonValues({ value, name }: FlagInfo): readonly string[] {
  switch (value) {
    case 'platform':
      return [...Object.keys(platformVariables()), ...platforms.map((one) => one.name)];
    case 'mode':
      return ['755', '644', '+x', 'u=rwX,go=rX', '600', '700'];
    case 'duration':
      return name === 'start-period' ? ['10s', '30s', '1m', '5m'] : ['5s', '10s', '30s', '1m'];
    case 'number':
      return ['3', '5', '10'];
    case 'checksum':
      return ['sha256:'];
    case 'pattern':
      return ['.git', 'node_modules', '**/*.md', '**/__pycache__', '**/*_test.go'];
    case 'device':
      return ['nvidia.com/gpu=all'];
    default:
      return [];
  }
}

/** Variables that can be used as a platform. */
function platformVariables(): Readonly<Record<string, string>> {
  return {
    $BUILDPLATFORM: t('platform of the build machine'),
  };
}
