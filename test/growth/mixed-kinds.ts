/** Kinds of Dockerfiles in which there are many of two things, so that comparing each with each would show. */
import { each, from, type Kinds } from './parts.ts';

/** Requests are measured at an instruction of the kind of the last one, which is the same for every length. */
const last = 'COPY a /z\n';

/** Instructions of every kind, one after the other. */
const instructions: readonly ((i: number) => string)[] = [
  (i) => `ENV A${i}=$A${i - 30}b`,
  (i) => `ARG B${i}=c`,
  (i) => `LABEL a${i}=$A${i}`,
  (i) => `COPY a${i} b${i % 7} /c${i}/`,
  (i) => `ADD https://a.b/c${i} /d/`,
  (i) => `WORKDIR /e${i}`,
  (i) => `USER f${i}`,
  (i) => `EXPOSE ${i % 65_000}`,
  (i) => `VOLUME /g${i}`,
  (i) => `CMD ["h${i}"]`,
  (i) => `ENTRYPOINT i${i} $A${i}`,
  (i) => `HEALTHCHECK CMD curl j${i}`,
  (i) => `SHELL ["bash${i % 3}", "-c"]`,
  (i) => `STOPSIGNAL ${i % 60}`,
  (i) => `ONBUILD RUN k${i % 2}`,
];

const commands: readonly ((i: number) => string)[] = [
  (i) => `apt-get update && apt-get install -y a${i} && rm -rf /var/lib/apt/lists/*`,
  (i) => `pip install b${i} && pip install -r c${i}/requirements.txt`,
  (i) => `npm install d${i} && npm run build`,
  (i) => `curl -fsSL https://a.b/e${i} -o /f${i} && chmod +x /f${i}`,
  (i) => `wget g${i}.tar.gz && tar xf g${i}.tar.gz && cd g${i} && make install`,
  (i) => `useradd h${i} && chown -R h${i} /e${i}`,
  (i) => `mkdir -p /j${i} && cp -r /c${i} /j${i} && rm -rf /c${i}`,
  (i) => `git clone https://a.b/k${i} && cd k${i} && go build ./...`,
  (i) => `export L${i}=m && echo $L${i} $A${i} >> /etc/n${i}`,
  (i) => `apk add --no-cache o${i} || true; sudo p${i} | q${i}`,
  (i) => `--mount=type=cache,target=/r${i} --mount=type=bind,from=a,target=/s cargo build`,
  (i) => `<<E\nset -e\nt${i}\nE`,
];

function instructionOf(i: number): string {
  return `${instructions[i % instructions.length]?.(i) ?? ''}\n`;
}

function runOf(i: number): string {
  return `RUN ${commands[i % commands.length]?.(i) ?? ''}\n`;
}

