/** How long Nx takes to work out the graph, measured by itself: it is part of every command. */
import { createProjectGraphAsync } from '@nx/devkit';

const start = performance.now();
await createProjectGraphAsync({ exitOnError: true });
console.log(performance.now() - start);
