import { testRule } from '../../../../test/test-rule.ts';

testRule('touch-mode', {
  valid: [
    'FROM a:1\nRUN touch 600\n',
    'FROM a:1\nRUN touch -m b\n',
    'FROM a:1\nRUN mkdir -m 700 b\n',
    'FROM a:1\nRUN touch -t 202501010000 b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN touch «-m 0600» "/b c"\n',
      good: 'FROM a:1\nRUN touch "/b c" && chmod 0600 "/b c"\n',
    },
    {
      bad: 'FROM a:1\nRUN b || touch «-m 600» c\n',
      good: 'FROM a:1\nRUN b || install -m 600 /dev/null c\n',
    },
    { bad: 'FROM a:1\nRUN touch «-m 600»\n', good: 'FROM a:1\nRUN touch -m 600\n' },
  ],
});

testRule('curl-fail', {
  valid: [
    'FROM a:1\nRUN curl -fsSL https://b.org/c -o /d\n',
    'FROM a:1\nRUN curl --fail -O https://b.org/c\n',
    'FROM a:1\nRUN curl https://b.org/c\n',
    'FROM a:1\nRUN curl -I https://b.org/c | grep d\n',
    'FROM a:1\nRUN curl -X POST https://b.org/c > d\n',
    'FROM a:1\nRUN curl http://localhost:80/c | grep d\n',
    'FROM a:1\nRUN curl -s https://b.org/c > /dev/null\n',
    'FROM a:1\nRUN curl -so /dev/null https://b.org/c\n',
    'FROM a:1\nRUN curl -s https://b.org/c.tgz | tar -xz\n',
    'FROM a:1\nRUN curl -sSL https://b.org/c | sh\n',
    'FROM a:1\nRUN curl -so /d.zip https://b.org/c && unzip /d.zip\n',
    'FROM a:1\nRUN curl -sO https://b.org/c.tgz && tar -xf ./c.tgz\n',
    'FROM a:1\nRUN curl -so d https://b.org/c && echo "e  d" | sha256sum -c -\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «curl» -so d https://b.org/c && tar -xf e\n' },
    {
      bad: 'FROM a:1\nRUN «curl» https://b.org/c | php\n',
      good: 'FROM a:1\nRUN curl -fL https://b.org/c | php\n',
    },
    {
      bad: 'FROM a:1\nRUN «curl» --retry 3 -LO https://b.org/c\n',
      good: 'FROM a:1\nRUN curl -f --retry 3 -LO https://b.org/c\n',
    },
  ],
});

testRule('curl-follow', {
  valid: [
    'FROM a:1\nRUN curl -fsSL https://b.org/c -o /d\n',
    'FROM a:1\nRUN curl --location -O https://b.org/c\n',
    'FROM a:1\nRUN curl --proto =https -sSf https://b.org | sh\n',
    'FROM a:1\nRUN curl -sSf https://sh.rustup.rs | sh\n',
    'FROM a:1\nRUN curl -O https://b.s3.amazonaws.com/c\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «curl» -fo /d https://b.org/c\n', good: 'FROM a:1\nRUN curl -Lfo /d https://b.org/c\n' }, // prettier-ignore
  ],
});

testRule('export-lost-after-run', {
  valid: [
    'FROM a:1\nRUN export A=1 && b\n',
    'FROM a:1\nRUN export A\n',
    'FROM a:1\nRUN . /b.sh\n',
    'FROM a:1\nRUN . /venv/bin/activate && pip list\n',
    'FROM a:1\nRUN conda clean -ya\n',
    'FROM a:1\nRUN (export A=1)\n',
    'FROM a:1\nRUN if b; then export A=1; fi\n',
    'FROM a:1\nCMD export A=1\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «export A=1 B="c d" PATH=$PATH:/e»\n',
      good: 'FROM a:1\nENV A=1 B="c d" PATH=$PATH:/e\n',
    },
    { bad: 'FROM a:1\nRUN «export A=$(date)»\n', good: 'FROM a:1\nRUN export A=$(date)\n' },
    { bad: 'FROM a:1\nRUN «export A=~/b»\n', good: 'FROM a:1\nRUN export A=~/b\n' },
    { bad: 'FROM a:1\nRUN python -m venv /v && «. /v/bin/activate»\n' },
    { bad: 'FROM a:1\nRUN echo b >> ~/.bashrc; «source ~/.bashrc»\n' },
    { bad: 'FROM a:1\nRUN «conda activate b»\n' },
  ],
});

