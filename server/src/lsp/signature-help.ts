/** `textDocument/signatureHelp`. */
import {
  MarkupKind,
  SignatureHelpTriggerKind,
  type MarkupContent,
  type SignatureHelp,
  type SignatureHelpParams,
  type SignatureInformation,
} from './protocol.ts';
import {
  inShellLine,
  signatureHelp as signatureHelpAt,
  type Signature,
} from '../features/signature-help.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const signatureHelp: Feature = {
  capability: { signatureHelpProvider: { triggerCharacters: [' ', '=', ',', '[', ':', '@'] } },
  attach: (connection, session) => {
    connection.onSignatureHelp(
      guarded<SignatureHelpParams, SignatureHelp | null>(
        session.log,
        'textDocument/signatureHelp',
        null,
        (params) => {
          const isTyped = params.context?.triggerKind === SignatureHelpTriggerKind.TriggerCharacter;
          const found = at(session, params, (document, offset) =>
            // In a script, every space would show it again.
            isTyped && inShellLine(document, offset)
              ? undefined
              : signatureHelpAt(document, offset),
          );
          if (!found) return null;
          const { signatures, active, parameter } = found;
          return {
            signatures: signatures.map(toInformation),
            activeSignature: active,
            // An index out of range means none; clients before LSP 3.18 support no other way.
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
