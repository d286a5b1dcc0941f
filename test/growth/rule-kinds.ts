/** Kinds of Dockerfiles in which rules compare instructions or commands with one another. */
import { each, from, type Kinds } from './parts.ts';

export const ruleKinds: Kinds = {
  'mounts that hide copies': (n) =>
    from + each(n, (i) => `COPY a${i} /b${i}/\nRUN --mount=type=bind c\n`),
  'chown of copies': (n) => from + each(n, (i) => `COPY a /b${i}/\nRUN chown -R c /b${i}/\n`),
  'chown of one path': (n) => from + 'COPY a /b/\nRUN chown -R c /b/\n'.repeat(n),
  'steps that begin with cd': (n) => from + each(n, (i) => `RUN cd /a${i} && b\n`),
  'steps that begin with the same cd': (n) => from + 'WORKDIR a\nRUN cd b && c\n'.repeat(n),
  'several sources without a directory': (n) => from + each(n, (i) => `COPY --a=b a${i} b c\n`),
  'full-width punctuation': (n) => from + 'RUN a “b” ；c\nCOPY a，b c\n'.repeat(n),
  'updates and installs in steps': (n) =>
    from + each(n, (i) => `RUN apt-get update\nRUN apt-get install -y a${i}\n`),
  'dnf install': (n) => from + each(n, (i) => `RUN dnf install -y a${i}\n`),
  'package managers with lock files': (n) =>
    from + 'RUN yarn install && npm ci && composer install && bundle install\n'.repeat(n),
  'groups of users': (n) =>
    from + each(n, (i) => `RUN useradd -G b a${i} && usermod -aG c a${i}\nUSER a${i}:a\n`),
  'downloads that one RUN unpacks': (n) =>
    `${from}RUN ${each(n, (i) => `curl -O http://a/b${i}.tgz && tar xf b${i}.tgz && `)}c\n`,
  'copies after USER': (n) => from + each(n, (i) => `USER a\nCOPY b /c${i}\nRUN chown a /c${i}\n`),
  'pairs of one LABEL with one key': (n) => `${from}LABEL ${'a=b '.repeat(n)}\n`,
  'FROM of one variable': (n) => `${'ARG A=b$B\n'.repeat(n)}${'FROM $A\n'.repeat(n)}`,
  'programs of HEALTHCHECK': (n) => from + 'RUN a\nHEALTHCHECK CMD curl b\n'.repeat(n),
  'steps of PowerShell': (n) =>
    `FROM mcr.microsoft.com/windows/servercore:1\nSHELL ["powershell", "-Command"]\n${'RUN Invoke-WebRequest http://a -OutFile b\n'.repeat(n)}`,
  'stages from scratch': (n) =>
    `FROM scratch AS s0\n${each(n, (i) => `FROM s${i} AS s${i + 1}\nRUN a\n`)}`,
  'triggers of many stages': (n) =>
    each(n, (i) => `FROM a AS b${i}\nONBUILD RUN apt-get install a${i}\nFROM b${i}\n`),
};