testRule('background-process', {
  valid: [
    'FROM a:1\nRUN b & c && wait\n',
    'FROM a:1\nRUN b && c\n',
    'FROM a:1\nRUN b >/c 2>&1\n',
    'FROM a:1\nRUN (b &) && c\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN b; c --d «&»\n' }],
});

testRule('ineffective-command', {
  valid: ['FROM a:1\nRUN systemctl enable b\n', 'FROM a:1\nRUN --mount=type=ssh ssh b\n'],
  invalid: [{ bad: 'FROM a:1\nRUN «systemctl» --now start b\n' }],
});

testRule('powershell-errors', {
  valid: [
    'FROM a:1\nSHELL ["pwsh", "-Command", "$ErrorActionPreference = \'Stop\';"]\nRUN b\n',
    'FROM a:1\nSHELL ["pwsh", "-Command"]\n',
    'FROM a:1\nSHELL ["pwsh", "-Command"]\nRUN $ErrorActionPreference = 1; b\n',
    'FROM nanoserver\nRUN powershell -Command "b"\n',
    'FROM nanoserver\nRUN powershell -Command b & powershell -Command c ;\n',
    'FROM nanoserver\nRUN powershell setx B $(c + \\";d\\")\n',
    'FROM nanoserver\nRUN powershell -Command "b \';\'"\n',
    'FROM nanoserver\nRUN powershell -Command $ErrorActionPreference = 1; b; c\n',
    'FROM a:1\nRUN pwsh -c b; c\n',
    'FROM a:1\nSHELL ["pwsh", "-Command"]\nRUN b -ErrorAction Stop; c\n',
    'FROM a:1\nSHELL ["pwsh", "-Command"]\nRUN $ErrorActionPreference="stop"; b\n',
    'FROM a:1\nSHELL ["bash", "-c"]\nRUN b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\n«SHELL ["pwsh", "-c", "$ProgressPreference = 0;"]»\nRUN b\n',
      good: 'FROM a:1\nSHELL ["pwsh", "-c", "$ErrorActionPreference = \'Stop\'; $ProgressPreference = 0;"]\nRUN b\n',
    },
    {
      bad: 'FROM nanoserver\nRUN «powershell» -Command "b; c"\n',
      good: 'FROM nanoserver\nRUN powershell -Command "$ErrorActionPreference = \'Stop\'; b; c"\n',
    },
    {
      bad: 'FROM nanoserver\nRUN «powershell.exe» -NoProfile -Command b; c\n',
      good: "FROM nanoserver\nRUN powershell.exe -NoProfile -Command $ErrorActionPreference = 'Stop'; b; c\n",
    },
    { bad: "FROM a:1\nRUN «pwsh» -c 'b; c'\n" },
    { bad: 'FROM a:1\n«SHELL ["powershell.exe"]»\nRUN b\n' },
    { bad: 'FROM a:1\n«SHELL ["pwsh", "-c"]»\nRUN $ErrorActionPreference = \'Continue\'; b\n' },
  ],
});

testRule('powershell-progress', {
  valid: [
    'FROM a:1\nSHELL ["pwsh", "-c"]\nRUN $ProgressPreference = \'SilentlyContinue\'; iwr b -OutFile c\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nSHELL ["pwsh", "-c"]\nRUN «iwr» b -OutFile c; $ProgressPreference = \'SilentlyContinue\'\n',
    },
  ],
});

