"""A process run by a small parent: python -I -S spawn.py COMMAND … prints its seconds, peak memory (MiB) and exit status as JSON.

On Linux a child's peak memory begins as its parent's at the fork, so the parent must be smaller than what it measures.
"""

import json
import os
import sys
import time


def main() -> None:
    start = time.perf_counter()
    output = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[output])
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "mib": usage.ru_maxrss / 1024, "status": os.waitstatus_to_exitcode(status)}))


if __name__ == "__main__":
    main()
