"""Bytes to messages and back, as Sources/Wire/Wire.docc has them: wire version 1.3.

Needs python3-xxhash, and millrace_pb2.py, which protoc makes from Sources/Wire/millrace.proto.
Whatever must be refused raises `Refused`, and nothing of the message is acted upon.
"""

import struct
from collections import namedtuple

import millrace_pb2 as pb
import xxhash
from google.protobuf.message import DecodeError

MAJOR, MINOR = 1, 3
LANE, RESULTS, STAGE, RECALL = 1, 2, 4, 6
INLINE, REFERENCE, RANGE, RESULT, FAILURE = 1, 2, 3, 16, 17
BEAT, ROSTER = 65, 66
VENTILATOR, WORKER, SINK, SUPERVISOR = 1, 2, 4, 8

MAXIMUM_ENTRIES = 65_536
MAXIMUM_STRING = 4_096
MAXIMUM_FAILURE = 65_536
MAXIMUM_ROSTER = 8 << 20
MAXIMUM_MEMBERS = 20_000
MAXIMUM_STAGE = 64 << 20
MAXIMUM_PARTITION = 1 << 30
MAXIMUM_FRAME = MAXIMUM_PARTITION + (64 << 20)

HEADER = struct.Struct("<BBBBIQQQQQIIQ")
ENTRY = struct.Struct("<IHBBQQ16s")
DIGESTED = 56

# `sender` and `subject` are (node id, incarnation).
Header = namedtuple("Header", "run stage sender subject")
# `place` is the offset in the file, or a range's first number; `numbers` are those of a range.
Entry = namedtuple("Entry", "index attempt kind length file place numbers digest payload")
Answer = namedtuple("Answer", "index attempt kind payload rows rows_out microseconds")

xxh3 = xxhash.xxh3_64_intdigest


class Refused(Exception):
    """A message that is not to be acted upon, and why."""


def require(condition, problem):
    if not condition:
        raise Refused(problem)


def check_version(frame):
    require(len(frame) >= 4, f"a message of {len(frame)} bytes")
    require(frame[0] == MAJOR, f"peer speaks wire version {frame[0]}, this is {MAJOR}: "
            "run the same release on both")


# Control messages: one frame.

def encode_beat(beat):
    return bytes([MAJOR, MINOR, BEAT, 0]) + beat.SerializeToString()


def decode_roster(frame):
    check_version(frame)
    require(frame[2] == ROSTER and frame[3] == 0, f"no roster, but kind {frame[2]}")
    require(len(frame) <= MAXIMUM_ROSTER + 4, f"a roster of {len(frame)} bytes")
    roster = parse(pb.Roster, frame[4:])
    require(roster.supervisor.incarnation != 0, "the supervisor has no incarnation")
    require(roster.sequence >= 1, "a roster without a sequence number")
    require(10**6 <= roster.interval_nanoseconds <= 3600 * 10**9, "an interval beyond its limits")
    require(roster.run.phase in (1, 2, 3, 4), f"phase {roster.run.phase} of a run")
    require(roster.run.phase != pb.RUN_PHASE_IDLE or roster.run.id == 0, "an idle run with an id")
    require(len(roster.members) <= MAXIMUM_MEMBERS, f"{len(roster.members)} members")
    before = -1
    for member in roster.members:
        require(member.node.node > before, "members that do not ascend")
        require(member.node.incarnation != 0, "a member without an incarnation")
        require(1 <= member.roles <= 15, f"roles {member.roles} of a member")
        require(0 < len(member.name.encode()) <= MAXIMUM_STRING, "a member's name")
        require(len(member.endpoints.key) in (0, 32), "a member's key")
        before = member.node.node
    return roster


def parse(kind, content):
    try:
        return kind.FromString(content)
    except (DecodeError, UnicodeDecodeError) as error:
        raise Refused(f"no {kind.DESCRIPTOR.name}: {error}") from None


# Data messages: two frames.

def header_digest(head, body):
    return xxh3(body, seed=xxh3(head))


