/** Common instructions in full. */
export interface Snippet {
  readonly label: string;
  /** With placeholders such as `${1:text}`. */
  readonly body: string;
  readonly documentation: string;
  /** The system that the snippet is for; any system if undefined. */
  readonly system?: System;
  /** Official images that the snippet is for; any image if undefined. */
  readonly images?: readonly string[];
}

/** Named after a distribution with the package manager: apk, apt or dnf. */
export type System = 'alpine' | 'debian' | 'fedora' | 'arch' | 'suse';

export const snippets: readonly Snippet[] = [
  {
    label: 'RUN apt-get install',
    body: 'RUN apt-get update && apt-get install -y --no-install-recommends \\\\\n    ${1:ca-certificates} \\\\\n    && rm -rf /var/lib/apt/lists/*',
    documentation: 'Install packages and delete the package lists',
    system: 'debian',
  },
  {
    label: 'RUN apk add',
    body: 'RUN apk add --no-cache ${1:ca-certificates}',
    documentation: 'Install packages without storing the package index',
    system: 'alpine',
  },
  {
    label: 'RUN useradd',
    body: 'RUN useradd --create-home --uid ${1:10001} ${2:app}\nUSER ${2:app}',
    documentation: 'Create an unprivileged user and switch to it',
    system: 'debian',
  },
  {
    label: 'RUN adduser',
    body: 'RUN adduser -D -u ${1:10001} ${2:app}\nUSER ${2:app}',
    documentation: 'Create an unprivileged user and switch to it',
    system: 'alpine',
  },
  {
    label: 'RUN pip install -r',
    body: 'COPY requirements.txt ./\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt',
    documentation: 'Install dependencies in a separate layer, with a cache mount',
    images: ['python'],
  },
  {
    label: 'RUN npm ci',
    body: 'COPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci',
    documentation: 'Install dependencies in a separate layer, with a cache mount',
    images: ['node'],
  },
  {
    label: 'RUN go build',
    body: 'COPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -trimpath -o /out/${1:app} ${2:.}',
    documentation: 'Download modules in a separate layer and build, with cache mounts',
    images: ['golang'],
  },
  {
    label: 'RUN <<EOF',
    body: 'RUN <<EOF\nset -e\n${1:command}\nEOF',
    documentation: 'Run several lines as one script',
  },
  {
    label: 'COPY --from',
    body: 'COPY --from=${1:build} ${2:/out/app} ${3:/usr/local/bin/}',
    documentation: 'Copy files from another stage',
  },
  {
    label: 'COPY <<EOF',
    body: 'COPY <<EOF ${1:/etc/app.conf}\n${2:content}\nEOF',
    documentation: 'Create a file with this content',
  },
  {
    label: 'FROM … AS',
    body: 'FROM ${1:image} AS ${2:build}',
    documentation: 'Start another named stage',
  },
];