export const mixedKinds: Kinds = {
  'triggers of one stage that declare variables': (n) =>
    `FROM a:1 AS a\n${each(n, (i) => `ONBUILD ENV A${i}=b\n`)}${each(n, (i) => `FROM a AS b${i}\nCOPY $A${i} /c\n`)}`,
  'triggers of one stage': (n) =>
    `FROM a:1 AS a\n${each(n, (i) => `ONBUILD ${instructionOf(i)}`)}${each(n, (i) => `FROM a AS b${i}\nRUN echo $A${i}\n`)}` +
    last,
  'stages of one with every instruction': (n) =>
    `FROM node:24 AS a\n${each(n, instructionOf)}${each(n, (i) => `FROM a AS b${i}\n${instructionOf(i)}${instructionOf(i + 5)}`)}` +
    last,
  'empty stages that copy from one with every instruction': (n) =>
    `FROM debian:12 AS a\n${each(n, instructionOf)}${each(n, (i) => `FROM scratch AS b${i}\n${instructionOf(i)}COPY --from=a /c${i} /d/\n`)}` +
    last,
  'stages of one with commands of every kind': (n) =>
    `FROM debian:12 AS a\n${each(n, runOf)}${each(n, (i) => `FROM a AS b${i}\n${runOf(i + 1)}${instructionOf(i)}`)}` +
    last,
  'stages with commands of every kind': (n) =>
    each(
      n,
      (i) =>
        `FROM debian:12 AS b${i}\n${runOf(i)}${instructionOf(i)}${runOf(i + 5)}COPY --from=b${i >> 1} /c /d\n`,
    ) + last,
  'instructions and commands of every kind': (n) =>
    from + each(n, (i) => instructionOf(i) + runOf(i)) + last,
  'commands of every kind after instructions of every kind': (n) =>
    from + each(n, instructionOf) + each(n, runOf) + last,
  'instructions of every kind after commands of every kind': (n) =>
    from + each(n, runOf) + each(n, instructionOf) + last,
  'misspelled ARG in FROM': (n) =>
    `${each(n, (i) => `ARG NAME${i}=b\n`)}${each(n, (i) => `FROM $NAM${i}:1\n`)}`,
  'stages of one with many variables': (n) =>
    `FROM debian:12 AS a\n${each(n, (i) => `ENV A${i}=b\n`)}${each(n, (i) => `FROM a AS b${i}\nRUN echo $A${i}\nCOPY $B${i} /c\n`)}`,
  'stages of an empty one with many labels': (n) =>
    `FROM scratch AS a\n${each(n, (i) => `LABEL a${i}=b\n`)}${each(n, (i) => `FROM a AS b${i}\nUSER c\nWORKDIR d\nCOPY --from=a e /f\nHEALTHCHECK CMD curl g\n`)}`,
  'scripts after many ARG': (n) =>
    each(n, (i) => `ARG NAME${i}=b\n`) + from + each(n, (i) => `RUN echo $c${i}\n`),
  'scripts after ARG of another stage': (n) =>
    `FROM debian:12 AS a\n${each(n, (i) => `ARG NAME${i}=b\n`)}${from}${each(n, (i) => `RUN echo $c${i}\n`)}`,
  'copies of files that a stage creates': (n) =>
    `FROM debian:12 AS a\n${each(n, (i) => `RUN touch /b${i}\n`)}FROM scratch\n${each(n, (i) => `COPY --from=a /b${i} /c${i}\n`)}`,
  'users that are added, then used': (n) =>
    from +
    each(n, (i) => `RUN useradd a${i}\n`) +
    each(n, (i) => `COPY --chown=a${i} b /c\nUSER a${i}\n`),
  'files that are copied, then used': (n) =>
    from +
    each(n, (i) => `COPY a${i} /b${i}\n`) +
    each(n, (i) => `RUN chmod +x /b${i} && rm /b${i}\n`),
  'downloads, then commands that verify': (n) =>
    from +
    each(n, (i) => `ADD https://a.b/c${i} /d/\n`) +
    each(n, (i) => `RUN gpg --verify e${i}\n`),
  'ARG, then FROM': (n) => each(n, (i) => `ARG A${i}=b\n`) + each(n, (i) => `FROM $A${i}\n`),
  'ENV of one name, then names that are not declared': (n) =>
    from + each(n, (i) => `ENV A=b${i}\n`) + each(n, (i) => `LABEL c${i}=$D${i}\n`),
  'installs in a step, then other commands': (n) =>
    `${from}RUN ${each(n, (i) => `pip install a${i} && `)}${each(n, (i) => `rm -rf /b${i} && `)}true\n`,
  'other commands in a step, then installs': (n) =>
    `${from}RUN ${each(n, (i) => `mkdir -p /b${i} && `)}${each(n, (i) => `conda install a${i} && `)}true\n`,
  'pipes in a step, then other commands': (n) =>
    `${from}RUN ${each(n, () => 'set -o pipefail && a | b && ')}${each(n, (i) => `touch /c${i} && `)}true\n`,
  'commands in a step, then kill': (n) =>
    `${from}RUN ${each(n, (i) => `a${i} && `)}${'kill 1 && '.repeat(n)}true\n`,
  'ports and volumes, then commands': (n) =>
    from +
    each(n, (i) => `EXPOSE ${i % 65_000}\nVOLUME /a${i}\n`) +
    each(n, (i) => `RUN rm -rf /a${i}/b\nHEALTHCHECK CMD curl c:${i}\n`),
  'installs of packages, then commands that need them': (n) =>
    from +
    each(n, (i) => `RUN apt-get install -y a${i}\n`) +
    each(n, (i) => `RUN a${i} && curl b\n`),
  'stages that all copy from all before': (n) =>
    each(
      Math.ceil(n / 5),
      (i) =>
        `FROM debian:12 AS a${i}\n${each(4, (j) => `COPY --from=a${Math.floor((i * j) / 4)} /b /c\n`)}`,
    ),
  'misspelled stages': (n) =>
    `${each(n, (i) => `FROM a:1 AS name${i}\n`)}${each(n, (i) => `COPY --from=nmae${i} /b /c\n`)}`,
  'bind mounts without a target': (n) =>
    `${from}WORKDIR /a\n${'COPY b /c/d/\nRUN --mount=type=bind e\n'.repeat(n)}`,
};
