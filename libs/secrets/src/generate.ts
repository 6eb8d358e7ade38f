/** Where the program finds what it needs. */
export interface Places {
  /** Folder with one file per Secret, and in it a line for each key: its name and the number of its characters. */
  readonly declarations: string;
  /** Folder with the account's token, the API server's authority, and the namespace. */
  readonly account: string;
  /** URL of the API server. */
  readonly server: string;
}

/** Those of a pod. */
export const inPod: Places = {
  declarations: '/etc/secrets-to-make',
  account: '/var/run/secrets/kubernetes.io/serviceaccount',
  server: 'https://kubernetes.default.svc',
};

/** Seconds for which the API server may not answer: names and policies take a moment to reach a new pod. */
const patience = 120;

/**
 * Makes each Secret without looking whether it is there, for the account may not look: the API server refuses a second
 * one of the same name. Values come from the kernel, go to the API server alone, and are letters and digits, which need
 * no quoting anywhere. What is printed are names; of an error only its status, for its text might repeat what was sent.
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
