/** Which limits of RUN instructions a builder ignores, and whether the classic builder can build instead. */
import {
  buildKitOfApi,
  givenLimits,
  isSupported,
  supportedSince,
  type LimitOption,
} from '../engine/build-limits.ts';
import type { EngineVersion } from '../engine/engine.ts';
import type { OptionName } from './options/table.ts';
import { platformsOf } from './options/platforms.ts';
import { withoutBuildKit } from './program.ts';
import { builderOf, isClassic, requestOf } from './request.ts';
import { specOf, valuesOf, type BuildSpec } from './spec.ts';

/** The options of the table that are limits. */
type LimitName = LimitOption | 'resource';

const limitNames = [...(Object.keys(supportedSince) as LimitOption[]), 'resource'] as const;

/** The version of BuildKit that an option requires: `0.31`. */
export function requiredVersion(name: LimitName): string {
  return supportedSince[kindOf(name)];
}

/** `--resource` has the limits that BuildKit supports since the same version. */
function kindOf(name: LimitName): LimitOption {
  return name === 'resource' ? 'memory' : name;
}

/** The limits of a spec without effect on a builder with this version of BuildKit; none if the version is not known. */
export function ignoredLimits(spec: BuildSpec, version: string | undefined): readonly LimitName[] {
  if (version === undefined || isClassic(spec)) return [];
  return limitNames.filter((name) =>
    limitsIn(spec, name).some((limit) => !isSupported(limit, version)),
  );
}

/** What the values of one option limit: nothing with values such as 0. */
function limitsIn(spec: BuildSpec, name: LimitName): readonly LimitOption[] {
  const values = valuesOf(spec, name);
  if (values.length === 0) return [];
  return givenLimits(requestOf(specOf('.', { [name]: values }), { folder: '/', variables: {} }));
}

/** The version of BuildKit in an engine; undefined if it builds without BuildKit. */
export function engineBuildKit(
  reported: string | undefined,
  { product, os, apiVersion }: Pick<EngineVersion, 'product' | 'os' | 'apiVersion'>,
): string | undefined {
  const isClassic = product === 'podman' || os === 'windows';
  return isClassic ? undefined : (reported ?? buildKitOfApi(apiVersion));
}

const buildKitOnly: readonly OptionName[] = ['secret', 'ssh', 'build-context', 'cache-to', 'output', 'no-cache-filter', 'attest', 'sbom', 'provenance', 'allow', 'annotation']; // prettier-ignore

/** The given options that the classic builder does not support. */
export function buildKitOptions(spec: BuildSpec): readonly OptionName[] {
  const several = platformsOf(valuesOf(spec, 'platform')).length > 1;
  const given = buildKitOnly.filter((name) => valuesOf(spec, name).length > 0);
  return several ? [...given, 'platform'] : given;
}

/**
 * The same build with the classic builder; undefined if it cannot do this build. On Windows, a terminal does not read a
 * variable before the command.
 */
export function withClassicBuilder(spec: BuildSpec): BuildSpec | undefined {
  if (builderOf(spec) !== '' || buildKitOptions(spec).length > 0) return undefined;
  const classic = { ...spec, program: withoutBuildKit(spec.program) };
  return process.platform !== 'win32' && isClassic(classic) ? classic : undefined;
}
