/** What the build and the development server call: the site function, and what it is called with. */
export { licenceFiles, placeOf, readPackages } from './licences.ts';
export { readProject } from './project.ts';
export { site } from './site.ts';
export { parseOrigin } from '#pages/seo.ts';
export { embedSizes } from '#pages/embedSizes.ts';
