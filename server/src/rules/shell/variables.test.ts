import { testRule } from '../../../../test/test-rule.ts';

testRule('assignment-spaces', {
  valid: [
    'FROM a\nRUN A=b C="d = e" && [ "$A" = b ] && test "$A" = b && expr 1 = 1\n',
    'FROM a\nRUN b --c = d && e = f g\n',
    "FROM a\nRUN sh -c 'A = b'; echo '$A=b' \"$A=b\"\n",
    'FROM a\nSHELL ["pwsh", "-c"]\nRUN $a = 1; $b=2\n',
    'FROM a\nRUN awk "{ a = 1 }" b && env "$A=b" c\n',
  ],
  invalid: [
    { bad: 'FROM a\nRUN «A =  b» && c\n', good: 'FROM a\nRUN A=b && c\n' },
    { bad: 'FROM a\nRUN b; «C = "$D"»\n', good: 'FROM a\nRUN b; C="$D"\n' },
    { bad: 'FROM a\nRUN «$A»=b && c\n', good: 'FROM a\nRUN A=b && c\n' },
    { bad: 'FROM a\nRUN <<EOF\n«$A»="$(b)"\nEOF\n', good: 'FROM a\nRUN <<EOF\nA="$(b)"\nEOF\n' },
  ],
});

testRule('empty-variable-removed', {
  valid: [
    'FROM a\nENV B=/c\nRUN rm -rf "$B"/*\n',
    'FROM a\nARG B=/c\nRUN rm -rf ${B}/\n',
    'FROM a\nRUN B="$(mktemp -d)" && rm -rf "$B"/*\n',
    'FROM a\nRUN for b in c d; do rm -rf "$b"/*; done\n',
    'FROM a\nRUN rm -rf "${B:?}"/* ${C:-/d}/* $HOME/* "$D" $E/f /var/cache/* "$F/build" $G$H/*\n',
    'FROM a\nARG B\nRUN rm "$B"/* && rm -f $B/*\n',
    "FROM a\nRUN c 'rm -rf $B/*'\n",
  ],
  invalid: [
    { bad: 'FROM a\nARG B\nRUN rm -rf «$B/*»\n', good: 'FROM a\nARG B\nRUN rm -rf ${B:?}/*\n' },
    {
      bad: 'FROM a\nENV B=\nRUN rm -fr «"${B}/"»\n',
      good: 'FROM a\nENV B=\nRUN rm -fr "${B:?}/"\n',
    },
    { bad: 'FROM a\nRUN sudo rm -r «"$B/usr"» "$B/usr/c"\n' },
    { bad: 'FROM a\nRUN rm --recursive «$B/lib/*» && c\n' },
  ],
});
