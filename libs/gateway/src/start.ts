/** The gateway's start command, which writes what only the pod knows: the token, the name servers and the IP families. */
import { listenFile, listenOptions } from './listen.ts';
import { temporaryFolder } from './folders.ts';
import { domainVariable } from './server-names.ts';

/** The file that nginx.conf includes in its block `http`: the token's map, the name servers and the Services' domain. */
export const podFile = `${temporaryFolder}/pod.conf`;

/** The environment variable with the token. */
export const tokenVariable = 'GATEWAY_TOKEN';

/**
 * Seconds for which nginx uses an address before it asks again. After a Service was created again requests fail for as long.
 * The lifetime that a cluster's name server gives may be 30 seconds.
 */
const addressLifetime = 5;

/**
 * Starts nginx.
 *
 * - nginx reads no environment variables, so a map has the token. The map uses a regular expression, because nginx compares
 *   plain strings without regard to case. Only the scheme may be in any case (RFC 9110, section 11.1).
 * - nginx reads no /etc/resolv.conf. An IPv6 address needs brackets, and nginx knows no zones (`fe80::1%eth0`).
 * - A listener on `[::]` fails on a node without IPv6. There the file of addresses is missing or empty.
 * @param configuration path of nginx.conf
 * @param port TCP port to listen on
 */
export const startCommand = (configuration: string, port: number): string => `set -eu
case "$${tokenVariable}" in
  '' | *[!A-Za-z0-9]*) echo "the token must be letters and digits alone" >&2; exit 1 ;;
esac
name_servers= domain=
while read -r key value others || [ -n "$key" ]; do
  case "$key $value" in
    nameserver*%*) ;;
    nameserver*:*:*) name_servers="$name_servers [$value]" ;;
    nameserver*) name_servers="$name_servers $value" ;;
    search*)
      for each in $value $others; do
        case "$each" in *.svc.*) domain=\${domain:-$each} ;; esac
      done ;;
  esac
done < /etc/resolv.conf
if [ -z "$name_servers" ] || [ -z "$domain" ]; then
  echo "/etc/resolv.conf must have a nameserver, and a search domain such as <namespace>.svc.cluster.local" >&2; exit 1
fi
umask 077
{
  printf 'map $http_authorization $bears_token {\\n  default 0;\\n  "~^(?i:Bearer) +%s$" 1;\\n}\\n' "$${tokenVariable}"
  printf 'resolver%s valid=${addressLifetime}s;\\n' "$name_servers"
  printf 'map "" ${domainVariable} {\\n  default %s;\\n}\\n' "$domain"
} > ${podFile}
: > ${listenFile}
if read -r _ 2>/dev/null < /proc/net/if_inet6; then
  echo 'listen ${listenOptions(port, '[::]:')};' > ${listenFile}
fi
unset ${tokenVariable}
exec nginx -e /dev/stderr -c ${configuration} -g 'daemon off;'`;
