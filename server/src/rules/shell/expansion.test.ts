import { testRule } from '../../../../test/test-rule.ts';

testRule('glob-as-option', {
  valid: [
    'FROM a:1\nRUN rm ./* && rm -- * && rm b*\n',
    'FROM a:1\nRUN echo * && printf "%s" *\n',
    "FROM a:1\nRUN expr 2 \\* 3 && find . -name '*.b'\n",
    'FROM a:1\nRUN for b in *; do c "$b"; done; case d in *) e;; esac\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN chmod +x «*.sh» && b\n', good: 'FROM a:1\nRUN chmod +x ./*.sh && b\n' },
    { bad: 'FROM a:1\nRUN mv «*» /b\n' },
    { bad: 'FROM a:1\nRUN sudo rm «?.b»\n' },
  ],
});

testRule('status-masked', {
  valid: [
    'FROM a:1\nRUN A=$(b) && export A\n',
    'FROM a:1\nRUN export A=b C\n',
    'FROM a:1\nRUN export A="$(mktemp -d)"\n',
    'FROM a:1\nRUN export A=$((1 + 2))\n',
    'FROM a:1\nRUN export A="$(pwd)/b:$(uname -m)" && c\n',
    'FROM a:1\nRUN export A=$(dpkg --print-architecture) && c\n',
    "FROM a:1\nRUN export A='$(b)'\n",
    "FROM a:1\nRUN export A=$(echo $B | sed 's/c/d/') && e\n",
    'FROM a:1\nRUN export A="$(uname -m | tr a-z A-Z | cut -c 1-2)" && c\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN export «A»=`b` && c\n',
      good: 'FROM a:1\nRUN A=`b` && export A && c\n',
    },
    { bad: 'FROM a:1\nRUN export «A»="$(b | sed s/c/d/)" && e\n' },
    { bad: 'FROM a:1\nRUN export «A»="$(echo b | c)" && e\n' },
    { bad: 'FROM a:1\nRUN export A=b «C»="d$(e)f"\n' },
    { bad: 'FROM a:1\nRUN set -e; readonly «A»=$(b); c\n' },
    { bad: 'FROM a:1\nRUN export «A»="$(pwd)$(dpkg -l)" && c\n' },
    {
      bad: 'FROM a:1\nRUN <<EOF\nexport «A»=$(b)\nc\nEOF\n',
      good: 'FROM a:1\nRUN <<EOF\nA=$(b) && export A\nc\nEOF\n',
    },
  ],
});

testRule('find-pattern', {
  valid: [
    'FROM a:1\nRUN find . -name \'*.b\' -o -name \\*.c -o -name d -o -name "$E"\n',
    'FROM a:1\nRUN find *.b -type f\n',
    'FROM a:1\nSHELL ["pwsh", "-c"]\nRUN find . -name *.b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN find . \\( -name «*.b» -o -iname «[cd]?» \\) -print0 | xargs -0 e\n',
      good: "FROM a:1\nRUN find . \\( -name '*.b' -o -iname '[cd]?' \\) -print0 | xargs -0 e\n",
    },
  ],
});
