/** The gateway's nginx.conf: routes requests, and limits their size and time. */
import {
  kokuApiReads,
  kokuApiWrites,
  kokuPrefix,
  largestBody,
  largestHeader,
  requestTimeout,
} from '@cost-onprem/contracts';
import type { Scratch } from '@cost-onprem/kit';
import { routesFolder, temporaryFolder } from './folders.ts';
import { connections, listenFile, listenOptions } from './listen.ts';
import { server } from './server-names.ts';
import { podFile } from './start.ts';

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

/** Requests that may be under way at once. Each holds up to 200 KiB: the buffers of its header, its body and its answer. */
export const requestsAtOnce = 512;

/** Seconds in which a client must send a whole header, and send or take the next part of a body. */
const headerTimeout = 10;
const bodyTimeout = 20;

const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((kind) => `  ${kind}_temp_path ${temporaryFolder}/${kind};`)
  .join('\n');

/**
 * Renders nginx.conf for a gateway that listens on a port. Valid for nginx 1.22 and newer.
 *
 * Each application is one name, that of a Service, which picks a ready pod. nginx sends no request twice
 * (`proxy_next_upstream off`), because it would repeat a PUT or DELETE whose answer was lost. It keeps no connection
 * for the next request, because a request on a connection to a stopping pod would fail.
 * @param port TCP port to listen on
 */
export const nginxConf = (port: number): string => `worker_processes 1;
pid ${temporaryFolder}/nginx.pid;
error_log /dev/stderr error;
# Connections and the files of large bodies. A container's own limit may be 1024.
worker_rlimit_nofile ${2 * connections};

events {
  worker_connections ${connections};
}

http {
${temporaryPaths}

  log_format access '$remote_addr "$request" $status $body_bytes_sent $request_time "$proxy_host"';
  access_log /dev/stdout access;
  server_tokens off;
  keepalive_timeout 65;

  # How many large buffers a header may fill, and the size of one, which one field or the request line must fit.
  large_client_header_buffers 2 ${largestHeader}k;

  # What unfinished requests may hold. No limit counts addresses, because all clients have that of the router.
  client_header_timeout ${headerTimeout}s;
  client_body_timeout ${bodyTimeout}s;
  send_timeout ${bodyTimeout}s;
  # A refused upload: how long nginx reads on, so that the client gets the answer.
  lingering_time 5s;
  lingering_timeout 2s;
  reset_timedout_connection on;
  map $uri $counted {
    default 1;
    /healthz '';
  }
  limit_conn_zone $counted zone=requests:32k;
  limit_conn requests ${requestsAtOnce};
  # Bodies of more than ten megabytes, which some applications hold in memory.
  map $content_length $large {
    default '';
    '~^[0-9]{8,}$' 1;
  }
  limit_conn_zone $large zone=large_bodies:32k;

  # A router in front names the client's protocol; without a router, use this server's.
  map $http_x_forwarded_proto $forwarded_proto {
    default $http_x_forwarded_proto;
    '' $scheme;
  }

  # The applications trust X-Rh-Identity, so only clients with the cluster's token may send it.
  include ${podFile};
  map $uri $admitted {
    default $bears_token;
    /healthz 1;
  }

  map $request_method $koku_api {
    default ${server(kokuApiWrites.http)};
    GET ${server(kokuApiReads.http)};
    HEAD ${server(kokuApiReads.http)};
  }
  resolver_timeout 5s;

  server {
    listen ${listenOptions(port)};
    include ${listenFile};

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
    # ingress stores an upload under this name, and a client must not choose one.
    proxy_set_header X-Rh-Insights-Request-Id $request_id;
    proxy_next_upstream off;
    # Answers may have headers as large as those of requests.
    proxy_buffer_size ${largestHeader}k;
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
