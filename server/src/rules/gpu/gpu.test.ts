import { testRule } from '../../../../test/test-rule.ts';

const cuda = 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\n';

testRule('cuda-driver', {
  valid: [
    'FROM nvidia/cuda:latest\n',
    'FROM nvidia/cuda:12.4.1-devel AS build\nFROM debian:trixie\nCOPY --from=build /a /a\n',
    'FROM scratch\n',
    '',
  ],
  invalid: [
    { bad: 'ARG V=11.8.0\nFROM «nvidia/cuda:${V}-base-ubuntu22.04» AS base\nFROM base\nRUN a\n' },
    { bad: 'FROM «pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime»\n' },
  ],
});

testRule('cuda-devel-image', {
  valid: [
    'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN nvcc -o /app main.cu\n',
    'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04 AS dev\nRUN pip install torch\n',
    'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get install -y build-essential\n',
    'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN pip install flash-attn==2.7.4\n',
    'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04 AS b\nRUN make\nFROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\n',
    'FROM team/devel:1-devel\n',
  ],
  invalid: [
    {
      bad: 'FROM «docker.io/nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04»\nRUN pip install torch\n',
      good: 'FROM docker.io/nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\nRUN pip install torch\n',
    },
    { bad: 'ARG T=12.4.1-devel-ubuntu22.04\nFROM «nvidia/cuda:$T»\nCMD ["a"]\n' },
  ],
});

testRule('cuda-version-mismatch', {
  valid: [
    'FROM nvidia/cuda:12.4.1-base\nRUN pip install --index-url https://download.pytorch.org/whl/cu121 torch\n',
    `${cuda}RUN pip install torch==2.1\n`,
    `${cuda}RUN conda install -y pytorch-cuda=12.1 -c pytorch\n`,
    `${cuda}RUN uv pip install nvidia-nccl-cu12==2.27\n`,
    'FROM debian:trixie\nRUN pip install torch==2.0+cu118\n',
  ],
  invalid: [
    { bad: `${cuda}RUN pip3 install «torch==2.0.0+cu118» torchvision==0.16.0+cu121\n` },
    { bad: 'FROM nvidia/cuda:12.1.0-base\nRUN pip install «torch==2.4.0+cu124»\n' },
    { bad: `${cuda}RUN mamba install «cudatoolkit=11.8»\n` },
  ],
});

testRule('gpu-query-in-build', {
  valid: [
    `${cuda}RUN nvidia-smi || true\n`,
    `${cuda}RUN if nvidia-smi; then echo yes; fi\n`,
    `${cuda}RUN command -v nvidia-smi\n`,
    `${cuda}RUN echo "torch.cuda.is_available()"\n`,
    `${cuda}CMD nvidia-smi\n`,
  ],
  invalid: [
    { bad: `${cuda}RUN «nvidia-smi» | grep CUDA\n` },
    { bad: `${cuda}RUN python3 -c «"import torch; print(torch.cuda.is_available())"»\n` },
    { bad: `${cuda}RUN <<EOF\necho a\n«nvidia-smi»\nEOF\n` },
  ],
});

testRule('hardcoded-visible-devices', {
  valid: [
    `${cuda}ENV NVIDIA_VISIBLE_DEVICES=all\n`,
    `${cuda}ENV CUDA_VISIBLE_DEVICES=""\n`,
    `${cuda}ENV CUDA_VISIBLE_DEVICES=$D\n`,
    `${cuda}ENV NVIDIA_VISIBLE_DEVICES=None\n`,
  ],
  invalid: [{ bad: `${cuda}ENV A=1 «NVIDIA_VISIBLE_DEVICES=GPU-8932f937» B=2\n` }],
});

testRule('visible-devices-redundant', {
  valid: [
    'FROM debian:trixie\nENV NVIDIA_VISIBLE_DEVICES=all\n',
    `${cuda}ENV NVIDIA_VISIBLE_DEVICES=none\n`,
    'FROM nvidia/cuda:12.4.1-base AS a\nENV NVIDIA_VISIBLE_DEVICES=0\nFROM a\nENV NVIDIA_VISIBLE_DEVICES=all\n',
  ],
  invalid: [
    {
      bad: `${cuda}ENV A=1 \\\n    «NVIDIA_VISIBLE_DEVICES=all» \\\n    B=2\n`,
      good: `${cuda}ENV A=1 \\\n    B=2\n`,
    },
    { bad: `${cuda}ENV «NVIDIA_VISIBLE_DEVICES="all"» B=2\n`, good: `${cuda}ENV B=2\n` },
  ],
});

testRule('driver-capabilities-all', {
  valid: [
    `${cuda}ENV NVIDIA_DRIVER_CAPABILITIES=all\nENV NVIDIA_DRIVER_CAPABILITIES=compute\n`,
    `${cuda}ENV NVIDIA_DRIVER_CAPABILITIES=\n`,
  ],
  invalid: [{ bad: `${cuda}ENV NVIDIA_DRIVER_CAPABILITIES=«ALL»\n` }],
});

testRule('cuda-redundant-install', {
  valid: [
    `${cuda}RUN apt-get install -y cuda-toolkit\n`,
    'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get install -y cuda-toolkit-12-6\n',
    'FROM debian:trixie\nRUN apt-get install -y cuda-toolkit\n',
  ],
  invalid: [
    { bad: `${cuda}RUN apt-get install -y git «cuda-libraries-12-4»\n` },
    {
      bad: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt install -y «nvidia-cuda-toolkit»\n',
    },
    { bad: 'FROM nvidia/cuda:12.4.1-cudnn-runtime-rockylinux9\nRUN dnf install -y «libcudnn9»\n' },
  ],
});

testRule('container-runtime-installed', {
  valid: [`${cuda}RUN apt-get install -y curl\n`],
  invalid: [{ bad: 'FROM fedora:42\nRUN dnf install -y «libnvidia-container-tools»\n' }],
});
