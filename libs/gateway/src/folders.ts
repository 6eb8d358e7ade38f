/** Mount paths of the configuration and of other applications' routes. They hide no files of the image. */
export const configurationFolder = '/etc/koku-gateway';
export const routesFolder = '/etc/koku-gateway-routes';

/** nginx writes its files here, because its root file system is read-only. */
export const temporaryFolder = '/tmp';
