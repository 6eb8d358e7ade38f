/** The inputs of the program. */
export interface Places {
  /** Folder with one file per Secret. Each line of a file has a key and the length of its value in characters. */
  readonly declarations: string;
  /** Folder with the account's token, the CA of the API server, and the namespace. */
  readonly account: string;
  /** URL of the API server. */
  readonly server: string;
}

/** The inputs in a pod. */
export const inPod: Places = {
  declarations: '/etc/secrets-to-make',
  account: '/var/run/secrets/kubernetes.io/serviceaccount',
  server: 'https://kubernetes.default.svc',
};

/** Seconds in which the API server may be out of reach, because DNS and policies need a moment for a new pod. */
const patience = 120;

/**
 * Creates each Secret without checking whether it exists, because the account may not read Secrets: the API server
 * refuses a second one of the same name. Values come from the kernel's random numbers and go only to the API server.
 * They are letters and digits, because these need no quoting. The program prints names, and only the status of an
 * error, because the text of an error might repeat the request.
 */
export const generate = ({
  declarations,
  account,
  server,
}: Places): string => `import json, secrets, ssl, string, sys, time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

account = Path("${account}")
url = f"${server}/api/v1/namespaces/{(account / 'namespace').read_text()}/secrets"
context = ssl.create_default_context(cafile=account / "ca.crt")
characters = string.ascii_letters + string.digits

def value(length):
    return "".join(secrets.choice(characters) for _ in range(int(length)))

def make(name, lengths):
    body = {
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": {"name": name, "labels": {"app.kubernetes.io/part-of": "cost-onprem"}},
        "stringData": {key: value(length) for key, length in lengths},
    }
    headers = {"Authorization": "Bearer " + (account / "token").read_text(), "Content-Type": "application/json"}
    try:
        urlopen(Request(url, json.dumps(body).encode(), headers), context=context, timeout=10).close()
        return "made"
    except HTTPError as error:
        if error.code == 409:
            return "is there already"
        raise

declared = sorted(Path("${declarations}").glob("[!.]*"))
if not declared:
    sys.exit("nothing is declared")
until = time.monotonic() + ${patience}
for file in declared:
    lengths = [line.split() for line in file.read_text().splitlines()]
    while True:
        try:
            print(f"{file.name}: {make(file.name, lengths)}", flush=True)
            break
        except OSError as error:
            status, reason = getattr(error, "code", None), getattr(error, "reason", error)
            print(f"{file.name}: the API server says {status} {reason}" if status else f"{file.name}: {reason}", flush=True)
            lasts = status < 500 and status != 429 if status else isinstance(reason, ssl.SSLCertVerificationError)
            if lasts or time.monotonic() > until:
                sys.exit(f"{file.name} could not be made")
            time.sleep(2)
`;
