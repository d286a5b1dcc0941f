/** The request that creates a container equal to an existing one. */
import type { NewContainer } from '../engine/container-requests.ts';
import type { ContainerDetails } from '../engine/details.ts';
import type { Engine } from '../engine/engine.ts';
import { anonymousVolumes, withVolumes } from '../run/anonymous-volumes.ts';
import { fallbackDefaults, specOfContainer } from '../run/from-container.ts';
import { newContainer } from '../run/request.ts';
import { all, type RunSpec } from '../run/spec.ts';

export interface ContainerCopy {
  /** For messages about the request. */
  readonly spec: RunSpec;
  readonly request: NewContainer;
}

export interface CopyOptions {
  /** The image of the copy; by default, that of the container. */
  readonly image?: { readonly reference: string; readonly id: string };
  /** Whether anonymous volumes are mounted again, by their names; otherwise, the copy has empty ones. */
  readonly keepVolumes: boolean;
}

/**
 * Values that the container has from its image or the engine are left out, so that those of another image take their place.
 * Networks keep their aliases and addresses.
 */
export async function copyRequest(
  engine: Engine,
  details: ContainerDetails,
  { image, keepVolumes }: CopyOptions,
): Promise<ContainerCopy> {
  const [old, info] = await Promise.all([
    engine.inspect('image', details.imageId).catch(() => undefined),
    engine.info().catch(() => fallbackDefaults),
  ]);
  const plain = withProject(specOfContainer(details, old, info), details);
  const withData = keepVolumes ? withVolumes(plain, anonymousVolumes(details)) : plain;
  const spec = image === undefined ? withData : withImage(withData, image);
  return { spec, request: newContainer(spec, { variables: {}, files: new Map() }) };
}

/** Compose identifies its containers by labels; one that takes the place of another one still belongs to the project. */
function withProject(spec: RunSpec, { config }: ContainerDetails): RunSpec {
  const labels = Object.entries(config.Labels ?? {})
    .filter(([name]) => name.startsWith('com.docker.compose.'))
    .map(([name, value]) => `${name}=${value}`);
  if (labels.length === 0) return spec;
  return { ...spec, lists: { ...spec.lists, label: [...all(spec, 'label'), ...labels] } };
}

/** Compose compares its label with the image of the service, and would create the container again. */
const composeImage = 'com.docker.compose.image=';

function withImage(spec: RunSpec, { reference, id }: NonNullable<CopyOptions['image']>): RunSpec {
  const labels = all(spec, 'label').map((label) =>
    label.startsWith(composeImage) ? `${composeImage}${id}` : label,
  );
  const lists = labels.length === 0 ? spec.lists : { ...spec.lists, label: labels };
  return { ...spec, image: reference, lists };
}
