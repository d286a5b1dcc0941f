import { testRule } from '../../../../test/test-rule.ts';

testRule('last-user-root', {
  valid: [
    'FROM a:1\nUSER root\nUSER app\n',
    'FROM a:1 AS b\nUSER root\nFROM c:1\nUSER app\n',
    'FROM a:1\n',
    'FROM a:1 AS b\nUSER root\nFROM b\nUSER app\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nUSER app\nUSER «root»\n' },
    { bad: 'FROM a:1\nUSER «0:0»\n' },
    { bad: 'FROM a:1 AS b\nUSER «root»\nFROM b\nRUN c\n' },
  ],
});

testRule('secret-in-env', {
  valid: [
    'FROM a:1\nENV PUBLIC_KEY=x\n',
    'FROM a:1\nENV TOKEN_FILE=/run/secrets/t\n',
    'FROM a:1\nENV KEYBOARD=de\n',
    'FROM a:1\nENV B_GPG_KEY A035C8C19219BA821ECEA86B64E628F8D684696D\n',
    'FROM a:1\nENV GPG_KEY="A4A9 4068 76FC BD3C 4567  70C8 8C71 8D3B 5072 E1F5"\n',
    'FROM a:1\nENV GPG_KEY=https://b.org/c.asc PGP_KEY=/etc/b/c.gpg\n',
    'FROM a:1\nENV PGP_KEYS="0x4E2C6E8793298290" PGP_KEY="8540A6F1 8833A80E"\n',
    'FROM a:1\nENV HOST_KEY_CHECKING=False\nENV TLS_KEY=/etc/b/tls.key AUTH_URL=https://b.org/c\n',
    'FROM a:1\nENV SECRET=$HOME/.c/d KEY_AUTH=C:\\\\b\\\\c.key\n',
    'FROM a:1\nENV TOKEN_TTL=3600 AUTH_PORT=8443 KEY_LENGTH=32 TOKEN_URL=/oauth\n',
    'FROM a:1\nENV ALLOW_EMPTY_PASSWORD=1 ENABLE_AUTH=0 SECRET_KEY_BASE_DUMMY=1\n',
    'ARG TOKEN\nFROM a:1\n',
  ],
  invalid: [
    // A value is not harmless just because it is short, a number or a path.
    { bad: 'FROM a:1\nENV «DB_PASSWORD»=12345 «SECRET_KEY_BASE»=1 «TOKEN»=/secret\n' },
    { bad: 'FROM a:1\nENV «DB_SECRET»=/u8Fq1aZ7KdQ2mWx9/LrT4vB6n\n' },
    { bad: 'FROM a:1\nENV «TOKEN»=https://hooks.b.org/T0/B1/X9aZ7KdQ2mWx9LrT4vB6n8s\n' },
    { bad: 'FROM a:1\nENV «AUTH_URL»=https://b.org/c?key=d «KEY»=https://b.org/?d=e\n' },
    { bad: 'FROM a:1\nENV «GPG_PRIVATE_KEY»=A035C8C19219BA82 «GPG_KEY»=A035C8C19219BA8\n' },
    { bad: 'FROM a:1\nARG «GPG_KEY»\n' },
    { bad: 'FROM a:1\nENV «DB_PASSWORD»=x «API_KEY»=y Z=1\n' },
    { bad: 'FROM a:1\nARG «token»\n' },
    { bad: 'FROM a:1\nENV «API_KEY»=A035C8C19219BA821ECEA86B64E628F8D684696D\n' },
    // Matching takes linear time.
    { bad: `FROM a:1\nENV «GPG_KEY»=${'A'.repeat(5000)}!\n` },
    { bad: 'FROM a:1\nENV «GPG_KEY_PASSWORD»=c «AUTH»=https://b:c@d.org/ «KEY»=/9j+b==\n' },
    { bad: 'FROM a:1\nENV «TOKEN»=$TOKEN\n' },
    { bad: '# check=error=true\nFROM a:1\nENV «GPG_KEY»=A035C8C19219BA82\n' },
  ],
});

testRule('user-missing', {
  valid: [
    'FROM python:3.13\nUSER app\nCMD ["x"]\n',
    'FROM example.org/base:1\nCMD ["x"]\n',
    'FROM gcr.io/distroless/static:nonroot\nCMD ["x"]\n',
    'FROM python:3.13\nENTRYPOINT ["gosu", "app", "x"]\n',
  ],
  invalid: [
    { bad: 'FROM python:3.13\n«CMD ["x"]»\n' },
    { bad: 'FROM hub.example.org/library/centos:7\n«CMD ["x"]»\n' },
  ],
});

testRule('trusted-registries', {
  valid: ['FROM a:1\n'],
  invalid: [
    {
      options: { registries: ['*.b.org', 'c.org:5000'] },
      bad: 'ARG R=d.org\nFROM x.b.org/e:1 AS f\nFROM f\nFROM «$R/g:1»\nFROM scratch\nCOPY --from=f /a /a\nCOPY --from=«h:1» /a /a\nCOPY --from=c.org:5000/i /a /a\n',
    },
  ],
});

testRule('secret-like-name', {
  valid: ['FROM a:1\nENV DB_KEY=x KEYBOARD=de\n'],
  invalid: [
    { bad: 'FROM a:1\nENV «USERNAME»=x «GPG_KEY»=A035C8C19219BA82\n' },
    {
      bad: 'FROM a:1\nARG «CI_DEPLOY_USER»\nENV «okta_client_orgurl»=x OKTA_DOMAIN=y\nARG «TRAVIS_SUDO» TRAVIS_TAG\n',
    },
  ],
});

testRule('numeric-user', {
  valid: [
    'FROM a:1\nUSER root\nRUN b\nUSER 1000:c\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nUSER ContainerUser\n',
  ],
  invalid: [{ bad: 'FROM a:1\nUSER «b:c»\n' }],
});
