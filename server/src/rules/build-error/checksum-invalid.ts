/** BuildKit dockerfile2llb/convert_copy.go, dispatchCopy: "checksum requires HTTP(S) or Git sources" and similar errors. */
import { rule } from '../../lint/rule.ts';
import { digestTrouble } from '../../images/image.ts';
import type { Model } from '../../model/model.ts';
import type { Copy } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

export default rule({
  summary: 'Use `ADD --checksum` with one remote source and a valid digest',
  why: "`--checksum` verifies what `ADD` downloads from a single HTTP or Git source. The build fails with `checksum requires HTTP(S) or Git sources` for a local file and with `checksum can't be specified for multiple sources` for several sources. For an HTTP source, the value must be a digest such as `sha256:…`.",
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  on: { instructions: ['ADD'], words: ['--checksum'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ADD --checksum=«24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d» https://example.com/tool /opt/
      `,
      good: dockerfile`
        FROM alpine:3.22
        ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/tool /opt/
      `,
    },
  ],
  check({ model, report }) {
    for (const add of model.each('ADD')) {
      if (add.onbuild === true) continue;
      for (const flag of add.flags) {
        if (flag.name.text !== 'checksum' || flag.value === undefined) continue;
        const checksum = expandWord(model, flag.value)?.text ?? '';
        const sourceMessage = checksum === '' ? undefined : messageOfSources(model, add);
        if (sourceMessage !== undefined) report({ at: flag, message: sourceMessage });
        if (checksum === '' || sourceMessage !== undefined) continue;
        if (sourceKind(model, add) !== 'http') continue;
        const digestMessage = messageOfDigest(checksum);
        if (digestMessage !== undefined) report({ at: flag.value, message: digestMessage });
      }
    }
  },
});

function messageOfSources(model: Model, { sources, heredocs }: Copy): string | undefined {
  const [source, second] = sources;
  if (source === undefined && heredocs.length === 0) return undefined;
  if (source === undefined || second !== undefined)
    return t('`--checksum` requires exactly one HTTP(S) or Git source');
  const address = expandWord(model, source)?.text;
  return address === undefined || remoteKind(address) !== undefined
    ? undefined
    : t('`--checksum` requires an HTTP(S) or Git source; `{0}` is a local file', address);
}

function sourceKind(model: Model, { sources: [source] }: Copy): 'http' | 'git' | undefined {
  return source && remoteKind(expandWord(model, source)?.text ?? '');
}

function messageOfDigest(checksum: string): string | undefined {
  switch (digestTrouble(checksum)) {
    case 'form':
      return t('The checksum is not a digest; use `sha256:` and 64 lowercase hex digits');
    case 'algorithm':
      return t('The digest algorithm is not `sha256`, `sha384` or `sha512`');
    case 'length':
      return t('The digest has the wrong length for its algorithm');
    default:
      return undefined;
  }
}
