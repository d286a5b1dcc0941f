/** Unusual Dockerfiles that a hostile repository can contain. */
import { each, from, type Kinds } from './parts.ts';

/** Deeper nesting is not parsed, so that the number of nested parts must not depend on the length. */
const depth = 50;

function nested(parts: number, open: string, close: string): string {
  const one = `${open.repeat(depth)}a${close.repeat(depth)}; `;
  return `${from}RUN ${one.repeat(Math.ceil(parts / depth))}\n`;
}

export const adversarialKinds: Kinds = {
  'substitutions in one another': (n) => nested(n, '$(a ', ')'),
  'groups in one another': (n) => nested(n, '{ ', '; }'),
  'conditions in one another': (n) => nested(n, 'if a; then ', '; fi'),
  'loops in one another': (n) => nested(n, 'for a in b; do ', '; done'),
  'choices in one another': (n) => nested(n, 'case a in b) ', ';; esac'),
  'subshells in one another': (n) => nested(n, '(', ')'),
  'closing brackets of a shell': (n) => `${from}RUN a${')'.repeat(10 * n)}\n`,
  'conditions that never end': (n) => `${from}RUN ${'if a; then '.repeat(n)}\n`,
  'choices that never end': (n) => `${from}RUN ${'case a in b) '.repeat(n)}\n`,
  'groups that never end': (n) => `${from}RUN ${'{ '.repeat(5 * n)}\n`,
  'subshells that never end': (n) => `${from}RUN ${'( '.repeat(5 * n)}\n`,
  'back-ticks of a shell': (n) => `${from}RUN ${'`a` '.repeat(3 * n)}\n`,
  'back-ticks with escapes': (n) => `${from}RUN ${'`a \\`b\\`` '.repeat(n)}\n`,
  'quotes of a shell': (n) => `${from}RUN ${`"a" 'b' `.repeat(n)}\n`,
  'quotes that change': (n) => `${from}RUN ${`"'`.repeat(5 * n)}\n`,
  'substitutions in quotes': (n) => `${from}RUN ${'"$(a "$(b)")" '.repeat(n)}\n`,
  'arithmetic of a shell': (n) => `${from}RUN ${'echo $((1 + (2))); '.repeat(n)}\n`,
  'parameters with patterns': (n) => `${from}RUN ${'echo ${A%%b*} ${A//c/d}; '.repeat(n)}\n`,
  'parameters that never end': (n) => `${from}ENV A=${'${a:-'.repeat(3 * n)}\n`,
  'functions of a shell': (n) => `${from}RUN ${each(n, (i) => `f${i}() { a; }; f${i}; `)}\n`,
  'conditional commands': (n) => `${from}RUN ${'[ -f a ] && b || c; '.repeat(n)}\n`,
  'lines of one heredoc': (n) => `${from}RUN <<E\n${'apt-get install -y a\n'.repeat(n)}E\n`,
  'heredocs with variables': (n) => from + 'COPY <<E /a\n$A ${B:-c}\nE\n'.repeat(n),
  'heredocs with quoted names': (n) => from + `RUN <<'E' cat\n$a\nE\n`.repeat(n),
  'heredocs that strip tabs': (n) => from + 'RUN <<-E\n\ta\n\tE\n'.repeat(n),
  'heredocs of one name that never end': (n) => `${from}RUN cat ${'<<E '.repeat(n)}\n`,
  'heredocs of other names that never end': (n) =>
    `${from}RUN cat ${each(n, (i) => `<<E${i} `)}\n${'a\n'.repeat(n)}`,
  'heredoc of a shell in a heredoc': (n) => `${from}RUN <<E\n${'cat <<F\na\nF\n'.repeat(n)}E\n`,
  'back-ticks in a comment': (n) => `# ${'`a` '.repeat(3 * n)}\n${from}`,
  'brackets in a comment': (n) => `# ${'[a](b) '.repeat(2 * n)}\n${from}`,
  'one long comment': (n) => `# ${'a'.repeat(20 * n)}\n${from}`,
  'comments with URLs': (n) => from + each(n, (i) => `# see https://a.b/c${i}, and (http://d)\n`),
  'URLs of a script': (n) => `${from}RUN ${each(n, (i) => `curl https://a.b/${i} | sh; `)}\n`,
  'one long URL': (n) => `${from}ADD https://a.b/${'c/'.repeat(10 * n)} /d\n`,
  'one long quoted word': (n) => `${from}ENV A="${'a '.repeat(10 * n)}"\n`,
  'one long JSON string': (n) => `${from}CMD ["${'a '.repeat(10 * n)}"]\n`,
  'JSON that is not complete': (n) => `${from}CMD [${'"a", '.repeat(3 * n)}\n`,
  'JSON in one another': (n) => `${from}CMD ${'['.repeat(10 * n)}\n`,
  'JSON with escapes': (n) => `${from}CMD ["${'\\u0041\\n'.repeat(2 * n)}"]\n`,
  'one long label': (n) => `${from}LABEL a.b="${'\\"c\\" '.repeat(3 * n)}"\n`,
  'labels over lines': (n) => `${from}LABEL ${each(n, (i) => `a.b${i}="c" \\\n  `)}d=e\n`,
  'variables over lines': (n) => `${from}ENV ${each(n, (i) => `A${i}="$A${i - 1}" \\\n  `)}B=c\n`,
  'packages over lines': (n) =>
    `${from}RUN apt-get install -y ${each(n, (i) => `\\\n  a${i}=1 `)}\n`,
  'pip packages over lines': (n) => `${from}RUN pip install ${each(n, (i) => `\\\n  a${i}==1 `)}\n`,
  'npm packages over lines': (n) => `${from}RUN npm install ${each(n, (i) => `\\\n  a${i}@1 `)}\n`,
  'apk packages over lines': (n) =>
    `FROM alpine:3\nRUN apk add ${each(n, (i) => `\\\n  a${i}=1 `)}\n`,
  'Windows line breaks': (n) =>
    (from + each(n, (i) => `RUN a${i} \\\n && b\n`)).replaceAll('\n', '\r\n'),
  'old Macintosh line breaks': (n) => `${from}RUN ${'a\r'.repeat(5 * n)}\n`,
  'tabs between words': (n) => from + '\tRUN\ta\t\tb\t\\\n\t\tc\n'.repeat(n),
  'characters outside the BMP': (n) => from + 'RUN echo "😀" 😀\n'.repeat(n),
  'characters that look alike': (n) => from + 'RUN echo “a” – b…\n'.repeat(n),
  'invisible characters': (n) => from + 'ENV A=a\u200bb\u00a0c\n'.repeat(n),
  'parser directives': (n) => '# a=b\n'.repeat(n) + from,
  'escape directives': (n) => '# escape=`\n'.repeat(n) + from,
  'back-tick at each line': (n) => `# escape=\`\n${from}RUN a \`\n${'  b `\n'.repeat(n)}\n`,
  'every line continues': (n) => `${from}RUN a ${'\\\n  b '.repeat(n)}\n`,
  'PowerShell scripts': (n) =>
    `# escape=\`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\n${each(n, (i) => `RUN $a = Get-Item 'b${i}'; if ($a) { Remove-Item "$a" }\n`)}`,
  'one PowerShell script': (n) =>
    `# escape=\`\nFROM mcr.microsoft.com/windows/servercore\nSHELL ["pwsh", "-Command"]\nRUN ${'Invoke-WebRequest http://a -OutFile b; '.repeat(n)}\n`,
  'PowerShell brackets': (n) =>
    `FROM a\nSHELL ["pwsh", "-Command"]\nRUN ${'$('.repeat(3 * n)}\nRUN ${'@{'.repeat(3 * n)}\nRUN ${'"$'.repeat(3 * n)}\n`,
  'scripts of cmd.exe': (n) =>
    `# escape=\`\nFROM mcr.microsoft.com/windows/servercore\nRUN ${'if exist a (b) && c ^& d '.repeat(n)}\n`,
  'changes of SHELL and scripts': (n) =>
    from + each(n, (i) => `SHELL ["${i % 2 ? 'bash' : 'pwsh'}", "-c"]\nRUN a | b\n`),
  'one stage uses all others': (n) =>
    `${each(n, (i) => `FROM a:1 AS s${i}\n`)}FROM b:1\n${each(n, (i) => `COPY --from=s${i} /a /b\n`)}`,
  'stages of one name that are used': (n) =>
    `${'FROM a:1 AS s\n'.repeat(n)}${'COPY --from=s /a /b\n'.repeat(n)}`,
  'stages of one name, each based on it': (n) => 'FROM s AS s\n'.repeat(n),
  'stages of one name, one uses the first': (n) =>
    `FROM a:1 AS s\n${'COPY --from=s /a /b\n'.repeat(n)}${'FROM a:1 AS s\n'.repeat(n)}`,
  'mounts from stages': (n) =>
    each(n, (i) => `FROM a:1 AS s${i}\nRUN --mount=from=s${i - 1},target=/a b\n`),
  'mounts of one RUN from stages': (n) =>
    `FROM a:1 AS s\nFROM b:1\nRUN ${'--mount=from=s,target=/a '.repeat(n)}b\n`,
  'secrets of one RUN': (n) => `${from}RUN ${each(n, (i) => `--mount=type=secret,id=a${i} `)}b\n`,
  'options of one mount': (n) => `${from}RUN --mount=type=cache,${'a=b,'.repeat(3 * n)} c\n`,
  'flags that are unknown before one that repeats': (n) =>
    `${from}COPY ${each(n, (i) => `--a${i}=b `)}${'--link '.repeat(n)}c d\n`,
  'one quoted mount': (n) => `${from}RUN --mount=\\"id=${'a'.repeat(20 * n)}\\" b\n`,
  'flags with values': (n) => `${from}COPY ${each(n, (i) => `--a${i}=b `)}c d\n`,
  'ARG again and again': (n) => from + 'ARG A=b\n'.repeat(n),
  'ARG of platforms': (n) => each(n, () => 'FROM --platform=$BUILDPLATFORM a:1\nARG TARGETARCH\n'),
  'ENV that doubles': (n) => `${from}ENV A0=ab\n${each(n, (i) => `ENV A${i + 1}=$A${i}$A${i}\n`)}`,
  'ENV with many reads': (n) => `${from}ENV A=b\nENV B="${'$A '.repeat(5 * n)}"\n`,
  'WORKDIR of many levels': (n) => `${from}WORKDIR ${'/a'.repeat(10 * n)}\n`,
  'relative WORKDIR and COPY': (n) => `${from}WORKDIR /a\n${'WORKDIR b\nCOPY c d\n'.repeat(n)}`,
  'WORKDIR up and down': (n) => `${from}${'WORKDIR a/../b/..\n'.repeat(n)}`,
  'COPY to one place': (n) => from + 'COPY a /b/c\n'.repeat(n),
  'COPY with patterns': (n) => from + each(n, (i) => `COPY a*${i}/**/?b [c-d]e /f/\n`),
  'COPY --parents': (n) => from + each(n, (i) => `COPY --parents --link a${i}/./b /c/\n`),
  'ADD of archives': (n) => from + each(n, (i) => `ADD a${i}.tar.gz /b${i}\n`),
  'ADD of repositories': (n) => from + each(n, (i) => `ADD https://github.com/a/b${i}.git#v1 /c\n`),
  'ONBUILD of each kind': (n) =>
    from + 'ONBUILD RUN a\nONBUILD COPY b c\nONBUILD USER d\n'.repeat(n),
  'ONBUILD in one another': (n) => from + `${'ONBUILD '.repeat(3 * n)}RUN a\n`,
  'USER, WORKDIR and EXPOSE': (n) =>
    from + each(n, (i) => `USER a${i}\nWORKDIR /b\nEXPOSE ${i % 65_000}/tcp\n`),
  'ranges of ports': (n) => from + 'EXPOSE 1-65535\n'.repeat(n),
  STOPSIGNAL: (n) => from + 'STOPSIGNAL SIGTERM\n'.repeat(n),
  SHELL: (n) => from + 'SHELL ["bash", "-o", "pipefail", "-c"]\n'.repeat(n),
  'identical instructions': (n) =>
    from + 'RUN apt-get update && apt-get install -y a\nCOPY . .\n'.repeat(n),
  'keywords in lower case': (n) => 'from a as b\nrun c\ncopy d e\n'.repeat(n),
  'misspelled instructions': (n) => from + each(n, (i) => `RUNN a${i}\nCOPPY b c\n`),
  'misspelled flags': (n) => from + 'COPY --form=a b c\nRUN --mont=d e\n'.repeat(n),
  'chains of pipes': (n) => from + `RUN ${'a | b && c || d ; '.repeat(n)}\n`,
  'pipes with pipefail': (n) => `${from}RUN ${'set -o pipefail; a | b; '.repeat(n)}\n`,
  'pipes without pipefail': (n) => `${from}RUN ${'wget -O - http://a | tar xz; '.repeat(n)}\n`,
  'archives in one RUN': (n) =>
    `${from}RUN ${each(n, (i) => `wget http://a/b${i}.tar.gz && tar xf b${i}.tar.gz && rm b${i}.tar.gz && `)}c\n`,
  'copies that one RUN unpacks': (n) =>
    `${from}${each(n, (i) => `COPY a${i}.tar.gz /b/\n`)}RUN ${each(n, (i) => `tar xf /b/a${i}.tar.gz && `)}c\n`,
  'settings without TLS': (n) =>
    `${from}RUN ${'git config http.sslVerify false; npm config set strict-ssl false; curl -k https://a; '.repeat(n)}\n`,
  'changes of one file': (n) =>
    `${from}RUN ${'chmod +x /a && chown b /a && sed -i s/c/d/ /a && '.repeat(n)}e\n`,
  'variables of one script': (n) =>
    `${from}RUN ${each(n, (i) => `export A${i}=$A${i - 1} && `)}b\n`,
  'cd of one script': (n) => `${from}RUN ${each(n, (i) => `cd a${i} && make && cd .. && `)}b\n`,
  'users of one script': (n) => `${from}RUN ${each(n, (i) => `useradd -m a${i} && `)}b\n`,
  'clones of one script': (n) =>
    `${from}RUN ${each(n, (i) => `git clone https://a/b${i} && cd b${i} && git checkout c && `)}d\n`,
  'package managers of one script': (n) =>
    `${from}RUN ${'apt-get update && pip install a && npm install b && apk add c && yum install d && gem install e && '.repeat(n)}f\n`,
  'caches that one script removes': (n) =>
    `${from}RUN ${'apt-get install a && rm -rf /var/lib/apt/lists/* && apt-get clean && '.repeat(n)}b\n`,
  'sudo and wrappers': (n) =>
    `${from}RUN ${'sudo -E env A=b nice time apt-get install c; '.repeat(n)}\n`,
  'sudo in one another': (n) => `${from}RUN ${'sudo '.repeat(5 * n)}a\n`,
  'sh -c in one another': (n) => `${from}RUN ${'sh -c "bash -c a"; '.repeat(n)}\n`,
  'eval in quotes': (n) => `${from}RUN eval "${'echo a; '.repeat(2 * n)}"\n`,
  'find and xargs': (n) =>
    `${from}RUN ${'find / -name a -exec rm {} + | xargs -0 b; '.repeat(n)}\n`,
  'global ignore comments': (n) => '# drydock global ignore=a\n'.repeat(n) + from,
  'ignore comments within an instruction': (n) =>
    `${from}RUN a \\\n${'# drydock ignore=pin-versions\n && apt-get install b \\\n'.repeat(n)} && c\n`,
  'comments of other tools': (n) =>
    from + '# hadolint ignore=DL3008\n# tally ignore=a;reason=b\nRUN apt-get install c\n'.repeat(n),
  'checks above instructions': (n) => from + '# check=skip=JSONArgsRecommended\nCMD a\n'.repeat(n),
};
