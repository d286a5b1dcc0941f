import { expect, test } from 'vitest';
import { cudaOf, wheelCuda } from './cuda.ts';

test.each([
  ['nvidia/cuda', '12.4.1-cudnn-runtime-ubuntu22.04', '12.4', '550.54.14', '525.60.13'],
  ['nvidia/cuda', '11.3.1-devel-centos7', '11.3', '465.19.01', '450.80.02'],
  ['pytorch/pytorch', '1.11.0-cuda11.3-cudnn8-devel', '11.3', '465.19.01', '450.80.02'],
  ['team/model', '2.1-cu118', '11.8', '520.61.05', '450.80.02'],
  ['mirror/nvidia/cuda', '12.0.0-base-ubuntu22.04', '12.0', '525.60.13', undefined],
])('%s:%s has CUDA %s', (repository, tag, version, driver, compatible) => {
  const found = cudaOf({ repository, tag });
  expect(found?.version).toBe(version);
  expect(found?.driver).toBe(driver);
  expect(found?.compatible).toBe(compatible);
});

test.each([
  ['nvidia/cuda', undefined],
  ['nvidia/cuda', 'latest'],
  ['python', '3.12'],
  ['team/model', '12.4-cuda12'],
  ['team/model', '2.1-cu12'],
])('finds no CUDA version in %s:%s', (repository, tag) => {
  expect(cudaOf({ repository, ...(tag !== undefined && { tag }) })).toBeUndefined();
});

test('returns a version without a driver if it is not in the table', () => {
  expect(cudaOf({ repository: 'nvidia/cuda', tag: '99.1.0-base' })).toEqual({ version: '99.1' });
});

test('reads versions without a dot, as in Python wheels', () => {
  expect(wheelCuda('https://download.pytorch.org/whl/cu121')).toBe('12.1');
  expect(wheelCuda('torch==2.0.0+cu92')).toBe('9.2');
  expect(wheelCuda('https://download.pytorch.org/whl/cpu')).toBeUndefined();
  expect(wheelCuda('nvidia-nccl-cu12==2.27')).toBeUndefined();
});
