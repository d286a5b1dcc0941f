/** `textDocument/signatureHelp`. */
import {
  MarkupKind,
  SignatureHelpTriggerKind,
  type MarkupContent,
  type SignatureHelp,
  type SignatureHelpParams,
  type SignatureInformation,
} from './protocol.ts';
import { inShellLine, signatureHelp, type Signature } from '../features/signature-help.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const signing: Feature = {
  capability: { signatureHelpProvider: { triggerCharacters: [' ', '=', ',', '[', ':', '@'] } },
  attach: (connection, session) => {
    connection.onSignatureHelp(
      guarded<SignatureHelpParams, SignatureHelp | null>(
        session.log,
        'textDocument/signatureHelp',
        null,
        (params) => {
          const typed = params.context?.triggerKind === SignatureHelpTriggerKind.TriggerCharacter;
          const found = at(session, params, (document, offset) =>
            // Every blank of a script would bring it up again.
            typed && inShellLine(document, offset) ? undefined : signatureHelp(document, offset),
          );
          if (!found) return null;
          const { signatures, active, parameter } = found;
          return {
            signatures: signatures.map(toInformation),
            activeSignature: active,
            // One too high means none; clients older than 3.18 know no other way.
            activeParameter: parameter ?? signatures[active]?.parameters.length ?? 0,
          };
        },
      ),
    );
  },
};

function toInformation({ form, markdown, parameters }: Signature): SignatureInformation {
  return {
    label: form,
    documentation: inMarkdown(markdown),
    parameters: parameters.map((parameter) => ({
      label: [parameter.span.start, parameter.span.end],
      documentation: inMarkdown(parameter.markdown),
    })),
  };
}

function inMarkdown(value: string): MarkupContent {
  return { kind: MarkupKind.Markdown, value };
}
