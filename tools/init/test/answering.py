"""Runs a command on a terminal of its own and answers its questions: answering.py <answers as JSON> <command>...

The answers are pairs: a text to wait for, and the keys to press then. Prints what the command wrote.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios

answers, command = json.loads(sys.argv[1]), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    # A terminal without a size would wrap each letter.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 160, 0, 0))
    os.execvp(command[0], command)

seen = ""
place = 0
while True:
    ready, _, _ = select.select([terminal], [], [], 50)
    if not ready:
        os.kill(child, 9)
        sys.exit(f"no question after 50 s; so far: {seen}")
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    seen += part.decode(errors="replace")
    if answers and answers[0][0] in seen[place:]:
        place = len(seen)
        os.write(terminal, answers.pop(0)[1].encode())

_, status = os.waitpid(child, 0)
sys.stdout.write(seen)
sys.exit(os.waitstatus_to_exitcode(status))
