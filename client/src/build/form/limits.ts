/** Problems of the limits of RUN instructions. */
import { t } from '@vscode/l10n';
import { bytesOf } from '../../command-line/values.ts';
import { withBuildKit } from '../program.ts';
import { builderOf, isClassic } from '../request.ts';
import { valueOf, withValues, type BuildSpec } from '../spec.ts';
import {
  buildKitOptions,
  ignoredLimits,
  requiredVersion,
  withClassicBuilder,
} from '../limit-support.ts';
import type { Problem } from './problem.ts';
import type { World } from './world.ts';

export function limitProblems(spec: BuildSpec, world: World): readonly Problem[] {
  return [...swapProblems(spec), ...ignoredProblems(spec, world), ...classicProblems(spec)];
}

/** What engines refuse for a container. */
function swapProblems(spec: BuildSpec): readonly Problem[] {
  const [memory = 0, swap = 0] = (['memory', 'memory-swap'] as const).map(
    (name) => bytesOf(valueOf(spec, name) ?? '') ?? 0,
  );
  const place = { place: 'memory-swap', severity: 'error' } as const;
  const inPairs = valueOf(spec, 'resource') !== undefined;
  if (swap === 0 || (memory === 0 && inPairs)) return [];
  if (memory === 0) {
    return [{ ...place, message: t('{0} requires {1}', '--memory-swap', '--memory') }];
  }
  if (swap >= memory) return [];
  const message = t('The limit of memory and swap must not be less than the memory limit');
  return [{ ...place, message }];
}

function ignoredProblems(spec: BuildSpec, { engine, versions }: World): readonly Problem[] {
  const builder = builderOf(spec);
  const reported = versions?.get(builder);
  const version = builder === '' ? (reported ?? engine?.buildKit) : reported;
  const classic = withClassicBuilder(spec);
  return ignoredLimits(spec, version).map((name) => ({
    place: name,
    severity: 'warning',
    message: t('No effect on this build: this option requires BuildKit {0}.', requiredVersion(name)), // prettier-ignore
    offers: [
      ...(classic === undefined ? [] : [{ label: t('Use Classic Builder'), fix: classic }]),
      { label: t('Remove {0}', `--${name}`), fix: withValues(spec, name, []) },
    ],
  }));
}

function classicProblems(spec: BuildSpec): readonly Problem[] {
  if (!isClassic(spec)) return [];
  return buildKitOptions(spec).map((place) => ({
    place,
    severity: 'error',
    message: t('The classic builder does not support this option.'),
    offers: [
      { label: t('Use BuildKit'), fix: { ...spec, program: withBuildKit(spec.program) } },
      { label: t('Remove {0}', `--${place}`), fix: withValues(spec, place, []) },
    ],
  }));
}
