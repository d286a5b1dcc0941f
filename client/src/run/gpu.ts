/** Whether GPUs are available on the engine, and whether its driver supports the CUDA version of the image. */
import { t } from '@vscode/l10n';
import { cudaOf } from '../../../server/src/images/cuda.ts';
import type { EngineInfo } from '../engine/objects.ts';
import type { ImageFacts } from './image.ts';

export interface GpuFacts {
  /** Undefined if the engine does not report it. */
  readonly available: boolean | undefined;
  /** CDI names of devices, such as `nvidia.com/gpu=0`. */
  readonly devices: readonly string[];
  /** Version of the NVIDIA driver on the host of the engine, if it is known. */
  readonly driver?: string;
}

export function gpuFacts(info: EngineInfo | undefined, driver: string | undefined): GpuFacts {
  const devices = (info?.devices ?? []).filter((name) => name.startsWith('nvidia.com/gpu='));
  const ready = info?.runtimes.some((name) => /nvidia/.test(name)) === true || devices.length > 0;
  return {
    available: info === undefined ? undefined : ready,
    devices,
    ...(driver !== undefined && { driver }),
  };
}

/** Why GPUs are not available; undefined if they are, or if it is not known. */
export function gpuTrouble({ available, driver }: GpuFacts): string | undefined {
  if (available !== false) return undefined;
  return driver === undefined
    ? t(
        'GPUs are not available: install the NVIDIA driver and the NVIDIA Container Toolkit on the host of the engine',
      )
    : t(
        'GPUs are not available: driver {0} is installed, but the NVIDIA Container Toolkit is not',
        driver,
      );
}

/** How to install the NVIDIA Container Toolkit. */
export function toolkitSteps(): string {
  return t(
    'Install the package nvidia-container-toolkit, run "sudo nvidia-ctk runtime configure --runtime=docker", restart Docker',
  );
}

/** Why the driver does not support the CUDA version of the image; undefined if it does, or if it is not known. */
export function cudaTrouble(
  reference: string,
  env: readonly string[],
  { driver }: GpuFacts,
): string | undefined {
  if (driver === undefined) return undefined;
  const needs = cudaOf(nameOf(reference)) ?? cudaOf(asTag(env));
  const oldest = needs?.compatible ?? needs?.driver;
  if (needs === undefined || oldest === undefined || !isOlder(driver, oldest)) return undefined;
  return t(
    'CUDA {0} of this image requires driver {1} or later; the host has {2}',
    needs.version,
    oldest,
    driver,
  );
}

function nameOf(reference: string): { readonly repository: string; readonly tag?: string } {
  const [, repository = '', tag] = /^(.*?)(?::([^:/@]+))?(?:@.*)?$/.exec(reference) ?? [];
  return { repository, ...(tag !== undefined && { tag }) };
}

/** Images of NVIDIA have their version in a variable. */
function asTag(env: readonly string[]): { readonly repository: string; readonly tag?: string } {
  const version = env.find((entry) => entry.startsWith('CUDA_VERSION='))?.slice(13);
  return { repository: 'nvidia/cuda', ...(version !== undefined && { tag: version }) };
}

/** Compares versions number by number: `535.54` is older than `550.54.14`. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number));
  for (const [index, number] of (other ?? []).entries()) {
    const mine = one?.[index] ?? 0;
    if (mine !== number) return mine < number;
  }
  return false;
}

/** Whether the image has CUDA, by its name or by the variables that NVIDIA's base images set. */
export function usesCuda({ reference, env }: Pick<ImageFacts, 'reference' | 'env'>): boolean {
  if (cudaOf(nameOf(reference)) !== undefined) return true;
  return env.some((entry) =>
    /^(?:CUDA_VERSION|NVIDIA_REQUIRE_CUDA|NVIDIA_VISIBLE_DEVICES)=./.test(entry),
  );
}
