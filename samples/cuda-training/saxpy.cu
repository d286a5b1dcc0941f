// y = a * x + y over a million numbers, and the largest error.
#include <cmath>
#include <cstdio>

__global__ void saxpy(int n, float a, const float *x, float *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = a * x[i] + y[i];
}

int main() {
  const int n = 1 << 20;
  float *x, *y;
  cudaMallocManaged(&x, n * sizeof(float));
  cudaMallocManaged(&y, n * sizeof(float));
  for (int i = 0; i < n; i++) {
    x[i] = 1.0f;
    y[i] = 2.0f;
  }
  saxpy<<<(n + 255) / 256, 256>>>(n, 2.0f, x, y);
  cudaDeviceSynchronize();
  float error = 0.0f;
  for (int i = 0; i < n; i++) error = fmaxf(error, fabsf(y[i] - 4.0f));
  std::printf("largest error: %g\n", error);
  cudaFree(x);
  cudaFree(y);
  return error > 1e-6f;
}
