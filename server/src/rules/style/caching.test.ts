import { testRule } from '../../../../test/test-rule.ts';

testRule('copy-before-install', {
  valid: [
    'FROM a:1\nCOPY package.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n',
    'FROM a:1 AS b\nCOPY package.json ./\nRUN npm ci\nFROM b\nCOPY . .\nRUN npm install\n',
    'FROM a:1\nCOPY . .\nRUN npm run build\n',
    'FROM a:1\nCOPY . .\nRUN npm install -g serve\n',
    'FROM a:1\nCOPY . .\nRUN pip install flask\n',
    'FROM a:1 AS b\nCOPY . .\nFROM c:1\nRUN npm ci\n',
    'FROM a:1 AS b\nFROM c:1\nCOPY --from=b . .\nRUN npm ci\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nWORKDIR /b\n«COPY --chown=c . /b»\n\nRUN pip install --no-cache-dir -r requirements.txt\n',
      good: 'FROM a:1\nWORKDIR /b\nCOPY --chown=c requirements.txt /b/\nRUN pip install --no-cache-dir -r requirements.txt\n\nCOPY --chown=c . /b\n',
    },
    {
      bad: 'FROM a:1\nCOPY package*.json ./\n«COPY . .»\nRUN npm install\n',
      good: 'FROM a:1\nCOPY package*.json ./\nRUN npm install\nCOPY . .\n',
    },
    {
      bad: 'FROM a:1\n«COPY . .»\nRUN npm ci && npm run build\n',
      good: 'FROM a:1\nCOPY . .\nRUN npm ci && npm run build\n',
    },
    {
      bad: 'FROM a:1\nWORKDIR /c\n«COPY . /b»\nRUN npm ci\n',
      good: 'FROM a:1\nWORKDIR /c\nCOPY . /b\nRUN npm ci\n',
    },
    { bad: 'FROM a:1\n«ADD . /b»\nRUN composer install --no-dev\n' },
    {
      bad: 'FROM golang:1.26\n«COPY . .»\nRUN go mod download\n',
      good: 'FROM golang:1.26\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n',
    },
  ],
});

testRule('stage-unused', {
  valid: [
    'FROM a:1 AS b\nFROM c:1\n',
    'FROM a:1\nFROM c:1\nCOPY --from=0 /d /d\n',
    'FROM a:1 AS b\nFROM b AS c\nFROM d:1\n',
  ],
  invalid: [
    { bad: 'FROM «a:1»\nFROM c:1\n' },
    { options: { named: true }, bad: 'FROM a:1 AS «b»\nFROM b AS «c»\nFROM d:1\n' },
  ],
});

testRule('unused-runtime-instruction', {
  valid: [
    'FROM a:1 AS b\nCMD ["c"]\nFROM b\nCOPY --from=b /d /d\n',
    'FROM a:1 AS b\nCMD ["c"]\nFROM d:1\n',
    'FROM a:1 AS b\nENV C=1\nFROM d:1\nCOPY --from=b /d /d\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1 AS b\n«EXPOSE 80»\n«CMD ["c"]»\nFROM d:1\nCOPY --from=b /d /d\n',
      good: 'FROM a:1 AS b\nFROM d:1\nCOPY --from=b /d /d\n',
    },
  ],
});

testRule('debian-frontend-env', {
  valid: [
    'FROM a:1\nARG DEBIAN_FRONTEND=noninteractive\n',
    'FROM a:1\nRUN DEBIAN_FRONTEND=noninteractive apt-get install -y b\n',
    'FROM a:1 AS b\nENV DEBIAN_FRONTEND=noninteractive\nFROM c:1\n',
    'FROM a:1\nENV DEBIAN_FRONTEND=noninteractive\nRUN b\nENV DEBIAN_FRONTEND=\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nENV «DEBIAN_FRONTEND» noninteractive\n',
      good: 'FROM a:1\nARG DEBIAN_FRONTEND=noninteractive\n',
    },
    {
      bad: 'FROM a:1 AS b\nENV «DEBIAN_FRONTEND»=noninteractive\nFROM b\n',
      good: 'FROM a:1 AS b\nENV DEBIAN_FRONTEND=noninteractive\nFROM b\n',
    },
  ],
});

testRule('sort-packages', {
  valid: [
    'FROM a:1\nRUN apk add c b\n',
    'FROM a:1\nRUN apk add \\\n  b \\\n  c\n',
    'FROM a:1\nRUN apk add \\\n  c \\\n  # why\n  b\n',
    'FROM a:1\nRUN apk add \\\n  c \\\n  $B\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN apt-get install -y \\\n  C=1.* \\\n  «b»\n',
      good: 'FROM a:1\nRUN apt-get install -y \\\n  b \\\n  C=1.*\n',
    },
  ],
});

testRule('label-grouped', {
  valid: [
    'FROM a:1\nLABEL b=1\nRUN c\nLABEL d=2\n',
    'FROM a:1\nLABEL b=1\n# d\nLABEL d=2\n',
    'FROM a:1\nLABEL b 1\nLABEL d=2\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nlabel b=1\n«label» d=2 e=3\n',
      good: 'FROM a:1\nlabel b=1 \\\n      d=2 e=3\n',
    },
  ],
});

testRule('copy-heredoc', {
  valid: [
    'FROM a:1\nRUN echo b >> /c\n',
    'FROM a:1\nRUN echo $B > /c\n',
    'FROM a:1\nRUN echo b > c\n',
    'FROM a:1\nRUN echo b > /c && d\n',
    'FROM a:1\nRUN echo b | tee -a /c\n',
    'FROM a:1\nRUN echo b | tee /c | d\n',
    'FROM a:1\nRUN echo b > /c && echo d >> /e\n',
    'FROM a:1\nRUN mkdir -p /f && echo b > /c\n',
    'FROM a:1\nRUN echo b > /c || echo d >> /c\n',
    'FROM a:1\nRUN echo b > /c && chmod 600 /d\n',
    'FROM a:1\nRUN <<E\necho b > /c\nE\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «echo b c > /d»\n', good: 'FROM a:1\nCOPY <<"EOF" /d\nb c\nEOF\n' },
    {
      bad: 'FROM a:1\nRUN «echo b > /d \\\n && echo c >> /d»\n',
      good: 'FROM a:1\nCOPY <<"EOF" /d\nb\nc\nEOF\n',
    },
    {
      bad: 'FROM a:1\nRUN «mkdir -p /d/ && echo b > /d/e && chmod +x /d/e»\n',
      good: 'FROM a:1\nCOPY --chmod=755 <<"EOF" /d/e\nb\nEOF\n',
    },
    {
      bad: 'FROM a:1\nRUN «echo b | tee /d»\n',
      good: 'FROM a:1\nCOPY <<"EOF" /d\nb\nEOF\n',
    },
    { bad: "FROM a:1\nRUN «printf 'b\\n' > /d»\n", good: "FROM a:1\nRUN printf 'b\\n' > /d\n" },
  ],
});

testRule('add-git', {
  valid: ['FROM a:1\nRUN git clone git@b.org:c.git /d\n', 'FROM a:1\nRUN git pull\n'],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «git clone --depth 1 https://b.org/c /d»\n',
      good: 'FROM a:1\nADD https://b.org/c.git /d\n',
    },
    { bad: 'FROM a:1\nRUN «git clone --recursive https://b.org/c /d» && e\n' },
  ],
});
