import { testRule } from '../../../../test/test-rule.ts';

testRule('unquoted-expansion', {
  valid: [
    'FROM a:1\nRUN b "$c" "$(d)" "e${f}g" && h=$i && export j=$k\n',
    'FROM a:1\nARG B\nENV C=d\nRUN e $B $C\n',
    'FROM a:1\nRUN b=c; d $b; e=$((1 + $f)); g $e $? ${#h} ${i:+j} $((1 + $k))\n',
    'FROM a:1\nRUN for b in $c; do d; done; for e in f g; do h $e; done\n',
    'FROM a:1\nRUN case $b in c) d;; esac; $e f; g $(seq 3)\n',
    'FROM a:1\nRUN b=$?; exit $b\n',
    'FROM a:1\nRUN b \'c $d $(e)\' \\`f\\` "g `h` $(i \')\' "$j")"\n',
    'FROM a:1\nSHELL ["powershell", "-Command"]\nRUN b $c\n',
    'FROM a:1\nRUN case "$b" in c) d=e;; *) exit 1;; esac; f $d\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN b «$c» d«${e}»/f > «$g»\n',
      good: 'FROM a:1\nRUN b "$c" d"${e}"/f > "$g"\n',
    },
    {
      bad: 'FROM a:1\nRUN b «$(c "$(d)" )» e«`f`»g\n',
      good: 'FROM a:1\nRUN b "$(c "$(d)" )" e"`f`"g\n',
    },
    { bad: 'FROM a:1\nARG B\nRUN c $B; B=$(d); e «$B»\n' },
    { bad: 'FROM a:1\nRUN if b; then c=d; fi; e «$c»\n' },
    { bad: 'FROM a:1\nRUN b && c=d && e «$c»\n' },
    { bad: 'FROM a:1\nRUN for b in *; do c «$b»; done; while read -r d; do e «$d»; done\n' },
    { bad: 'FROM a:1\nRUN [ «$b» = c ] || d=$(e «$f»)\n' },
    { bad: 'FROM a:1\nRUN b «$HOME» «$1»\n' },
  ],
});
