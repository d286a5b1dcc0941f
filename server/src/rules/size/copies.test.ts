import { testRule } from '../../../../test/test-rule.ts';

testRule('chmod-after-copy', {
  valid: [
    'FROM a:1\nCOPY b.sh /b.sh\nRUN chmod +x /c.sh\n',
    'FROM a:1\nCOPY --chmod=u=rx b.sh /b.sh\nRUN chmod +x /b.sh\n',
    'FROM a:1\nCOPY --chmod=$MODE b.sh /b.sh\nRUN chmod +x /b.sh\n',
    'FROM a:1\nCOPY bin /bin\nRUN chmod -R +x /bin\n',
    'FROM a:1 AS x\nCOPY b.sh /b.sh\nFROM c:1\nRUN chmod +x /b.sh\n',
    'FROM a:1\nCOPY b.sh /b.sh\nRUN chmod u=rwX /b.sh\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nWORKDIR /w\nCOPY x/b.sh .\nRUN c \\\n && «chmod 0700 b.sh» \\\n && d\n',
      good: 'FROM a:1\nWORKDIR /w\nCOPY --chmod=0700 x/b.sh .\nRUN c \\\n && d\n',
    },
    {
      bad: 'FROM a:1\nCOPY --chmod=644 b.sh /b.sh\nRUN «chmod +x /b.sh»\n',
      good: 'FROM a:1\nCOPY --chmod=755 b.sh /b.sh\n',
    },
    {
      bad: 'FROM a:1\nCOPY --chmod=0777 b.sh /b.sh\nRUN «chmod go-w,u-x /b.sh»\n',
      good: 'FROM a:1\nCOPY --chmod=655 b.sh /b.sh\n',
    },
    {
      bad: 'FROM a:1\nCOPY --chmod=755 b.sh /b.sh\nRUN «chmod -x /b.sh»\n',
      good: 'FROM a:1\nCOPY --chmod=644 b.sh /b.sh\n',
    },
    {
      bad: 'FROM a:1\nCOPY b.sh /b.sh\nRUN «chmod +wx /b.sh»\n',
      good: 'FROM a:1\nCOPY --chmod=755 b.sh /b.sh\n',
    },
    {
      bad: 'FROM a:1\nCOPY docker-entrypoint.sh /usr/bin/\nRUN «chmod +x /usr/bin/docker-entrypoint.sh»; c\n',
      good: 'FROM a:1\nCOPY docker-entrypoint.sh /usr/bin/\nRUN chmod +x /usr/bin/docker-entrypoint.sh; c\n',
    },
  ],
});

testRule('chown-after-copy', {
  valid: [
    'FROM a:1\nCOPY b /b\nRUN chown -R c /d\n',
    'FROM a:1\nCOPY --chown=c b /b\nRUN chown -R c /b\n',
    'FROM a:1\nRUN mkdir /b && chown -R c /b\nCOPY d /b\n',
    'FROM a:1\nCOPY b /b\nRUN chown c /b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nWORKDIR /w\nCOPY b ./b\nCOPY c ./c\nRUN «chown -R u:g .» && d\n',
      good: 'FROM a:1\nWORKDIR /w\nCOPY --chown=u:g b ./b\nCOPY --chown=u:g c ./c\nRUN d\n',
    },
    {
      bad: 'FROM a:1\nCOPY b /b\nRUN c\nRUN «chown -R u /b»\n',
      good: 'FROM a:1\nCOPY b /b\nRUN c\nRUN chown -R u /b\n',
    },
    {
      bad: 'FROM a:1\nCOPY b /b\nRUN useradd u && «chown -R u /b»\n',
      good: 'FROM a:1\nCOPY b /b\nRUN useradd u && chown -R u /b\n',
    },
  ],
});

testRule('add-unpack', {
  valid: [
    'FROM a:1\nRUN curl -O https://b.org/c.tar.gz\n',
    'FROM a:1\nRUN curl https://b.org/c.tar.gz | gzip -d | tar -x\n',
    'FROM a:1\nRUN wget https://b.org/c.tgz && tar -tf c.tgz\n',
    'FROM a:1\nRUN if d; then wget https://b.org/c.tgz && tar -xf c.tgz; fi\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN «wget https://b.org/c.tgz» && tar -xzf c.tgz -C /d\n' }],
});
