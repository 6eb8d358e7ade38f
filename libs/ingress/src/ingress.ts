import {
  bucketClaim,
  ingress as listens,
  kafkaAddress,
  kafkaCredentials,
  largeUploadsAtOnce,
  largestUpload,
  objectStorage,
  objectStorageAddress,
  objectStorageCredentials,
  trustedCa,
  uploadTimeout,
  uploadTopic,
} from '@cost-onprem/contracts';
import { setting, workload, type Connection } from '@cost-onprem/kit';
import { image } from './image.ts';
import { ingressSettings } from './settings.ts';

/** Bytes in one Mi. */
const mebibyte = 1024 * 1024;

/**
 * Mi of one upload that it holds in memory: all of it and its multipart frame, because it never removes the file of a larger
 * one (tools/documentation/facts/ingress.md#memory).
 */
const inMemory = largestUpload + 5;

/** Mi at which Go frees memory more often: what the large uploads at once take, and the rest. */
const memory = 230 * largeUploadsAtOnce + 64;

/** A broker's address is one variable, and the program uses a protocol only with a mechanism. */
const kafka: Connection = {
  to: kafkaAddress.to,
  env: {
    KAFKA_HOST: kafkaAddress.host,
    KAFKA_PORT: kafkaAddress.port,
    INGRESS_KAFKABROKERS: '$(KAFKA_HOST):$(KAFKA_PORT)',
    INGRESS_KAFKASECURITYPROTOCOL: kafkaAddress.more['security-protocol'],
    INGRESS_SASLMECHANISM: kafkaAddress.more['sasl-mechanism'],
    INGRESS_KAFKAUSERNAME: kafkaAddress.more['sasl-username'],
    INGRESS_KAFKAPASSWORD: { ...kafkaCredentials.keys.password, optional: true },
    INGRESS_KAFKACA: kafkaAddress.more['ca-file'],
    INGRESS_KAFKAANNOUNCETOPIC: uploadTopic,
  },
};

/** It signs the addresses that Koku downloads from, so both must use the same host. */
const objectStore: Connection = {
  to: objectStorage.s3,
  env: {
    INGRESS_MINIOENDPOINT: setting(objectStorageAddress, 'host'),
    INGRESS_USESSL: setting(objectStorageAddress, 'tls'),
    INGRESS_STORAGEREGION: setting(objectStorageAddress, 'region'),
    INGRESS_MINIOACCESSKEY: objectStorageCredentials.keys.AWS_ACCESS_KEY_ID,
    INGRESS_MINIOSECRETKEY: objectStorageCredentials.keys.AWS_SECRET_ACCESS_KEY,
    // Overrides the key of the settings if there is a claim.
    INGRESS_STAGEBUCKET: bucketClaim.bucketName,
    SSL_CERT_FILE: setting(objectStorageAddress, 'ca-file'),
  },
};

/**
 * Stores each upload and announces it to Koku. It ends at once at SIGTERM, so the kubelet waits first for as long as an upload
 * may take (tools/documentation/facts/ingress.md#shutdown).
 */
export const ingress = workload({
  name: listens.http.workload,
  purpose: 'Takes uploads: stores each in a bucket, and announces it to Koku.',
  kind: 'Deployment',
  image,
  wave: 'application',
  scalable: true,
  listens,
  metrics: listens.metrics,
  settings: [ingressSettings],
  connects: [kafka, objectStore],
  contributions: [trustedCa],
  env: {
    INGRESS_WEBPORT: String(listens.http.number),
    INGRESS_METRICSPORT: String(listens.metrics.number),
    // The only type that a program of this platform reads.
    INGRESS_VALID_UPLOAD_TYPES: 'hccm',
    INGRESS_DEFAULTMAXSIZE: String(largestUpload * mebibyte),
    INGRESS_MAXUPLOADMEM: String(inMemory * mebibyte),
    GOMEMLIMIT: `${memory}MiB`,
  },
  probes: {
    startup: { check: { get: '/', on: listens.http }, every: 2, timeout: 2, failures: 30 },
    readiness: { check: { get: '/', on: listens.http }, every: 5, timeout: 5, failures: 3 },
    liveness: { check: { get: '/', on: listens.http }, every: 20, timeout: 10, failures: 5 },
  },
  beforeStop: { sleep: uploadTimeout },
  gracePeriod: uploadTimeout + 10,
});
