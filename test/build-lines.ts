/** `docker build` lines of the kinds that READMEs, scripts and CI files have. */
import type { BuildRequest } from '../contract/build.ts';
import type { LineContext } from '../client/src/command-line/words.ts';

export const buildPlace: LineContext = {
  folder: '/work/shop',
  variables: {
    HOME: '/home/me',
    USER: 'me',
    GIT_SHA: '3f2c91e',
    REGISTRY: 'registry.example.com',
    HTTP_PROXY: 'http://proxy.example.com:3128',
    SSH_AUTH_SOCK: '/tmp/agent.sock',
    TAG: 'v2',
  },
  uid: 1000,
  gid: 1000,
};

const registry = (ref: string) => ({ type: 'registry', attributes: { ref } });

/** Each line with a part of the request that it means. */
export const buildLines: readonly (readonly [line: string, request: Partial<BuildRequest>])[] = [
  [
    'sudo docker build --ssh github=~/.ssh/id_ed25519 -t image_gen:v1.1 .',
    { tags: ['image_gen:v1.1'], ssh: [{ id: 'github', paths: ['/home/me/.ssh/id_ed25519'] }] },
  ],
  [
    'docker build -f ./centos-vimv2.0 -t centos-vim:v2.0 .',
    { tags: ['centos-vim:v2.0'], dockerfile: '/work/shop/centos-vimv2.0' },
  ],
  [
    'docker build --build-arg ARG1="" --build-arg ARG2="" -t xxx:xxx .',
    { tags: ['xxx:xxx'], buildArgs: { ARG1: '', ARG2: '' } },
  ],
  ['docker build .', { tags: [], context: { kind: 'directory', path: '/work/shop' } }],
  ['$ docker build -t hello .', { tags: ['hello:latest'], dockerfile: '/work/shop/Dockerfile' }],
  ['docker build . -t hello', { tags: ['hello:latest'] }],
  ['docker build -thello .', { tags: ['hello:latest'] }],
  ['docker build -t=hello ./api', { context: { kind: 'directory', path: '/work/shop/api' } }],
  ['docker image build --tag hello --tag hello:1 .', { tags: ['hello:latest', 'hello:1'] }],
  ['docker builder build -q -t hello .', { tags: ['hello:latest'] }],
  ['docker buildx build -t hello --load .', { tags: ['hello:latest'] }],
  ['docker buildx b -t hello .', { tags: ['hello:latest'] }],
  [
    'docker buildx build --platform linux/amd64,linux/arm64 -t example/app:latest --push .',
    { platforms: ['linux/amd64', 'linux/arm64'], push: true },
  ],
  [
    'docker buildx build --platform=linux/amd64 --platform=linux/arm/v7 -t a/b --push .',
    { platforms: ['linux/amd64', 'linux/arm/v7'], tags: ['a/b:latest'] },
  ],
  [
    'podman build -t localhost/notes -f Containerfile .',
    { dockerfile: '/work/shop/Containerfile' },
  ],
  ['buildah bud -t notes -f Dockerfile.ubi .', { dockerfile: '/work/shop/Dockerfile.ubi' }],
  ['nerdctl build -t notes .', { tags: ['notes:latest'] }],
  ['sudo -E docker build -t hello .', { tags: ['hello:latest'] }],
  ['sudo -u builder -- docker build -t hello .', { tags: ['hello:latest'] }],
  ['DOCKER_BUILDKIT=1 docker build -t hello .', { tags: ['hello:latest'] }],
  [
    'sudo DOCKER_BUILDKIT=1 BUILDKIT_PROGRESS=plain docker build -t hello .',
    { tags: ['hello:latest'] },
  ],
  ['VERSION=1.4 docker build --build-arg VERSION -t hello .', { buildArgs: { VERSION: '1.4' } }],
  [
    'docker build --build-arg HTTP_PROXY --build-arg HTTPS_PROXY --build-arg no_proxy=localhost,.example.com -t hello .',
    {
      buildArgs: {
        HTTP_PROXY: 'http://proxy.example.com:3128',
        no_proxy: 'localhost,.example.com',
      },
    },
  ],
  [
    'docker build --build-arg "GREETING=hello world" --build-arg=EMPTY= -t hello .',
    { buildArgs: { GREETING: 'hello world', EMPTY: '' } },
  ],
  ['docker build --build-arg A=1 --build-arg A=2 -t hello .', { buildArgs: { A: '2' } }],
  [
    'docker build --build-arg GIT_SHA=$GIT_SHA --build-arg IMAGE=${REGISTRY}/base:${TAG:-latest} -t $REGISTRY/app:$TAG .',
    {
      buildArgs: { GIT_SHA: '3f2c91e', IMAGE: 'registry.example.com/base:v2' },
      tags: ['registry.example.com/app:v2'],
    },
  ],
  ['docker build -t app:${MISSING:-dev} ${DIR-.}', { tags: ['app:dev'] }],
  ['docker build -t app $(pwd)', { context: { kind: 'directory', path: '/work/shop' } }],
  ['docker build -t app "$PWD/api"', { context: { kind: 'directory', path: '/work/shop/api' } }],
  ['docker build -t app ${PWD}', { context: { kind: 'directory', path: '/work/shop' } }],
  ['docker build -t app ~/src/app', { context: { kind: 'directory', path: '/home/me/src/app' } }],
  ['docker build -t app ../other', { context: { kind: 'directory', path: '/work/other' } }],
  [
    'docker build -t app -f docker/Dockerfile.prod ..',
    { dockerfile: '/work/shop/docker/Dockerfile.prod' },
  ],
  [
    'docker build -t app \\\n  --target runtime \\\n  --no-cache \\\n  --pull \\\n  .',
    { target: 'runtime', noCache: true, pull: true },
  ],
  ['docker build `\n  -t app `\n  --target runtime `\n  .', { target: 'runtime' }],
  ['docker build ^\r\n  -t app ^\r\n  --no-cache ^\r\n  .', { noCache: true }],
  ['cd api && docker build -t api .', { context: { kind: 'directory', path: '/work/shop/api' } }],
  [
    'cd api\ndocker build -t api -f Dockerfile.dev .',
    { dockerfile: '/work/shop/api/Dockerfile.dev' },
  ],
  ['docker build -t app . && docker push app', { tags: ['app:latest'] }],
  ['docker build -t app . # builds the image', { tags: ['app:latest'] }],
  ['# docker build -t from-comment -f Dockerfile .', { tags: ['from-comment:latest'] }],
  ['      - run: docker build -t ci:latest .', { tags: ['ci:latest'] }],
  ['`docker build -t quoted .`', { tags: ['quoted:latest'] }],
  ['docker build --no-cache=false --pull=true -t app .', { pull: true }],
  ['docker build --no-cache-filter deps,build -t app .', { noCache: ['deps', 'build'] }],
  [
    'docker build --secret id=npmrc,src=$HOME/.npmrc --secret id=token,env=NPM_TOKEN -t app .',
    {
      secrets: [
        { id: 'npmrc', from: { kind: 'file', path: '/home/me/.npmrc' } },
        { id: 'token', from: { kind: 'env', name: 'NPM_TOKEN' } },
      ],
    },
  ],
  [
    'NPM_TOKEN=abc docker build --secret type=env,id=token,source=NPM_TOKEN -t app .',
    { secrets: [{ id: 'token', from: { kind: 'value', value: 'abc' } }] },
  ],
  [
    'docker build --secret id=GIT_SHA --secret id=other -t app .',
    {
      secrets: [
        { id: 'GIT_SHA', from: { kind: 'env', name: 'GIT_SHA' } },
        { id: 'other', from: { kind: 'file', path: '/work/shop/other' } },
      ],
    },
  ],
  [
    'docker build --ssh default --ssh deploy=$SSH_AUTH_SOCK -t app .',
    {
      ssh: [
        { id: 'default', paths: [] },
        { id: 'deploy', paths: ['/tmp/agent.sock'] },
      ],
    },
  ],
  [
    'docker buildx build --cache-from type=registry,ref=example/app:cache --cache-to type=registry,ref=example/app:cache,mode=max -t app .',
    {
      cacheFrom: [registry('example/app:cache')],
      cacheTo: [{ type: 'registry', attributes: { ref: 'example/app:cache', mode: 'max' } }],
    },
  ],
  [
    'docker build --cache-from example/app:latest --cache-from type=local,src=/tmp/.buildx-cache --cache-to type=local,dest=.cache,mode=max -t app .',
    {
      cacheFrom: [
        registry('example/app:latest'),
        { type: 'local', attributes: { src: '/tmp/.buildx-cache' } },
      ],
      cacheTo: [{ type: 'local', attributes: { dest: '/work/shop/.cache', mode: 'max' } }],
    },
  ],
  [
    'docker build --build-arg BUILDKIT_INLINE_CACHE=1 --cache-from app:latest -t app .',
    { cacheFrom: [registry('app:latest')] },
  ],
  [
    'docker build -o out --target binaries .',
    { outputs: [{ type: 'local', attributes: { dest: '/work/shop/out' } }], target: 'binaries' },
  ],
  [
    'docker buildx build -o type=oci,dest=app.tar,tar=false --output=type=registry,ref=example/app .',
    {
      outputs: [
        { type: 'oci', attributes: { dest: '/work/shop/app.tar', tar: 'false' } },
        { type: 'image', attributes: { push: 'true', ref: 'example/app' } },
      ],
    },
  ],
  [
    'docker build --network=host --add-host db:10.0.0.5 --add-host=v6=[::1] --add-host gw:host-gateway -t app .',
    { network: 'host', addHosts: ['db:10.0.0.5', 'v6:::1', 'gw:host-gateway'] },
  ],
  [
    'docker build --shm-size 256m --ulimit nofile=1024:2048 --ulimit=nproc=64 -t app .',
    { shmSize: 268435456, ulimits: ['nofile=1024:2048', 'nproc=64:64'] },
  ],
  [
    'docker build --build-context docs=../docs --build-context base=docker-image://alpine:3.20 -t app .',
    { buildContexts: { docs: '/work/docs', base: 'docker-image://alpine:3.20' } },
  ],
  [
    'docker build --label org.opencontainers.image.revision=$GIT_SHA --label "maintainer=Me <me@example.com>" --label=plain -t app .',
    {
      labels: {
        'org.opencontainers.image.revision': '3f2c91e',
        maintainer: 'Me <me@example.com>',
        plain: '',
      },
    },
  ],
  [
    'docker buildx build --provenance=mode=max --sbom=true -t app --metadata-file meta.json .',
    { frontendAttributes: { 'attest:provenance': 'mode=max', 'attest:sbom': '' } },
  ],
  [
    'docker buildx build --provenance=false --attest type=sbom,generator=x/y -t app .',
    { frontendAttributes: { 'attest:sbom': 'generator=x/y' } },
  ],
  [
    'docker build --rm --force-rm --compress --iidfile /tmp/iid --cgroup-parent /ci -t app .',
    { cgroupParent: '/ci' },
  ],
  [
    'docker build -m 2g --memory-swap 4g -c 512 --cpuset-cpus 0-3 --squash -t app .',
    {
      limits: {
        memory: 2 * 1024 ** 3,
        memorySwap: 4 * 1024 ** 3,
        cpuShares: 512,
        cpusetCpus: '0-3',
      },
    },
  ],
  [
    'docker build --memory=1.5GiB --memory-swap=-1 --cpu-period 100000 --cpu-quota=50000 --cpuset-cpus 0,1 --cpuset-mems 0 -t app .',
    {
      limits: {
        memory: 1.5 * 1024 ** 3,
        memorySwap: -1,
        cpuPeriod: 100_000,
        cpuQuota: 50_000,
        cpusetCpus: '0,1',
        cpusetMems: '0',
      },
    },
  ],
  [
    // --resource is stronger than the older options, and the last value of a limit is used.
    'docker buildx build --resource memory=1g --resource memory=2g --resource cpu-quota=25000 -m 512m -c 2 -t app .',
    { limits: { memory: 2 * 1024 ** 3, cpuQuota: 25_000, cpuShares: 2 } },
  ],
  ['docker build -m 0 --cpu-quota -1 --cpuset-mems= -t app .', { tags: ['app:latest'] }],
  [
    'DOCKER_BUILDKIT=0 docker build -m 64m -t app .',
    { limits: { memory: 64 * 1024 ** 2 }, classicBuilder: true },
  ],
  [
    'docker build -t app https://github.com/example/app.git#v2:docker',
    {
      context: { kind: 'remote', address: 'https://github.com/example/app.git#v2:docker' },
      dockerfile: 'Dockerfile',
    },
  ],
  [
    'docker build -t app -f build/Dockerfile git@github.com:example/app.git',
    { dockerfile: 'build/Dockerfile' },
  ],
  [
    'docker build github.com/example/app',
    { context: { kind: 'remote', address: 'github.com/example/app' } },
  ],
  ['docker -H tcp://127.0.0.1:2375 build -t app .', { tags: ['app:latest'] }],
  ['docker --context farm buildx --builder big build -t app .', { tags: ['app:latest'] }],
  ['docker build --shiny new --policy=strict -t app .', { tags: ['app:latest'] }],
  ['docker.exe build -t app .\\api', { tags: ['app:latest'] }],
];
