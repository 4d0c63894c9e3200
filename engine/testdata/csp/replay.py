"""Measures the processor time of csp over a recording of lines `<ns epoch> {json}`: reads, decodes, and ticks a channel a stream, as gw replay does.

    python replay.py FILE       # gzip or not
"""

import gzip
import json
import sys
import time
from datetime import datetime, timedelta

import csp


def channels(rows):
    keys = sorted({row["stream"] for _, row in rows})

    @csp.graph  # rows come by closure: as an argument csp looks at each of them while wiring, which takes seconds
    def graph():
        number = csp.curve(int, [(at, i) for i, (at, _) in enumerate(rows)])
        every = csp.apply(number, lambda i: rows[i][1], object)
        name = csp.apply(every, lambda row: row["stream"], str)
        for key, ticks in csp.demultiplex(every, name, keys).items():
            csp.add_graph_output(key, csp.count(ticks), tick_count=1)

    return graph


def read(path):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        for line in lines:
            at, _, text = line.partition(" ")
            yield datetime(1970, 1, 1) + timedelta(microseconds=int(at) // 1000), json.loads(text)


def main():
    began = time.process_time()
    rows = list(read(sys.argv[1]))
    decoded = time.process_time()
    out = csp.run(channels(rows), starttime=rows[0][0], endtime=rows[-1][0])
    done = time.process_time()
    ticks = {key: values[0][1] for key, values in out.items()}
    print(f"{len(rows)} rows: {decoded - began:.2f} s to decode, {done - decoded:.2f} s to tick {ticks}")


if __name__ == "__main__":
    main()
