/** The user by which a replica streams from its primary. */
export const replicationUser = 'replication';
