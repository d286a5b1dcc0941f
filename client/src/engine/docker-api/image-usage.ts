/** What images share with each other, and the platforms that they are stored for. */
import { every, flag, list, number, object, text } from './json-readers.ts';
import { requestJson } from './requests.ts';
import type { Peer, Wire } from './wire.ts';
import type { ImageUsage } from '../objects.ts';

/** Rejects with EngineError. */
export async function imageUsage(
  wire: Wire,
  { api }: Pick<Peer, 'api'>,
): Promise<readonly ImageUsage[]> {
  // Engines before API 1.42 compute it only with the usage of the whole disk.
  if (Number(api.split('.')[1]) < 42) return [];
  // Only images in containerd have manifests; engines before API 1.47 ignore the parameter.
  const query = { 'shared-size': true, manifests: true };
  const request = { method: 'GET', path: '/images/json', query } as const;
  return (await requestJson(wire, request, every(rawImage))).map(usageOf);
}

interface RawManifest {
  readonly Kind?: string;
  readonly Available?: boolean;
  readonly Size?: { readonly Total?: number };
  readonly ImageData?: {
    readonly Platform?: {
      readonly os?: string;
      readonly architecture?: string;
      readonly variant?: string;
    };
  };
}

interface RawImage {
  readonly Id: string;
  readonly Size?: number;
  readonly SharedSize?: number;
  readonly Manifests?: readonly RawManifest[];
}

const rawPlatform = object<NonNullable<NonNullable<RawManifest['ImageData']>['Platform']>>({
  os: text,
  architecture: text,
  variant: text,
});

const rawImage = object<RawImage>(
  {
    Id: text,
    Size: number,
    SharedSize: number,
    Manifests: list(
      object<RawManifest>({
        Kind: text,
        Available: flag,
        Size: object<NonNullable<RawManifest['Size']>>({ Total: number }),
        ImageData: object<NonNullable<RawManifest['ImageData']>>({ Platform: rawPlatform }),
      }),
    ),
  },
  'Id',
);

function usageOf({ Id, Size = 0, SharedSize = -1, Manifests }: RawImage): ImageUsage {
  return {
    id: Id,
    size: Size,
    // -1 means that the engine did not compute it.
    ...(SharedSize >= 0 && { shared: SharedSize }),
    platforms: (Manifests ?? [])
      .filter(({ Kind, Available }) => Kind === 'image' && Available === true)
      .map(({ ImageData, Size: own }) => {
        const { os = '', architecture = '', variant = '' } = ImageData?.Platform ?? {};
        const name = [os, architecture, variant].filter((part) => part !== '').join('/');
        return { name, size: own?.Total ?? 0 };
      }),
  };
}
