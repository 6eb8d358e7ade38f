/** The folders and files that the start command uses. */
export interface Places {
  /** Folder of the volume. */
  readonly data: string;
  /** The committed part of the configuration. */
  readonly settings: string;
  /** The file that gets the whole configuration with the password. */
  readonly configuration: string;
  /** Percentage of the memory limit for data. Rewriting the append-only file needs the rest, because it forks. */
  readonly percentForData: number;
}

/**
 * Bytes at the end of the append-only file that a start may cut off without a person. The server flushes once a second,
 * so a crash of the node damages at most the last one or two seconds of it
 * (tools/documentation/facts/valkey.md#damaged-append-only-file). A larger damage is in the middle, and the part behind
 * it is worth a look.
 */
export const mayCutOff = 1024 * 1024;

/** Seconds for which a pod that needs a person stays, so that `kubectl exec` can reach the volume. */
const waitsForPerson = 600;

/**
 * Repairs a damaged end as Valkey's makers advise: check, copy, `--fix`. It copies only what the repair cuts off,
 * because that is all that the repair changes, and a copy of the whole might not fit the volume. The check tells the
 * last good byte; the server itself would cut off everything behind a damaged length, however much that is.
 */
const repair = (data: string): string => `files=${data}/appendonlydir
manifest=$files/appendonly.aof.manifest
if [ -e "$manifest" ] && ! report=$(valkey-check-aof "$manifest" 2>&1); then
  printf '%s\\n' "$report"
  last=$(sed -n 's/^file \\([^ ]*\\) .*/\\1/p' "$manifest" | tail -n 1)
  damaged=$(printf '%s\\n' "$report" | sed -n "s/^AOF analyzed: filename=$last, .*diff=\\([1-9][0-9]*\\)\\$/\\1/p")
  if [ -n "$damaged" ] && [ "$damaged" -le ${mayCutOff} ]; then
    mkdir -p ${data}/cut-off
    copy=${data}/cut-off/$(date -u +%Y%m%dT%H%M%SZ)-$last
    tail -c "$damaged" "$files/$last" > ${data}/cut-off/incomplete
    mv ${data}/cut-off/incomplete "$copy"
    echo y | valkey-check-aof --fix "$manifest" >/dev/null
    echo "the end of $last was damaged: $damaged bytes cut off, which are now in $copy"
  else
    echo "the append-only file is damaged, and a repair would cut off \${damaged:-an unknown number of} bytes: a person must decide, see CostCacheDown in the runbook"
    sleep ${waitsForPerson} &
    trap 'kill $!; exit 1' TERM
    wait $!
    exit 1
  fi
fi`;

/** Passes the password in a file of the pod, because other processes can read a command line. */
export const start = ({ data, settings, configuration, percentForData }: Places): string => `set -eu
umask 077
${repair(data)}
{
  printf 'include ${settings}\\n'
  printf 'requirepass %s\\n' "$REDISCLI_AUTH"
  printf 'maxmemory %smb\\n' "$((MEMORY_LIMIT * ${percentForData} / 100))"
} > ${configuration}
exec valkey-server ${configuration}`;