testRule('cd-instead-of-workdir', {
  valid: [
    'FROM a:1 AS b\nRUN cd /c && d\nFROM e:1\nCOPY --from=b /f /f\n',
    'FROM a:1 AS b\nRUN cd c && d\nRUN cd c && e\nFROM f:1\nCOPY --from=b /g /g\n',
    'FROM a:1\nRUN cd /tmp && b\nRUN cd /var/tmp/c && d\n',
    'FROM a:1\nRUN cd /b/c && d && rm -rf /b\n',
    'FROM a:1\nRUN cd /b && c && cd / && d\n',
    'FROM a:1\nRUN cd /b && c && cd - && d\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «cd /b» && c\nCOPY d /d\nRUN cd /b \\\n && e\n',
      good: 'FROM a:1\nWORKDIR /b\nRUN c\nCOPY d /d\nRUN e\n',
    },
    // No fix where another WORKDIR is between the steps, or where a part of the step has to stay.
    {
      bad: 'FROM a:1\nRUN «cd /b» && c\nWORKDIR /d\nRUN cd /b && e\n',
      good: 'FROM a:1\nRUN cd /b && c\nWORKDIR /d\nRUN cd /b && e\n',
    },
    {
      bad: 'FROM a:1\nRUN «cd /b» && c\nRUN cd /b && e; f\n',
      good: 'FROM a:1\nRUN cd /b && c\nRUN cd /b && e; f\n',
    },
    {
      bad: 'FROM a:1\nWORKDIR /w\nRUN «cd b» \\\n && c\n',
      good: 'FROM a:1\nWORKDIR /w\nWORKDIR b\nRUN c\n',
    },
    { bad: 'FROM a:1\nRUN «cd /b» && c && cd d && rm -rf /e b\n' },
    // No fix where other instructions would run, or write files, in another directory.
    ...[
      'COPY d .',
      'RUN npm ci',
      'RUN cp b /c',
      'CMD ["node", "server.js"]',
      'WORKDIR c',
      'ONBUILD RUN d',
    ].map((later) => ({
      bad: `FROM a:1\nRUN «cd /b» && c\n${later}\n`,
      good: `FROM a:1\nRUN cd /b && c\n${later}\n`,
    })),
    ...[
      'COPY d /e',
      'RUN apt-get update',
      'RUN rm -rf /c',
      'CMD ["/server", "--port=1"]',
      'WORKDIR /c\nRUN d',
    ].map((later) => ({
      bad: `FROM a:1\nRUN «cd /b» && c\n${later}\n`,
      good: `FROM a:1\nWORKDIR /b\nRUN c\n${later}\n`,
    })),
    {
      bad: 'FROM a:1 AS a\nRUN «cd /b» && c\nFROM a\nRUN d\n',
      good: 'FROM a:1 AS a\nRUN cd /b && c\nFROM a\nRUN d\n',
    },
    {
      bad: 'FROM a:1\nRUN «cd web» && c\nRUN «cd web» && d\n',
      good: 'FROM a:1\nRUN cd web && c\nWORKDIR web\nRUN d\n',
    },
    {
      bad: 'FROM a:1\nWORKDIR /s\nRUN «cd web» && c\nRUN cd /s/web && d\n',
      good: 'FROM a:1\nWORKDIR /s\nWORKDIR web\nRUN c\nRUN d\n',
    },
    { bad: 'FROM a:1\nRUN «cd ~/b» && c\n', good: 'FROM a:1\nRUN cd ~/b && c\n' },
    { bad: 'FROM a:1\nRUN «cd $B» && c\n', good: 'FROM a:1\nRUN cd $B && c\n' },
  ],
});

testRule('cd-in-script', {
  valid: ['FROM a:1\nRUN cd /b && c\n'],
  invalid: [
    { bad: 'FROM a:1\nRUN cd /b && c && «cd d»\nRUN «cd /b» && e\n' },
    { bad: 'FROM a:1 AS b\nRUN «cd /c» && d\nFROM e:1\nCOPY --from=b /f /f\n' },
    { bad: 'FROM a:1\nRUN «cd /b»\n' },
    { bad: 'FROM a:1\nRUN «cd /tmp» && b\n' },
  ],
});
