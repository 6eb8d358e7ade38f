/** Stand-ins for the images that clusters pin, made on this machine from the real software. */
export { buildImages, type BuiltImage } from './build.ts';
export { standInFor } from './recipes.ts';
