/** What the build and the development server call: the site function, and what it is called with. */
export { readProject } from './project.ts';
export { site } from './site.ts';
export { parseOrigin } from './discovery.ts';
