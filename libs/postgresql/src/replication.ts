/** The user with which a replica streams from its primary. */
export const replicationUser = 'replication';
