/** Types for the Dockerfile language as data. Texts are Markdown. */

/** The type of a value, for completion and checks. */
export type ValueKind =
  | 'boolean'
  | 'checksum'
  | 'device'
  | 'duration'
  | 'id'
  | 'image-or-stage'
  | 'mode'
  | 'mount'
  | 'name'
  | 'network'
  | 'number'
  | 'path'
  | 'pattern'
  | 'platform'
  | 'security'
  | 'sharing'
  | 'size'
  | 'type'
  | 'user';

export interface FlagInfo {
  /** Without the dashes. */
  readonly name: string;
  readonly value: ValueKind;
  /** Placeholder for the value in a syntax line. */
  readonly placeholder: string;
  readonly documentation: string;
  /** The valid values, if there are only a few. */
  readonly values?: readonly string[];
  readonly repeatable?: true;
  /** BuildKit expands variables in the value. */
  readonly expands?: true;
}

export interface MountOption {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly value: ValueKind;
  readonly documentation: string;
  readonly values?: readonly string[];
  /** Valid without `=value`. */
  readonly bare?: true;
}

export interface MountType {
  readonly type: 'bind' | 'cache' | 'secret' | 'ssh' | 'tmpfs';
  readonly documentation: string;
  readonly options: readonly MountOption[];
}

/** One syntax of an instruction; parameters are parts of the label, in order. */
export interface Form {
  readonly label: string;
  readonly parameters: readonly {
    readonly label: string;
    readonly documentation: string;
  }[];
}

/** A form with the descriptions of its parameters. */
export function form(label: string, parameters: Readonly<Record<string, string>> = {}): Form {
  return {
    label,
    parameters: Object.entries(parameters).map(([name, documentation]) => ({
      label: name,
      documentation,
    })),
  };
}

export type Keyword =
  | 'ADD'
  | 'ARG'
  | 'CMD'
  | 'COPY'
  | 'ENTRYPOINT'
  | 'ENV'
  | 'EXPOSE'
  | 'FROM'
  | 'HEALTHCHECK'
  | 'LABEL'
  | 'MAINTAINER'
  | 'ONBUILD'
  | 'RUN'
  | 'SHELL'
  | 'STOPSIGNAL'
  | 'USER'
  | 'VOLUME'
  | 'WORKDIR';

export interface InstructionInfo {
  readonly keyword: Keyword;
  /** One sentence. */
  readonly summary: string;
  readonly documentation: string;
  readonly forms: readonly Form[];
  readonly flags: readonly FlagInfo[];
  /** Valid before the first FROM. */
  readonly beforeFrom: boolean;
  /** Valid as the trigger of ONBUILD. */
  readonly inOnbuild: boolean;
  /** All occurrences in a stage take effect; otherwise only the last one does. */
  readonly repeatable: boolean;
  readonly deprecated?: true;
}
