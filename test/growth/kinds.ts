/** Kinds of Dockerfiles that can be made as long as needed, by the number of their parts. */
import { adversarialKinds } from './adversarial-kinds.ts';
import { each, from, type Kinds } from './parts.ts';
import { mixedKinds } from './mixed-kinds.ts';
import { ruleKinds } from './rule-kinds.ts';

export const kinds: Kinds = {
  ...adversarialKinds,
  ...ruleKinds,
  ...mixedKinds,
  'URL with closing brackets': (n) => `# http://a${')'.repeat(20 * n)}\n${from}`,
  'URL with brackets of both kinds': (n) => `# http://a${'(]'.repeat(10 * n)}\n${from}`,
  'URLs in one comment': (n) => `# ${'http://a.b/c '.repeat(n)}\n${from}`,
  'links that are not complete': (n) => `${from}RUN curl ${'http:/a http://'.repeat(n)}\n`,
  'pasted links in FROM': (n) => `FROM ${'[a](b'.repeat(2 * n)}\n`,
  'code marks in FROM': (n) => `FROM [\`\`\`](${'a'.repeat(20 * n)}\n`,
  'opening brackets in FROM': (n) => `FROM ${'[`'.repeat(5 * n)}\n`,
  'check=skip list': (n) => `# check=skip=${'a,'.repeat(5 * n)}\n${from}`,
  'check options': (n) => `# check=${'a=b;'.repeat(5 * n)}\n${from}`,
  'skip options': (n) => `# check=${'skip=a;'.repeat(3 * n)}\n${from}`,
  'names of one ignore comment': (n) => `# drydock ignore=${'a,'.repeat(5 * n)}\n${from}`,
  'known names of one ignore comment': (n) =>
    `# drydock global ignore=${'DL3008,'.repeat(n)}\n${from}RUN apt-get install x\n`,
  'ignore comments': (n) =>
    from + each(n, (i) => `# drydock ignore=pin-versions\nRUN apt-get install a${i}\n`),
  'ignore comments one after the other': (n) => from + '# drydock ignore=pin-versions\n'.repeat(n),
  'stage ignore comments': (n) => each(n, () => '# drydock stage ignore=image-latest\nFROM a\n'),
  'hadolint shell comments': (n) => from + each(n, () => '# hadolint shell=bash\nRUN a\n'),
  comments: (n) => from + '# nothing\n'.repeat(n),
  'empty lines': (n) => from + '\n'.repeat(10 * n),
  'empty continuation lines': (n) => `${from}RUN a \\\n${'\n'.repeat(10 * n)}b\n`,
  'comments within an instruction': (n) => `${from}RUN a \\\n${'# b\n'.repeat(3 * n)}b\n`,
  COPY: (n) => from + each(n, (i) => `COPY a${i} /b/\n`),
  'COPY of the whole context': (n) => from + 'COPY . /b/\n'.repeat(n),
  'sources of one COPY': (n) => `${from}COPY ${each(n, (i) => `a${i} `)}/b/\n`,
  'COPY with heredocs': (n) => from + each(n, (i) => `COPY <<E${i} /a\nb\nE${i}\n`),
  'heredocs of one RUN': (n) => `${from}RUN ${'cat <<E '.repeat(n)}\n${'a\nE\n'.repeat(n)}`,
  'heredocs that never end': (n) => from + each(n, (i) => `RUN cat <<E${i}\n`),
  'COPY from the stage before': (n) =>
    from + each(n, (i) => `FROM a:1 AS s${i}\nCOPY --from=${i} /a /b\n`),
  'COPY from one stage': (n) => `${from}FROM a:1\n${'COPY --from=0 /a /b\n'.repeat(n)}`,
  'stages that are based on one another': (n) =>
    `FROM a:1 AS s0\n${each(n, (i) => `FROM s${i} AS s${i + 1}\n`)}`,
  'based stages with instructions': (n) =>
    `FROM a:1 AS s0\n${each(n, (i) => `FROM s${i} AS s${i + 1}\nUSER a\nENV A${i}=b\nCOPY a b\nRUN apt-get install c\n`)}`,
  'stages of one name': (n) => 'FROM a:1 AS s\n'.repeat(n),
  'stages that are not used': (n) => each(n, (i) => `FROM a:1 AS s${i}\nRUN b\n`),
  'ONBUILD of base stages': (n) =>
    `FROM a:1 AS s0\n${each(n, (i) => `ONBUILD ENV A${i}=b\nFROM s${i} AS s${i + 1}\n`)}`,
  'apt-get update and install': (n) =>
    from + 'RUN apt-get update && apt-get install -y a\n'.repeat(n),
  'apt-get in one RUN': (n) =>
    `${from}RUN true ${'&& apt-get update && apt-get install a '.repeat(n)}\n`,
  'packages of one RUN': (n) => `${from}RUN apt-get install ${each(n, (i) => `a${i} `)}\n`,
  'package managers': (n) =>
    from +
    each(
      n,
      (i) =>
        `RUN ${['pip install', 'npm install', 'apk add', 'yum install', 'gem install'][i % 5]} a${i}\n`,
    ),
  'curl and wget': (n) =>
    from + each(n, (i) => `RUN curl -o a${i} http://a/${i} && wget http://b\n`),
  'downloads and checks': (n) =>
    `${from}RUN ${each(n, (i) => `curl -fsSLo a${i} http://a/${i} && echo b a${i} | sha256sum -c && `)}true\n`,
  'lines of one RUN': (n) => `${from}RUN true ${'\\\n && echo "$A" '.repeat(n)}\n`,
  'words of one RUN, in quotes and substitutions': (n) =>
    `${from}RUN a ${each(n, (i) => `"b  c" \\\n  $(d  -e${i} \\\n f) `)}\n`,
  'spaces between words': (n) => `${from}RUN a ${'  b    -c'.repeat(n)}\n`,
  'blocks of PowerShell': (n) =>
    `${from}SHELL ["powershell"]\nRUN a; ${each(n, (i) => `\\\n if ($b${i}) { \\\n c; } `)}\n`,
  'pipes of one RUN': (n) => `${from}RUN a ${'| b '.repeat(n)}\n`,
  'changes of directory': (n) => `${from}RUN true ${'&& cd a && ls '.repeat(n)}\n`,
  'one variable of a script': (n) => `${from}RUN ${'a=b; echo $a; '.repeat(n)}\n`,
  'local variables of functions': (n) =>
    `${from}RUN ${each(n, (i) => `f${i}() { local a=b; echo $a; }; `)}\n`,
  'nested subshells that assign': (n) =>
    `${from}RUN ${'(a=b; echo $a; '.repeat(n)}${')'.repeat(n)}\n`,
  'scripts that assign a declared variable': (n) =>
    `${from}ARG a=b\n${each(n, () => 'RUN a=c; echo $a\n')}`,
  'mentions of a variable in quotes': (n) => `${from}ENV a=b\nRUN echo $a ${`'$a' `.repeat(n)}\n`,
  'stages named by variables': (n) =>
    `ARG a=s\n${each(n, (i) => `FROM b AS s${i}\n`)}${'FROM s$a\n'.repeat(n)}`,
  'variables of a shell': (n) => `${from}RUN ${each(n, (i) => `A${i}=b; echo $A${i}; `)}\n`,
  'RUN with mounts': (n) =>
    from + 'RUN --mount=type=cache,target=/a --mount=type=bind,from=b,target=/c ls\n'.repeat(n),
  'mounts of one RUN': (n) =>
    `${from}RUN ${each(n, (i) => `--mount=type=cache,target=/a${i} `)}ls\n`,
  'RUN with other shells': (n) => from + each(n, (i) => `SHELL ["bash${i}", "-c"]\nRUN ls\n`),
  WORKDIR: (n) => `${from}WORKDIR /\n${'WORKDIR a\n'.repeat(n)}`,
  'absolute WORKDIR': (n) => from + each(n, (i) => `WORKDIR /a${i}\n`),
  USER: (n) => from + each(n, (i) => `USER a${i}\nRUN b\n`),
  ENV: (n) => from + each(n, (i) => `ENV A${i}=b\n`),
  'ENV of the one before': (n) =>
    `${from}ENV A0=b\n${each(n, (i) => `ENV A${i + 1}=\${A${i}}x\n`)}`,
  'ENV of names that are not declared': (n) => from + each(n, (i) => `ENV A${i}=$A${i}x\n`),
  'ENV of one name': (n) => from + 'ENV A=$A:b\n'.repeat(n),
  'pairs of one ENV': (n) => `${from}ENV ${each(n, (i) => `A${i}=b `)}\n`,
  ARG: (n) => each(n, (i) => `ARG A${i}=b\n`) + from,
  'ARG in FROM': (n) => each(n, (i) => `ARG A${i}=b\nFROM $A${i}:1\n`),
  'ARG in stages': (n) => `ARG A=b\n${each(n, () => 'FROM a:1\nARG A\nRUN $A\n')}`,
  'variables that are not set': (n) => from + each(n, (i) => `COPY $A${i} /b\n`),
  'misspelled variables': (n) => from + each(n, (i) => `ENV NAME${i}=b\nCOPY $NAM${i} /b\n`),
  'variables of one word': (n) => `${from}ENV A=b\nWORKDIR ${'/$A'.repeat(3 * n)}\n`,
  'nested default values': (n) =>
    from + `ENV A=${'${a:-'.repeat(100)}${'}'.repeat(100)}\n`.repeat(Math.ceil(n / 50)),
  LABEL: (n) => from + each(n, (i) => `LABEL a${i}="b c"\n`),
  'LABEL of one key': (n) => from + 'LABEL a=b\n'.repeat(n),
  'pairs of one LABEL': (n) => `${from}LABEL ${each(n, (i) => `a${i}=b `)}\n`,
  EXPOSE: (n) => from + each(n, (i) => `EXPOSE ${i % 65_000}\n`),
  'ports of one EXPOSE': (n) => `${from}EXPOSE ${each(n, (i) => `${i % 65_000} `)}\n`,
  VOLUME: (n) => from + each(n, (i) => `VOLUME /a${i}\nRUN touch /a${i}/b\n`),
  'words of one CMD': (n) => `${from}CMD [${each(n, () => '"a", ')}"b"]\n`,
  CMD: (n) => from + 'CMD ["a"]\n'.repeat(n),
  ENTRYPOINT: (n) => from + 'ENTRYPOINT a b\n'.repeat(n),
  HEALTHCHECK: (n) => from + 'HEALTHCHECK --interval=1s CMD curl a\n'.repeat(n),
  'ADD of URLs': (n) => from + each(n, (i) => `ADD https://a.b/c${i}.tar.gz /d/\n`),
  MAINTAINER: (n) => from + 'MAINTAINER a\n'.repeat(n),
  'unknown instructions': (n) => from + 'FOO a\n'.repeat(n),
  'FROM after FROM': (n) => 'FROM\n'.repeat(n),
  'quotes that are not closed': (n) => from + 'ENV A="b\n'.repeat(n),
  'one long word': (n) => `${from}RUN ${'a'.repeat(20 * n)}\n`,
  'one long name': (n) => `FROM ${'a/'.repeat(10 * n)}\n`,
  'spaces in one instruction': (n) => `${from}RUN${' '.repeat(20 * n)}a\n`,
  'spaces at line ends': (n) => from + `RUN a${' '.repeat(40)}\n`.repeat(Math.ceil(n / 2)),
  'flags of one COPY': (n) => `${from}COPY ${'--link '.repeat(n)}a b\n`,
  'escaped characters': (n) => `${from}ENV A=${'\\a'.repeat(10 * n)}\n`,
  'brackets of a shell': (n) => `${from}RUN ${'$('.repeat(5 * n)}\n`,
  'cache mounts and installs': (n) =>
    from +
    'RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y a=1\n'.repeat(
      n,
    ),
  'secrets in ENV': (n) => from + each(n, (i) => `ENV API_TOKEN${i}=abcdefgh${i}\n`),
  'chmod and chown of copies': (n) =>
    from + each(n, (i) => `COPY a${i} /b${i}\nRUN chmod +x /b${i} && chown c /b${i}\n`),
  'users that are added': (n) => from + each(n, (i) => `RUN useradd a${i}\nUSER a${i}\n`),
  'git clones': (n) => from + each(n, (i) => `RUN git clone http://a/b${i} && cd b${i} && make\n`),
  'files that are removed later': (n) =>
    from + each(n, (i) => `COPY a${i} /b${i}\nRUN rm /b${i}\n`),
  archives: (n) => from + each(n, (i) => `COPY a${i}.tar.gz /b/\nRUN tar xf /b/a${i}.tar.gz\n`),
};
