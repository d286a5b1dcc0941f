/** Whether this engine can hand out GPUs, and whether the image's CUDA runs with the driver. */
import { t } from '@vscode/l10n';
import { cudaOf } from '../../../server/src/images/cuda.ts';
import type { EngineInfo } from '../engine/objects.ts';

export interface GpuFacts {
  /** Undefined where the engine does not say. */
  readonly available: boolean | undefined;
  /** Names of devices by CDI: `nvidia.com/gpu=0`. */
  readonly devices: readonly string[];
  /** Version of NVIDIA's driver on the engine's machine, where we can read it. */
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

/** What keeps GPUs from the container, with what to do; undefined where nothing is known to. */
export function gpuTrouble({ available, driver }: GpuFacts): string | undefined {
  if (available !== false) return undefined;
  return driver === undefined
    ? t(
        'This engine cannot hand out GPUs: install NVIDIA’s driver and the NVIDIA Container Toolkit (package nvidia-container-toolkit) on its machine, then run “sudo nvidia-ctk runtime configure --runtime=docker” and restart Docker',
      )
    : t(
        'This engine cannot hand out GPUs: driver {0} is there, the NVIDIA Container Toolkit is not. Install the package nvidia-container-toolkit, then run “sudo nvidia-ctk runtime configure --runtime=docker” and restart Docker',
        driver,
      );
}

/** Why the image's CUDA does not run with the driver; undefined where it does, or nobody knows. */
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
    'CUDA {0} of this image needs driver {1} or newer, and this machine has {2}',
    needs.version,
    oldest,
    driver,
  );
}

function nameOf(reference: string): { readonly repository: string; readonly tag?: string } {
  const [, repository = '', tag] = /^(.*?)(?::([^:/@]+))?(?:@.*)?$/.exec(reference) ?? [];
  return { repository, ...(tag !== undefined && { tag }) };
}

/** Images of NVIDIA say their version in a variable. */
function asTag(env: readonly string[]): { readonly repository: string; readonly tag?: string } {
  const version = env.find((entry) => entry.startsWith('CUDA_VERSION='))?.slice(13);
  return { repository: 'nvidia/cuda', ...(version !== undefined && { tag: version }) };
}

/** `535.54` before `550.54.14`, number by number. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number));
  for (const [index, number] of (other ?? []).entries()) {
    const mine = one?.[index] ?? 0;
    if (mine !== number) return mine < number;
  }
  return false;
}
