/** The places of help, region by region: what a reader looks for first is where they live. */
import { HELP_REGIONS, type Data } from '#evidence/schema.ts';

type Place = Data['help'][string] & { readonly id: string };

/** Each region that has a place of help, in the order of the schema, with its places in the order of the data. */
export function helpByRegion({ help }: Pick<Data, 'help'>): { readonly region: Place['region']; readonly places: readonly Place[] }[] {
  const places = Object.entries(help).map(([id, place]): Place => ({ id, ...place }));
  return HELP_REGIONS.map((region) => ({ region, places: places.filter((place) => place.region === region) })).filter((one) => one.places.length > 0);
}
