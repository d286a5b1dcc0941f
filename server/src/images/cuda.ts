/** The driver that an image with CUDA requires on the host. */
import { cudaDrivers } from './cuda-drivers.ts';

export interface CudaNeeds {
  /** For example `11.3`. */
  readonly version: string;
  /** The Linux driver that this version ships with; undefined if the tables do not contain it. */
  readonly driver?: string;
  /** An older driver that works because of minor-version compatibility. */
  readonly compatible?: string;
}

/**
 * The CUDA version in a tag, such as `nvidia/cuda:12.4.1-runtime-ubuntu22.04`,
 * `pytorch/pytorch:1.11.0-cuda11.3-cudnn8-devel` or `x:2.1-cu121`.
 */
export function cudaOf({
  repository,
  tag,
}: {
  readonly repository: string;
  readonly tag?: string | undefined;
}): CudaNeeds | undefined {
  if (tag === undefined) return undefined;
  const version = /^(?:.*\/)?nvidia\/cuda$/.test(repository)
    ? /^(\d+\.\d+)(?![\d])/.exec(tag)?.[1]
    : (/(?:^|[-_.])cuda-?_?(\d{1,2}\.\d{1,2})(?!\d)/.exec(tag)?.[1] ?? wheelCuda(tag));
  return version === undefined ? undefined : needs(version);
}

/** `cu118` means CUDA 11.8 in Python wheels and some tags; undefined if there is no such version. */
export function wheelCuda(text: string): string | undefined {
  // `cu12` contains only the major version; `cu92` is 9.2.
  const [, digits] = /(?:^|[-_+/.])cu([1-9]\d{2}|[89]\d)(?!\d)/.exec(text) ?? [];
  return digits && `${digits.slice(0, -1)}.${digits.slice(-1)}`;
}

function needs(version: string): CudaNeeds {
  const [driver, compatible] = cudaDrivers.get(version) ?? [];
  return { version, ...(driver && { driver }), ...(compatible && { compatible }) };
}
