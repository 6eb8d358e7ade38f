import { databaseMemory, databases, serversOf } from '@cost-onprem/contracts';
import type { Size } from '@cost-onprem/kit';
import type { PlatformProfile } from './profile.ts';

/**
 * Checks that each database server has enough memory for its connections, and returns the profile.
 * @throws Error naming the profile and every server with too little memory
 */
export const checkDatabases = (profile: PlatformProfile): PlatformProfile => {
  const sizes: Readonly<Record<string, Size>> = profile.services;
  const numbers: Readonly<Record<string, number>> = profile.connections;
  const faults = databases.flatMap((database) =>
    serversOf([database]).flatMap(({ name: server }) => {
      const limit = sizes[server]?.mebibytes[1];
      // The generator names a row that is missing, with its file.
      if (limit === undefined) return [];
      const connections = numbers[database.name] ?? 0;
      const needed = databaseMemory(limit, connections, database.work);
      return needed <= limit
        ? []
        : [`${server} needs ${needed} Mi for ${connections} connections, over its limit of ${limit}`];
    }),
  );
  if (faults.length > 0) throw new Error(`profile ${profile.name}: ${faults.join('; ')}`);
  return profile;
};
