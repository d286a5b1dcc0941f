import { testRule } from '../../../../test/test-rule.ts';

testRule('copy-after-user', {
  valid: [
    'FROM a:1\nUSER app\nCOPY b /c\n',
    'FROM a:1\nUSER app\nCOPY --chown=app b /c\nRUN chmod +x /c\n',
    'FROM a:1\nUSER root\nCOPY b /c\nRUN chmod +x /c\n',
    'FROM a:1\nUSER app\nCOPY b /c\nUSER root\nRUN chmod +x /c\n',
    'FROM a:1\nUSER app\nCOPY b /c\nRUN chmod +x /d\n',
    'FROM a:1\nUSER app\nCOPY b /c\nRUN sudo chmod +x /c\n',
    'FROM a:1\nUSER $UNKNOWN\nCOPY b /c\nRUN chmod +x /c\n',
    'FROM a:1\nUSER app\nCOPY . /c/\nRUN chmod +x /c\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nWORKDIR /w\nUSER app\nCOPY x/«b» c ./\nRUN d && chmod +x b\n'.replace('x/«b»', '«x/b»'), // prettier-ignore
      good: 'FROM a:1\nWORKDIR /w\nUSER app\nCOPY --chown=app x/b c ./\nRUN d && chmod +x b\n',
    },
    {
      bad: 'FROM a:1\nUSER app:app\nCOPY <<EOF «/b»\nx\nEOF\nRUN chmod 700 /b\n',
      good: 'FROM a:1\nUSER app:app\nCOPY --chown=app:app <<EOF /b\nx\nEOF\nRUN chmod 700 /b\n',
    },
    {
      bad: 'FROM a:1\nARG U=app\nUSER $U\nCOPY «b» /c\nRUN chown $U /c\n',
      good: 'FROM a:1\nARG U=app\nUSER $U\nCOPY --chown=$U b /c\nRUN chown $U /c\n',
    },
  ],
});

testRule('user-name-unknown', {
  valid: [
    'FROM scratch\nUSER 1000:1000\n',
    'FROM scratch\nUSER root\n',
    'FROM scratch\nCOPY --from=a /etc/passwd /etc/passwd\nUSER app\n',
    'FROM scratch\nCOPY rootfs /\nUSER app\n',
    'FROM scratch\nADD rootfs.tar.gz /\nUSER app\n',
    'FROM a:1\nUSER app\n',
    'FROM a:1 AS b\nRUN c\nFROM scratch\nCOPY --from=b / /\nUSER app\n',
    'FROM scratch\nUSER $U\n',
  ],
  invalid: [
    { bad: 'FROM scratch\nCOPY --chown=«app»:«app» b /b\n' },
    {
      bad: 'FROM scratch AS b\nFROM b\nUSER «nonroot»\n',
      good: 'FROM scratch AS b\nFROM b\nUSER 65532\n',
    },
  ],
});

testRule('user-unused', {
  valid: [
    'FROM a:1\nRUN useradd app\nUSER app\nCMD ["b"]\n',
    'FROM a:1\nRUN useradd app\nENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["b"]\n',
    'FROM a:1\nRUN useradd app\nCMD ["gosu", "app", "b"]\n',
    'FROM a:1\nRUN useradd vscode\nCMD ["b"]\n',
    'FROM a:1\nRUN useradd app && useradd other\nCMD ["b"]\n',
    'FROM a:1 AS b\nRUN useradd app\nFROM c:1\nCMD ["d"]\n',
    'FROM a:1\nRUN adduser www-data video\nCMD ["d"]\n',
    'FROM a:1\nRUN useradd app\n',
    'FROM a:1\nRUN useradd app\nENV RUN_AS=app\nCMD ["b"]\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN addgroup -S app && adduser -S «app» -G app\nCOPY --chown=app b /b\nENTRYPOINT ["/b"]\nCMD ["c"]\n',
      good: 'FROM a:1\nRUN addgroup -S app && adduser -S app -G app\nCOPY --chown=app b /b\nUSER app\nENTRYPOINT ["/b"]\nCMD ["c"]\n',
    },
    {
      bad: 'FROM a:1\nRUN useradd «app»\nCMD ["b"]\nRUN c\n',
      good: 'FROM a:1\nRUN useradd app\nCMD ["b"]\nRUN c\n',
    },
  ],
});

testRule('user-groups-dropped', {
  valid: [
    'FROM a:1\nRUN useradd -G b app\nUSER app\n',
    'FROM a:1\nRUN useradd -g app app\nUSER app:app\n',
    'FROM a:1\nRUN useradd -G b app\nUSER app:b\n',
    'FROM a:1\nRUN useradd -G b other\nUSER app:app\n',
    'FROM a:1 AS x\nRUN useradd -G b app\nFROM a:1\nUSER app:app\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN gpasswd -a app b\nUSER «app:app»\n',
      good: 'FROM a:1\nRUN gpasswd -a app b\nUSER app\n',
    },
    { bad: 'FROM a:1 AS x\nRUN adduser app b\nFROM x\nUSER «app:app»\n' },
  ],
});