def decode_lane(frames):
    """The header, and a stage specification or a list of entries, from what came on a lane.

    Takes and gives memory views: an entry's payload is a part of its frame.
    """
    require(len(frames) == 2, f"{len(frames)} frames instead of two")
    frame, payload = frames
    check_version(frame)
    require(len(frame) >= HEADER.size, "shorter than a header")
    (_, _, kind, flags, stage, run, sender, sender_incarnation, node, incarnation, count, reserved,
     digest) = HEADER.unpack_from(frame)
    body = payload if kind == STAGE else frame[HEADER.size:]
    require(digest == header_digest(frame[:DIGESTED], body), "damaged on the way")
    require(kind in (LANE, STAGE, RECALL), f"kind {kind} does not belong on a lane")
    require(flags == 0 and reserved == 0, "flags or reserved bytes")
    require(sender_incarnation != 0 and incarnation != 0, "an incarnation of 0")
    require(len(frame) == HEADER.size + ENTRY.size * count, "wrong length of the first frame")
    header = Header(run, stage, (sender, sender_incarnation), (node, incarnation))
    if kind == STAGE:
        require(count == 0, "entries in a stage message")
        return header, decode_stage(payload)
    require(1 <= count <= MAXIMUM_ENTRIES, f"{count} entries")
    if kind == RECALL:
        return header, []  # A worker may pass over all recalls.
    return header, list(decode_entries(frame[HEADER.size:], payload))


def decode_stage(payload):
    require(len(payload) <= MAXIMUM_STAGE, f"a stage of {len(payload)} bytes")
    specification = parse(pb.StageSpecification, bytes(payload))
    require(1 <= len(specification.steps) <= 256, f"{len(specification.steps)} steps")
    require(all(step.operator for step in specification.steps), "a step without an operator")
    require(len(specification.files) <= 100_000, f"{len(specification.files)} files")
    require(all(file.path.startswith("/") for file in specification.files), "a relative path")
    return specification


def decode_entries(table, payload):
    start = 0
    for index, attempt, kind, flags, length, digest, rest in ENTRY.iter_unpack(table):
        require(attempt >= 1 and flags == 0, f"attempt {attempt} or flags of entry {index}")
        require(kind in (INLINE, REFERENCE, RANGE), f"kind {kind} of entry {index}")
        first, second, place = struct.unpack("<IIq", rest)
        file, numbers = (None, second) if kind == RANGE else (first, None)
        require((first if kind == RANGE else second) == 0, f"reserved bytes of entry {index}")
        require(kind == RANGE or place >= 0, f"a negative offset of entry {index}")
        require(place + (numbers if kind == RANGE else length) < 2**63, f"the end of entry {index}")
        end = start if kind == REFERENCE else start + length
        require(end <= len(payload), "payloads longer than the second frame")
        yield Entry(index, attempt, kind, length, file, place, numbers, digest, payload[start:end])
        start = end
    require(start == len(payload), "payloads shorter than the second frame")


def encode_results(run, stage, me, answers):
    """A results message of the worker incarnation `me`, as its two frames."""
    entries = b"".join(
        ENTRY.pack(
            answer.index, answer.attempt, answer.kind, 0, len(answer.payload), xxh3(answer.payload),
            struct.pack("<IIII", clamp(answer.rows), 0, clamp(answer.rows_out),
                        clamp(answer.microseconds)))
        for answer in answers)
    head = HEADER.pack(MAJOR, MINOR, RESULTS, 0, stage, run, *me, 0, 0, len(answers), 0, 0)
    head = head[:DIGESTED]
    digest = struct.pack("<Q", header_digest(head, entries))
    payloads = [answer.payload for answer in answers]
    return head + digest + entries, payloads[0] if len(payloads) == 1 else b"".join(payloads)


def clamp(number):
    return min(number, 2**32 - 1)


def encode_failure(kind, message, file=None):
    cut = message.encode()[:MAXIMUM_FAILURE].decode(errors="ignore")
    return pb.Failure(kind=kind, message=cut, file=file).SerializeToString()
