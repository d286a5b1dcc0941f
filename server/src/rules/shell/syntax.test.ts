import { testRule } from '../../../../test/test-rule.ts';

testRule('loop-variable', {
  valid: [
    'FROM a:1\nRUN for b in $c; do d "$b"; done\n',
    "FROM a:1\nRUN echo 'for $b in c'\n",
    'FROM a:1\nRUN echo for $b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN if b; then for «$c» in d; do for «$e» in f; do g; done; done; fi\n',
      good: 'FROM a:1\nRUN if b; then for c in d; do for e in f; do g; done; done; fi\n',
    },
    { bad: 'FROM a:1\nRUN <<EOF\nfor «$b» in c; do\n  d\ndone\nEOF\n' },
  ],
});

testRule('shell-keyword', {
  valid: [
    'FROM a:1\nRUN make && echo done\n',
    'FROM a:1\nRUN for b in c; do echo done; done\n',
    'FROM a:1\nRUN Then b; Do c\n',
    'FROM a:1\nSHELL ["powershell", "-Command"]\nRUN If ($b) { c\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN while b; do c \\\n  «done»\n',
      good: 'FROM a:1\nRUN while b; do c; \\\n  done\n',
    },
    {
      bad: 'FROM a:1\nRUN if b «then» c; fi\n',
      good: 'FROM a:1\nRUN if b; then c; fi\n',
    },
    {
      bad: 'FROM a:1\nRUN if b; «Then» c; fi\n',
      good: 'FROM a:1\nRUN if b; then c; fi\n',
    },
    { bad: 'FROM a:1\nRUN «FOR» b in c; do d; done\n' },
  ],
});

testRule('missing-space', {
  valid: [
    'FROM a:1\nRUN [ -f b ] && ! c && { d; }\n',
    'FROM a:1\nRUN {b,c} d\n',
    'FROM a:1\nRUN [ "$b" = "[c]" ] || [ d = [e] ]\n',
    'FROM a:1\nRUN !(b)\n',
    'FROM a:1\nRUN test -f b]\n',
    'FROM a:1\nSHELL ["powershell", "-Command"]\nRUN [System.IO.File]::Exists("b")\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «!»b && c\n', good: 'FROM a:1\nRUN ! b && c\n' },
    {
      bad: 'FROM a:1\nRUN while «[»"$b" = c]; do d; done\n',
      good: 'FROM a:1\nRUN while [ "$b" = c ]; do d; done\n',
    },
    { bad: 'FROM a:1\nRUN b || «{»echo c; d; }\n', good: 'FROM a:1\nRUN b || { echo c; d; }\n' },
    { bad: 'FROM a:1\nRUN if [ b = c«]»; then d; fi\n' },
  ],
});

testRule('assignment-spaces', {
  valid: [
    'FROM a:1\nRUN IFS= read -r b\n',
    'FROM a:1\nRUN LC_ALL= sort b && A= B= c && D= e\n',
    'FROM a:1\nRUN A= && b\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «A= "b c"» && d\n', good: 'FROM a:1\nRUN A="b c" && d\n' },
    { bad: 'FROM a:1\nRUN «A= $(b)»; c\n', good: 'FROM a:1\nRUN A=$(b); c\n' },
  ],
});
