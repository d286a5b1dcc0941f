import { expect, test } from 'vitest';
import { markedDocument } from '../../../test/marked-document.ts';
import { rules } from '../rules/index.ts';
import { imagePage } from './registries.ts';
import { parseImage } from '../images/image.ts';
import { fileLinks, links } from './links.ts';

/** The text of each link and its target. */
function linksOf(source: string): readonly string[] {
  const { document } = markedDocument(source);
  return links(document, rules, (rule) => `file:///pages/${rule}.md`).map(
    ({ span, target }) => `${document.text.slice(span.start, span.end)} → ${target}`,
  );
}

test.each([
  ['python:3', 'https://hub.docker.com/_/python'],
  ['docker.io/library/python', 'https://hub.docker.com/_/python'],
  ['centos:7', 'https://hub.docker.com/_/centos'],
  ['harbor-core-base', undefined],
  ['docker.io/library/my-base:1', undefined],
  ['grafana/grafana:1', 'https://hub.docker.com/r/grafana/grafana'],
  ['ghcr.io/a/b@sha256:0', 'https://ghcr.io/a/b'],
  ['quay.io/a/b', 'https://quay.io/repository/a/b'],
  ['mcr.microsoft.com/dotnet/sdk:9.0', 'https://mcr.microsoft.com/artifact/mar/dotnet/sdk'],
  ['nvcr.io/nvidia/cuda:1', 'https://catalog.ngc.nvidia.com/orgs/nvidia/containers/cuda'],
  [
    'nvcr.io/nvidia/k8s/dcgm',
    'https://catalog.ngc.nvidia.com/orgs/nvidia/teams/k8s/containers/dcgm',
  ],
  ['public.ecr.aws/lambda/python', 'https://gallery.ecr.aws/lambda/python'],
  ['public.ecr.aws/docker/library/python', 'https://gallery.ecr.aws/docker/library/python'],
  ['gcr.io/distroless/base-debian13', 'https://github.com/GoogleContainerTools/distroless'],
  ['gcr.io/cadvisor/cadvisor:v1', 'https://gcr.io/cadvisor/cadvisor'],
  ['europe-docker.pkg.dev/p/r/i:1', 'https://europe-docker.pkg.dev/p/r/i'],
  ['registry.gitlab.com/g/p', 'https://gitlab.com/g/p/container_registry'],
  ['registry.gitlab.com/g/p/i:1', 'https://gitlab.com/g/p'],
  ['cgr.dev/chainguard/go', 'https://images.chainguard.dev/directory/image/go/overview'],
  [
    'registry.access.redhat.com/ubi9/ubi-minimal',
    'https://catalog.redhat.com/search?searchType=containers&q=ubi9/ubi-minimal',
  ],
  ['docker.elastic.co/beats/filebeat:9', 'https://www.docker.elastic.co/r/beats/filebeat'],
  ['lscr.io/linuxserver/nginx', 'https://docs.linuxserver.io/images/docker-nginx/'],
  ['dhi.io/python:3', 'https://hub.docker.com/hardened-images/catalog/dhi/python'],
  [
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/b:1',
    'https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/123456789012/a/b',
  ],
  ['registry.k8s.io/pause:3.10', undefined],
  ['me.azurecr.io/a', undefined],
  ['localhost:5000/a', undefined],
])('%s links to %s', (reference, page) => {
  const parsed = parseImage(reference.replace(/@.*/, ''));
  expect(parsed && imagePage(parsed)).toBe(page);
});

test('links images in all instructions, but not stages', () => {
  expect(
    linksOf(
      '# syntax=docker/dockerfile:1\nARG V=3\nFROM python:$V AS a\nFROM a\nFROM scratch\nCOPY --from=a b c\nCOPY --from=nginx b c\nRUN --mount=from=a/b,target=/x ls',
    ),
  ).toEqual([
    'docker/dockerfile:1 → https://hub.docker.com/r/docker/dockerfile',
    'python:$V → https://hub.docker.com/_/python',
    'nginx → https://hub.docker.com/_/nginx',
    'a/b → https://hub.docker.com/r/a/b',
  ]);
});

test('links existing files of the build context in COPY, ADD and bind mounts', async () => {
  const { document } = markedDocument(
    'FROM a AS b\nARG D=src\nCOPY ["a b.txt", "/d/"]\nCOPY none ./x/../y $D/c /d/\nCOPY --from=b e /f\nADD https://e.f/g h*.txt i /j/\nRUN --mount=type=bind,source=k,target=/k --mount=from=b,source=e,target=/e ls',
  );
  const there = new Set(['a b.txt', 'src/c', 'i', 'k', 'e']);
  const found = await fileLinks(document, {
    root: () => Promise.resolve(undefined),
    list: () => Promise.resolve([]),
    find: (_, path) => Promise.resolve(there.has(path) ? `file:///${path}` : undefined),
  });
  const { text } = document;
  expect(
    found.map(({ span, target }) => `${text.slice(span.start, span.end)} → ${target}`),
  ).toEqual([
    'a b.txt → file:///a b.txt',
    '$D/c → file:///src/c',
    'i → file:///i',
    'k → file:///k',
  ]);
});

test('links URLs in ADD, curl and wget', () => {
  expect(
    linksOf(
      'FROM scratch\nARG V=1\nADD https://a.b/c-$V.tar "https://a.b/d" e /x\nRUN sudo curl -L "https://a.b/e" https://a.b/$F && wget http://c.d/ && echo https://e.f',
    ),
  ).toEqual([
    'https://a.b/c-$V.tar → https://a.b/c-1.tar',
    'https://a.b/d → https://a.b/d',
    'https://a.b/e → https://a.b/e',
    'http://c.d/ → http://c.d/',
  ]);
});

test('links URLs in comments, without surrounding punctuation', () => {
  expect(linksOf('# See (https://a.b/c_(d)), https://e.f/g.\n# file:///etc javascript:x')).toEqual([
    'https://a.b/c_(d) → https://a.b/c_(d)',
    'https://e.f/g → https://e.f/g',
  ]);
});

test('links rules in comments, by any of their names', () => {
  const page = 'file:///pages/maintainer.md';
  expect(
    linksOf(
      '# check=skip=MaintainerDeprecated;error=true\n# hadolint ignore=DL4000, none\nFROM scratch',
    ),
  ).toEqual([`MaintainerDeprecated → ${page}`, `DL4000 → ${page}`]);
});

test('links addresses in some of many scripts', () => {
  expect(
    linksOf(
      'FROM scratch\nRUN a\nRUN curl http://b && ls\nRUN c\nONBUILD RUN wget HTTPS://d/e\nRUN ["curl", "http://f"]',
    ),
  ).toEqual(['http://b → http://b', 'HTTPS://d/e → HTTPS://d/e', 'http://f → http://f']);
});
