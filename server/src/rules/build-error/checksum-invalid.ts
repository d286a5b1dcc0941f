/** BuildKit dockerfile2llb/convert_copy.go, dispatchCopy: "checksum requires HTTP(S) or Git sources" and its like. */
import { rule } from '../../lint/rule.ts';
import { digestTrouble } from '../../images/image.ts';
import type { Model } from '../../model/model.ts';
import type { Copy } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { expanded } from '../../model/expanded-words.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

export default rule({
  summary: 'Write `--checksum=sha256:…` for the one address that ADD fetches',
  why: 'Docker checks what it fetches from one address. It refuses a checksum for files, for several sources, or one that is no digest.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  on: { instructions: ['ADD'] },
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
        const checksum = expanded(model, flag.value)?.text ?? '';
        const sources = checksum === '' ? undefined : wrongSources(model, add);
        if (sources !== undefined) report({ at: flag, message: sources });
        if (checksum === '' || sources !== undefined || kindOf(model, add) !== 'http') continue;
        const digest = wrongDigest(checksum);
        if (digest !== undefined) report({ at: flag.value, message: digest });
      }
    }
  },
});

function wrongSources(model: Model, { sources, heredocs }: Copy): string | undefined {
  const [source, second] = sources;
  if (source === undefined && heredocs.length === 0) return undefined;
  if (source === undefined || second !== undefined) return t('A checksum is for one source');
  const address = expanded(model, source)?.text;
  return address === undefined || remoteKind(address) !== undefined
    ? undefined
    : t('`{0}` is a file, and only what is fetched has a checksum', address);
}

function kindOf(model: Model, { sources: [source] }: Copy): 'http' | 'git' | undefined {
  return source && remoteKind(expanded(model, source)?.text ?? '');
}

function wrongDigest(checksum: string): string | undefined {
  switch (digestTrouble(checksum)) {
    case 'form':
      return t('`{0}` is no digest; write it as `sha256:` and 64 digits from 0 to f', checksum);
    case 'algorithm':
      return t('`{0}` is of no kind that Docker knows: `sha256`, `sha384`, `sha512`', checksum);
    case 'length':
      return t('`{0}` is too short or too long', checksum);
    default:
      return undefined;
  }
}
