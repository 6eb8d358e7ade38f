/** Images for the real node: where each comes from, and how those are made that are made on this machine. */
export { buildImages, buildRecipes, type BuiltImage } from './build.ts';
export { serverFor } from './recipes.ts';
