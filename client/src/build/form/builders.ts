/** The builder as a list of the known ones, and problems of the choice. */
import { t } from '@vscode/l10n';
import type { BuilderSummary } from '../../engine/builder-summary.ts';
import type { FormControl, FormOption } from '../../form/page.ts';
import { isOn } from '../options/option.ts';
import { platformsOf } from '../options/platforms.ts';
import { builderOf } from '../request.ts';
import { valuesOf, withValues, type BuildSpec } from '../spec.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { World } from './world.ts';

const separator = ' · ';

/** The engine of this window first; a builder that is not known is kept as it was written. */
export function builderControl(
  spec: BuildSpec,
  { builders = [], engine, versions }: World,
): FormControl {
  const value = builderOf(spec);
  const version = versions?.get('');
  const reported = version === undefined ? engine?.version : buildKitText(version);
  const own = reported === undefined ? [] : [reported];
  const known: FormOption[] = [
    { value: '', label: ['default', [t('this engine'), ...own].join(', ')].join(separator) },
    ...builders.map((one) => ({ value: one.name, label: labelOf(one, versions?.get(one.name)) })),
  ];
  const isKnown = known.some((one) => one.value === value);
  return {
    kind: 'select',
    value,
    options: isKnown ? known : [...known, { value, label: value }],
  };
}

function buildKitText(version: string): string {
  return t('BuildKit {0}', version);
}

/** `farm · remote, tcp://buildkit.example.com:1234, BuildKit 0.17.3`. */
function labelOf(
  { name, driver, place, nodes, current }: BuilderSummary,
  version: string | undefined,
): string {
  const about = [
    ...(driver === undefined ? [] : [driver]),
    ...(place === '' ? [] : [place]),
    ...(nodes === undefined ? [] : [t('{0} nodes', nodes)]),
    ...(version === undefined ? [] : [buildKitText(version)]),
    ...(current === true ? [t('selected in docker buildx')] : []),
  ];
  return [name, ...(about.length === 0 ? [] : [about.join(', ')])].join(separator);
}

export function builderProblems(spec: BuildSpec, { builders }: World): readonly Problem[] {
  const name = builderOf(spec);
  if (name === '' || builders === undefined) return [];
  const found = builders.find((one) => one.name === name);
  if (found === undefined) {
    const similar = nearest(
      name,
      builders.map((one) => one.name),
    );
    const offers = similar === undefined ? [] : [similar];
    return [
      {
        place: 'builder',
        severity: 'error',
        message: t('There is no builder {0}.', name),
        offers: [
          ...offers.map((one) => ({
            label: t('Use {0}', one),
            fix: withValues(spec, 'builder', [one]),
          })),
          { label: t('Use This Engine'), fix: withValues(spec, 'builder', ['default']) },
        ],
      },
    ];
  }
  const platforms = platformsOf(valuesOf(spec, 'platform'));
  const goesElsewhere = isOn(valuesOf(spec, 'push')) || valuesOf(spec, 'output').length > 0;
  if (found.driver === undefined || platforms.length < 2 || goesElsewhere) return [];
  return [
    {
      place: 'platform',
      severity: 'error',
      message: t('An image for several platforms cannot be loaded from {0}: push it, or write it to a folder.', name), // prettier-ignore
      offers: [
        { label: t('Push to Registry'), fix: withValues(spec, 'push', ['true']) },
        { label: t('Write to ./out'), fix: withValues(spec, 'output', ['type=local,dest=./out']) },
      ],
    },
  ];
}
