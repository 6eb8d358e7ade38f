/** The gateway's nginx.conf: routes requests, and limits their size and time. */
import { kokuApiReads, kokuApiWrites, kokuPrefix, largestBody, requestTimeout } from '@cost-onprem/contracts';
import type { Endpoint, Scratch } from '@cost-onprem/kit';

const server = ({ workload, number }: Endpoint) => `${workload}:${number}`;

/** Mount paths of the configuration and of other applications' routes. They hide no files of the image. */
export const configurationFolder = '/etc/koku-gateway';
export const routesFolder = '/etc/koku-gateway-routes';

/** nginx writes its files here, because its root file system is read-only. */
const temporaryFolder = '/tmp';

/** Mi of an answer that nginx keeps on disk for a slow client. nginx fetches the rest as the client reads. */
const largestKeptAnswer = 64;

/** How many of the largest requests nginx can hold at once. Ten of the largest uploads need as much space. */
const heldAtOnce = 2;

/**
 * nginx writes the body of a request to disk until it has the whole body, so that a slow client does not occupy a process of
 * the application. It also writes the part of an answer that a slow client has not read yet.
 */
export const temporarySpace: readonly Scratch[] = [
  { path: temporaryFolder, mebibytes: heldAtOnce * (largestBody + largestKeptAnswer) },
];

/**
 * A map that says whether a request has the token. The start command writes it, because nginx reads no environment
 * variables.
 */
const tokenFile = `${temporaryFolder}/token.conf`;

/** The environment variable with the token. */
export const tokenVariable = 'GATEWAY_TOKEN';

/** Starts nginx. The map uses a regular expression, because nginx compares plain strings without regard to case. */
export const start = `set -eu
case "$${tokenVariable}" in
  '' | *[!A-Za-z0-9]*) echo "the token must be letters and digits alone" >&2; exit 1 ;;
esac
umask 077
printf 'map $http_authorization $bears_token {\\n  default 0;\\n  "~^Bearer %s$" 1;\\n}\\n' "$${tokenVariable}" > ${tokenFile}
unset ${tokenVariable}
exec nginx -e /dev/stderr -c ${configurationFolder}/nginx.conf -g 'daemon off;'`;

const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((kind) => `  ${kind}_temp_path ${temporaryFolder}/${kind};`)
  .join('\n');

/**
 * Renders nginx.conf for a gateway that listens on a port. Valid for nginx 1.22 and newer.
 *
 * Each upstream is one address, that of a Service, which picks a ready pod. nginx sends no request twice
 * (`proxy_next_upstream off`), because it would repeat a PUT or DELETE whose answer was lost. It keeps no connection
 * for the next request, because a request on a connection to a stopping pod would fail.
 * @param port TCP port to listen on
 */
export const nginxConf = (port: number): string => `worker_processes 1;
pid ${temporaryFolder}/nginx.pid;
error_log /dev/stderr error;

events {
  worker_connections 1024;
}

http {
${temporaryPaths}

  log_format access '$remote_addr "$request" $status $body_bytes_sent $request_time "$proxy_host"';
  access_log /dev/stdout access;
  server_tokens off;
  keepalive_timeout 65;

  # X-Rh-Identity is a large header; gunicorn itself takes fields of up to 16380 bytes.
  client_header_buffer_size 46k;
  large_client_header_buffers 4 46k;

  # A router in front names the client's protocol; without a router, use this server's.
  map $http_x_forwarded_proto $forwarded_proto {
    default $http_x_forwarded_proto;
    '' $scheme;
  }

  # The applications trust X-Rh-Identity, so only clients with the cluster's token may send it.
  include ${tokenFile};
  map $uri $admitted {
    default $bears_token;
    /healthz 1;
  }

  map $request_method $koku_api {
    default koku-api-writes;
    GET koku-api-reads;
    HEAD koku-api-reads;
  }

  upstream koku-api-reads {
    server ${server(kokuApiReads.http)} max_fails=0;
  }

  upstream koku-api-writes {
    server ${server(kokuApiWrites.http)} max_fails=0;
  }

  server {
    listen ${port};

    # Redirects keep the client's protocol, host and port.
    absolute_redirect off;

    if ($admitted = 0) {
      return 401;
    }
    error_page 401 = @unauthorized;
    location @unauthorized {
      add_header WWW-Authenticate 'Bearer realm="cost-management"' always;
      return 401;
    }

    proxy_http_version 1.1;
    proxy_set_header Connection close;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $forwarded_proto;
    # The applications must not see the token.
    proxy_set_header Authorization '';
    proxy_next_upstream off;
    # Answers may have headers as large as those of requests.
    proxy_buffer_size 16k;
    proxy_buffers 8 16k;
    proxy_max_temp_file_size ${largestKeptAnswer}m;
    proxy_connect_timeout 5s;

    location = /healthz {
      access_log off;
      return 200;
    }

    location ${kokuPrefix}/ {
      client_max_body_size ${largestBody}m;
      # gunicorn gives up after ${requestTimeout} s; wait longer, so that the client gets its answer.
      proxy_read_timeout ${requestTimeout + 10}s;
      proxy_send_timeout ${requestTimeout + 10}s;
      proxy_pass http://$koku_api;
    }

    # One file for each other application of this cluster.
    include ${routesFolder}/*.conf;

    location / {
      return 404;
    }
  }
}
`;
