/** The shape of the Dockerfile language as data. Texts are Markdown in plain English. */

/** What a value is, for completion and checks. */
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
  /** What stands for the value in a syntax line. */
  readonly placeholder: string;
  readonly documentation: string;
  /** The values there are, where they are few. */
  readonly values?: readonly string[];
  readonly repeatable?: true;
  /** BuildKit puts variables into its value. */
  readonly expands?: true;
}

export interface MountOption {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly value: ValueKind;
  readonly documentation: string;
  readonly values?: readonly string[];
  /** May stand without `=value`. */
  readonly bare?: true;
}

export interface MountType {
  readonly type: 'bind' | 'cache' | 'secret' | 'ssh' | 'tmpfs';
  readonly documentation: string;
  readonly options: readonly MountOption[];
}

/** One way to write an instruction; parameters are pieces of the label, in order. */
export interface Form {
  readonly label: string;
  readonly parameters: readonly {
    readonly label: string;
    readonly documentation: string;
  }[];
}

/** A form with what is to be said of its parameters. */
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
  /** May stand before the first FROM. */
  readonly beforeFrom: boolean;
  /** May be the trigger of ONBUILD. */
  readonly inOnbuild: boolean;
  /** Several in one stage add up; otherwise the last one counts. */
  readonly repeatable: boolean;
  readonly deprecated?: true;
}
