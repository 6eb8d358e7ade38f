/** Where the images of a real node come from: archives, registries, packages, understudies. */
export { buildAllImages, giveClusterImages, giveNodeImages, giveServers, pinnedImages } from './give.ts';
export { defaultPreference, origins, parsePreference, type GivenImage, type Preference } from './origins.ts';
export { lastSegment } from './recipes.ts';
