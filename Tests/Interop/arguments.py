"""What a worker is started with."""

import argparse
import os

from keys import NodeKey
from network import Cluster, Local


def arguments(description):
    """What the command line says."""
    parser = argparse.ArgumentParser(description=description)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--directory", help="a run's private directory")
    place.add_argument("--to", help="the supervisor's HOST[:PORT]")
    parser.add_argument("--node", type=int, help="an id that no other node has")
    parser.add_argument("--name", help="a name for people")
    parser.add_argument("--interval", type=float, default=0.25, help="seconds between two beats")
    parser.add_argument("--patience", type=float, default=30,
                        help="seconds that a silent supervisor of a local run is waited for")
    parser.add_argument("--bind", help="the address to listen on; the one advertised by default")
    parser.add_argument("--advertise", help="the address that others connect to")
    parser.add_argument("--key-file", default=os.environ.get("MILLRACE_KEY_FILE"))
    parser.add_argument("--verbose", action="store_true", help="tell of each message answered")
    return parser.parse_args()


def network(given):
    """Where the run is that the command line names, and this node's key."""
    if given.directory:
        return Local(given.directory)
    key = None
    if given.key_file:
        key = NodeKey.load(given.key_file)
    elif "MILLRACE_KEY" in os.environ:
        key = NodeKey(os.environ["MILLRACE_KEY"].replace(";", "\n"), "MILLRACE_KEY")
    return Cluster(given.to, given.bind, given.advertise, key)
