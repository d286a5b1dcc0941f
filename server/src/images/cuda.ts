/** What an image with CUDA asks of the host. */
import { cudaDrivers } from './cuda-drivers.ts';

export interface CudaNeeds {
  /** As in `11.3`. */
  readonly version: string;
  /** The Linux driver that it was made for; undefined where the tables have none. */
  readonly driver?: string;
  /** An older driver that runs it all the same, by minor-version compatibility. */
  readonly compatible?: string;
}

/** The CUDA version in a tag: that of `nvidia/cuda:12.4.1-runtime-ubuntu22.04`, `pytorch/pytorch:1.11.0-cuda11.3-cudnn8-devel`, `x:2.1-cu121`. */
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

/** `cu118` is CUDA 11.8, as wheels of Python and some tags write it; undefined where there is none. */
export function wheelCuda(text: string): string | undefined {
  // `cu12` says no more than the major version, `cu92` is 9.2.
  const [, digits] = /(?:^|[-_+/.])cu([1-9]\d{2}|[89]\d)(?!\d)/.exec(text) ?? [];
  return digits && `${digits.slice(0, -1)}.${digits.slice(-1)}`;
}

function needs(version: string): CudaNeeds {
  const [driver, compatible] = cudaDrivers.get(version) ?? [];
  return { version, ...(driver && { driver }), ...(compatible && { compatible }) };
}
