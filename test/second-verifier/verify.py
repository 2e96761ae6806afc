#!/usr/bin/env python3
"""A second verifier of bundles, written from docs/verify.md alone. Python's standard library and PyNaCl (Debian: python3-nacl).

Usage: verify.py FILE...   One line a file: "good FILE", or "bad FILE: check: reason". Exit code 0 when all are good. With - for the only
file, names of files come on standard input, one a line.
"""
import base64
import binascii
import hashlib
import json
import math
import re
import struct
import sys
from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cmp_to_key

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

PHASES = "draft announced consultation ideas review support voting counting results implementation closed".split()
NOT_AFTER_CLOSE = set(
    "way-changed person-checked facilitator-named assist-opened roll-imported roll-approved cards-printed cards-handed-over cards-reissued extended telegram-away".split()
)
CARD_ACTS = {
    "cards-printed": None,
    "cards-handed-over": "in hands",
    "cards-reissued": "dead",
    "cards-returned": "returned",
    "cards-destroyed": "destroyed",
}
FEW = 10


class Bad(Exception):
    pass


def need(holds, check, reason):
    if not holds:
        raise Bad(f"{check}: {reason}")


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def hexsha(*parts):
    return sha(*parts).hex()


def canonical(value):
    """The one spelling of JSON; JavaScript sorts by UTF-16 units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    need(not isinstance(value, float), "archive", "a number is not whole")
    return json.dumps(value, ensure_ascii=False)


def read_json(text, check, name):
    try:
        value = json.loads(text)
        same = canonical(value) == text
    except (ValueError, RecursionError):
        raise Bad(f"{check}: {name} is no JSON")
    need(same, check, f"{name} is not canonical")
    return value


# --- the archive

def write_zip(files):
    body, central, at = [], [], 0
    for name, content in files:
        raw = name.encode("ascii")
        common = struct.pack(
            "<HHHHHIIIHH", 10, 0, 0, 0, 0x21, binascii.crc32(content), len(content), len(content), len(raw), 0
        )
        body.append(struct.pack("<I", 0x04034B50) + common + raw + content)
        central.append(struct.pack("<IH", 0x02014B50, 10) + common + struct.pack("<HHHII", 0, 0, 0, 0, at) + raw)
        at += 30 + len(raw) + len(content)
    ends = b"".join(central)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(files), len(files), len(ends), at, 0)
    return b"".join(body) + ends + tail


def read_zip(data):
    files, at = [], 0
    while data[at : at + 4] == b"PK\x03\x04" and at + 30 <= len(data):
        size, length = struct.unpack_from("<I", data, at + 18)[0], struct.unpack_from("<H", data, at + 26)[0]
        start = at + 30 + length
        try:
            name = data[at + 30 : start].decode("ascii")
        except UnicodeDecodeError:
            raise Bad("archive: a name is not plain")
        need(re.fullmatch(r"[\w.-]+(/[\w.-]+)*", name), "archive", "a name is not plain")
        files.append((name, data[start : start + size]))
        at = start + size
    need(files and len({name for name, _ in files}) == len(files), "archive", "no archive")
    need(write_zip(files) == data, "archive", "not in its one spelling")
    return files


def read_files(data):
    files = read_zip(data)
    wanted = ["bundle.json", "key", "rules.json", "checkpoints", "leaves", "cards", "results.json"]
    need([name for name, _ in files[:7]] == wanted, "archive", "other files")
    texts = []
    for name, content in files:
        need(content == b"" or content.endswith(b"\n"), "archive", f"{name} does not end with a line")
        try:
            texts.append((name, content.decode("utf-8")))
        except UnicodeDecodeError:
            raise Bad(f"archive: {name} is not UTF-8")
    text = dict(texts[:7])
    about = read_json(text["bundle.json"][:-1], "archive", "bundle.json")
    rules = read_json(text["rules.json"][:-1], "archive", "rules.json")
    results = read_json(text["results.json"][:-1], "archive", "results.json")
    need(about == {"format": "dauys-bundle-v1", "cycle": rules["cycle"]}, "archive", "bundle.json")
    return text, rules, results, texts[7:]


# --- the log

def tree_root(full):
    if not full:
        return sha(b"")
    root = full[-1]
    for left in reversed(full[:-1]):
        root = sha(b"\x01", left, root)
    return root


def strict_base64(text, check):
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Bad(f"{check}: not base64")
    need(base64.b64encode(raw).decode() == text, check, "not base64")
    return raw


def read_key(text):
    need(text.count("\n") == 1 and text.count("+") >= 2, "archive", "key")
    origin, key_id, coded = text[:-1].split("+", 2)
    raw = strict_base64(coded, "archive")
    need(len(raw) == 33 and raw[0] == 1, "archive", "key")
    need(sha(origin.encode() + b"\n" + raw)[:4].hex() == key_id, "archive", "key id")
    return origin, bytes.fromhex(key_id), VerifyKey(raw[1:])


def read_checkpoints(text, origin, key_id, key):
    note = r"[^\n]+\n[^\n]+\n[^\n]+\n\n(?:\u2014 [^\n]+\n)+"
    need(re.fullmatch(f"(?:{note})+", text), "checkpoints", "four lines each, and signatures")
    heads, further = [], []
    for one in re.findall(note, text):
        name, size, root, empty, signature, *others = one.split("\n")[:-1]
        need(name == origin and empty == "" and re.fullmatch(r"0|[1-9]\d{0,15}", size), "checkpoints", "form")
        start = f"\u2014 {origin} "
        need(signature.startswith(start), "checkpoints", "signed by another")
        raw = strict_base64(signature[len(start) :], "checkpoints")
        need(len(raw) == 68 and raw[:4] == key_id, "checkpoints", "signed by another key")
        try:
            key.verify(f"{name}\n{size}\n{root}\n".encode(), raw[4:])
        except BadSignatureError:
            raise Bad("checkpoints: forged")
        digest = strict_base64(root, "checkpoints")
        need(len(digest) == 32 and (not heads or int(size) > heads[-1][0]), "checkpoints", "order")
        heads.append((int(size), digest))
        further.append((int(size), f"{name}\n{size}\n{root}\n", others))
    return heads, further


def check_witnesses(leaves, further):
    """Each `cosigned` is by a witness named before, of a checkpoint; under the checkpoints stand those lines and no other."""
    texts = {size: text for size, text, _ in further}
    witnesses, lines = {}, {size: [] for size in texts}
    for seq, (event, _) in enumerate(leaves):
        if event and event["kind"] == "witness-added":
            witnesses[event["key"]] = event["name"]
        if not event or event["kind"] != "cosigned":
            continue
        size, key, seconds = event["size"], bytes.fromhex(event["key"]), event["time"]
        need(event["key"] in witnesses and size in texts, "checkpoints", f"leaf {seq}: no such witness or checkpoint")
        name, signature = witnesses[event["key"]], bytes.fromhex(event["signature"])
        try:
            VerifyKey(key).verify(f"cosignature/v1\ntime {seconds}\n{texts[size]}".encode(), signature)
        except BadSignatureError:
            raise Bad(f"checkpoints: leaf {seq}: the witness did not sign that")
        key_id = sha(name.encode() + b"\n\x04" + key)[:4]
        coded = base64.b64encode(key_id + seconds.to_bytes(8, "big") + signature).decode()
        lines[size].append(f"\u2014 {name} {coded}")
    for size, _, others in further:
        need(others == lines[size], "checkpoints", f"other witnesses under the head of {size} leaves")


def read_leaves(text, cycle, heads):
    lines = text.split("\n")[:-1]
    need(lines and heads[-1][0] == len(lines), "log", "another number of leaves than was signed")
    sizes, full, leaves, roots = {size for size, _ in heads}, [], [], {}
    for seq, line in enumerate(lines):
        event = None
        if re.fullmatch(r"[0-9a-f]{64}", line):
            digest = bytes.fromhex(line)
        else:
            digest = sha(b"\x00", line.encode())
            value = read_json(line, "log", f"leaf {seq}")
            need(isinstance(value, list) and len(value) == 2 and value[0] == "dauys-event-v1", "log", f"leaf {seq}")
            event = value[1]
            need(isinstance(event, dict) and "kind" in event, "log", f"leaf {seq}")
            need(event.get("cycle", cycle) == cycle, "log", f"leaf {seq} is of another vote")
        leaves.append((event, digest))
        rest, node = seq, digest
        while rest % 2 == 1:
            node, rest = sha(b"\x01", full.pop(), node), rest // 2
        full.append(node)
        if seq + 1 in sizes or (event and event["kind"] == "closed"):
            roots[seq + 1] = tree_root(full)
    for size, digest in heads:
        need(roots.get(size) == digest, "checkpoints", f"the root of {size} leaves is another")
    return leaves, roots


# --- what the acts say

def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def away_close(rules, event, aways, closes_at, opened, seq):
    """Where the close is after Telegram was away: moved once, by the frozen rule, or not at all."""
    start, end, done = (moment(event[name]) for name in ("from", "until", "at"))
    need(opened is not None and "away" in rules and start < end <= done, "rules", f"leaf {seq} is away out of order")
    need(not aways or aways[-1][1] <= start, "rules", f"leaf {seq} is away twice")
    moved = any(to for _, _, to in aways)
    aways.append((start, end, event.get("closes_at")))
    close, none = moment(closes_at), timedelta()
    need(done < close, "rules", f"leaf {seq} is away after the close")
    lost = sum((max(none, min(close, b) - max(close - timedelta(days=1), a)) for a, b, _ in aways), none)
    due = not moved and lost > timedelta(minutes=rules["away"]["minutes"])
    need(due == ("closes_at" in event), "rules", f"leaf {seq} moves the close, or does not")
    if not due:
        return closes_at
    need(moment(event["closes_at"]) == close + timedelta(hours=rules["away"]["hours"]), "rules", "another close")
    return event["closes_at"]


def check_course(rules, leaves, heads):
    opened = closed = closes_at = None
    phase = "draft"
    aways = []
    for seq, (event, _) in enumerate(leaves):
        kind = event["kind"] if event else "ballot"
        if kind == "ballot":
            need(opened is not None and closed is None, "ballots", f"leaf {seq} is outside the time of voting")
            continue
        if "by" in event and "second" in event:
            need(event["by"] != event["second"], "rules", f"leaf {seq} is by one official twice")
        need(closed is None or kind not in NOT_AFTER_CLOSE, "rules", f"{kind} after the close")
        need(opened is None or kind != "projects-imported", "rules", "a list after the opening")
        if kind == "opened":
            need(opened is None and closed is None, "rules", "opened twice")
            opened, closes_at = event, event.get("closes_at")
        elif kind in ("extended", "resumed"):
            closes_at = event["closes_at"]
        elif kind == "telegram-away":
            closes_at = away_close(rules, event, aways, closes_at, opened, seq)
        elif kind == "closed":
            need(opened is not None and closed is None, "rules", "closed twice, or before the opening")
            closed = seq
        elif kind == "phase":
            forward = event["to"] in PHASES and PHASES.index(event["to"]) > PHASES.index(phase)
            need(event["from"] == phase and forward, "rules", "phases")
            early = closes_at and moment(event["at"]) < moment(closes_at)
            need(not (phase == "voting" and early) or rules["trial"], "rules", "closed early")
            phase = event["to"]
    need(opened is not None and closed is not None, "rules", "never opened or closed")
    frozen = hexsha(canonical(rules).encode())
    need(opened["rules"] == frozen and opened["key"] == rules["key"] and opened["seed"] == rules["seed"], "rules", "not the frozen ones")
    need(any(size == closed + 1 for size, _ in heads), "checkpoints", "none at the close")
    return closed


def counted_of(tally):
    return tally["counted"] + tally.get("paper", 0)


def check_sums(rules, pots, leaves):
    tallies = {}
    for pot in pots:
        tally = pot["ballots"]
        need(tallies.setdefault(pot["village"], tally) == tally, "sums", "pots of a village differ")
        need(set(tally) - {"paper", "test"} == {"cast", "counted", "superseded", "void", "set_aside"}, "sums", "form")
        need(all(isinstance(number, int) and number >= 0 for number in tally.values()), "sums", "form")
    shown, bare, asides, paper, boxes, closed = {}, 0, {}, {}, {}, False
    for seq, (event, digest) in enumerate(leaves):
        if event is None:
            bare += 1
        elif event["kind"] == "ballot":
            shown[event["village"]] = shown.get(event["village"], 0) + 1
        elif event["kind"] == "ballot-set-aside":
            at = event["seq"]
            need(at not in asides and at < seq, "sums", "set aside")
            meant, known = leaves[at]
            need((meant is None or meant["kind"] == "ballot") and known.hex() == event["leaf"], "sums", "set aside")
            asides[at] = True
        elif event["kind"] == "way-changed" and event["way"] == "paper":
            paper[event["village"]] = paper.get(event["village"], 0) + 1
        elif event["kind"] == "closed":
            closed = True
        elif event["kind"] == "paper-entered":
            village = event["village"]
            need(closed and village not in boxes and event["by"] != event["second"], "sums", "paper box")
            need(event["marks"] == paper.get(village, 0) > 0, "sums", f"papers handed out in village {village}")
            fits = event["ballots"] + event["spoiled"] == event["marks"] - event["returned"]
            boxes[village] = {"ballots": event["ballots"], "settled": fits, "note": False}
        elif event["kind"] == "paper-explained":
            box = boxes.get(event["village"])
            need(box is not None and not box["note"], "sums", "note on a paper box")
            box["settled"] = box["note"] = True
        elif event["kind"] == "counted" and paper.get(event["village"], 0) > 0:
            need(boxes.get(event["village"], {"settled": False})["settled"], "sums", "paper box is open")
    few, logged = 0, bare
    check_left_out(tallies, leaves)
    for village, tally in tallies.items():
        parts = tally["counted"] + tally["superseded"] + tally["void"] + tally["set_aside"] + tally.get("test", 0)
        need(tally["cast"] == parts, "sums", f"village {village}")
        need(tally.get("paper", 0) == boxes.get(village, {"ballots": 0})["ballots"], "sums", f"papers of village {village}")
        if counted_of(tally) >= FEW:
            need(shown.pop(village, 0) == tally["cast"], "sums", f"ballots of village {village}")
        else:
            few += tally["cast"]
            logged += shown.pop(village, 0)
        need(rules["revote"] != "none" or tally["superseded"] == 0, "sums", "replaced where nobody may")
        need(tally["void"] <= paper.get(village, 0), "sums", f"void ballots of village {village}")
    need(not shown, "sums", "ballots of another village")
    need(few == logged, "sums", "ballots where few voted")
    need(len(asides) == sum(tally["set_aside"] for tally in tallies.values()), "sums", "set aside")
    return tallies


def check_left_out(tallies, leaves):
    tests = [seq for event, _ in leaves if event and event["kind"] == "tests-opened" for seq in event["ballots"]]
    need(len(set(tests)) == len(tests) == sum(tally.get("test", 0) for tally in tallies.values()), "sums", "ballots left out")
    need(all(seq < len(leaves) and (leaves[seq][0] or {"kind": "ballot"})["kind"] == "ballot" for seq in tests), "sums", "no ballot")
    for village, tally in tallies.items():
        own = sum(1 for seq in tests if leaves[seq][0] and leaves[seq][0].get("village") == village)
        need(counted_of(tally) < FEW or own == tally.get("test", 0), "sums", f"ballots left out in village {village}")


def check_roll(rules, tallies, leaves):
    rows, proposed, opened, seen, claims = {}, {}, False, {}, {}
    helped = check_assisted(rules, leaves)
    for event, _ in leaves:
        kind = event and event["kind"]
        if kind == "opened":
            opened = True
        elif kind == "roll-imported":
            if rules["profile"] == "binding" or (opened and not rules["trial"]):
                proposed[event["file"]] = event["rows"]
            else:
                add(rows, event["rows"])
        elif kind == "roll-approved":
            said = proposed.pop(event["file"], None)
            need(said is not None, "roll", "approved and never proposed")
            need(all(count <= said.get(village, 0) for village, count in event["rows"].items()), "roll", "more than proposed")
            add(rows, event["rows"])
        elif kind == "person-checked":
            seen.setdefault(event["village"], set()).add(event["row"])
        elif kind in ("claimed", "claim-released") and rules["method"] == "in-person":
            add(claims, {event["village"]: 1 if kind == "claimed" else -1})
            need(claims[event["village"]] <= len(seen.get(event["village"], ())), "roll", "claimed and not seen")
    for village, tests in check_tests(rules, leaves).items():
        rows[village] = rows.get(village, 0) - tests
    for village, tally in tallies.items():
        voted = tally["counted"] + tally["set_aside"] + max(tally["void"], tally.get("paper", 0))
        need(voted <= rows.get(village, 0), "roll", f"village {village}")
        online = tally["cast"] - tally["superseded"]
        need(rules["method"] != "in-person" or online <= len(seen.get(village, ())) + helped.get(village, 0), "roll", f"village {village} not seen")


def check_tests(rules, leaves):
    """How many rows of each village are tests."""
    sealed, opened, rows, state = {}, set(), {}, "before"
    for event, _ in leaves:
        kind = event and event["kind"]
        if kind in ("opened", "closed"):
            state = kind
        elif kind == "tests-sealed":
            need(state == "before", "roll", "tests sealed late")
            sealed[event["list"]] = event["tests"]
        elif kind == "tests-opened":
            need(state == "closed", "roll", "tests opened at the wrong time")
            said = {"format": "dauys-tests-v1", "cycle": rules["cycle"], "salt": event["salt"]}
            said["tests"] = sorted(event["tests"], key=lambda test: f"{test[0]} {test[1]:09d}")
            need(hexsha((canonical(said) + "\n").encode()) == event["list"], "roll", "another list of tests")
            need(sealed.get(event["list"]) == len(event["tests"]) and event["list"] not in opened, "roll", "tests not sealed")
            opened.add(event["list"])
            for village, _, _ in event["tests"]:
                add(rows, {village: 1})
        elif kind == "counted":
            state = "counted"
            need(opened == set(sealed), "roll", "counted before the tests were open")
    return rows


def check_assisted(rules, leaves):
    """How many rows of each village were helped."""
    named, left, rows, people = {}, {}, {}, {}
    for event, _ in leaves:
        kind = event and event["kind"]
        if kind == "facilitator-named":
            need(event["by"] != event.get("second", None if rules["trial"] else event["by"]), "roll", "a facilitator named by one")
            need(event["account"] not in (event["by"], event.get("second")), "roll", "a facilitator named themselves")
            need(moment(event["until"]) > moment(event["at"]), "roll", "a facilitator for a time that was over")
            named[event["village"], event["account"]] = moment(event["until"])
        elif kind == "facilitator-ended":
            named.pop((event["village"], event["account"]), None)
        elif kind == "assist-opened":
            village, until = event["village"], named.get((event["village"], event["by"]))
            need(until is not None and moment(event["at"]) < until, "roll", "a session of no facilitator")
            add(left, {village: 1})
            rows.setdefault(village, set()).add(event["row"])
            own = people.setdefault(event["by"], set())
            own.add(event["row"])
            need(len(own) <= rules.get("helped", 100), "roll", "a facilitator helped too many")
        elif kind == "ballot" and event["channel"] == "assisted":
            add(left, {event["village"]: -1})
            need(left[event["village"]] >= 0, "roll", "an assisted ballot without a session")
    return {village: len(some) for village, some in rows.items()}


def add(sums, counts):
    for key, count in counts.items():
        sums[key] = sums.get(key, 0) + count


def read_cards(text):
    lists = {}
    for line in text.split("\n")[:-1]:
        need(re.fullmatch(r"\d+ \d+(,\d+)*", line), "cards", "form")
        seq, serials = line.split(" ")
        lists[int(seq)] = [int(serial) for serial in serials.split(",")]
    again = "".join(f"{seq} {','.join(map(str, serials))}\n" for seq, serials in lists.items())
    need(again == text, "cards", "form")
    return lists


def check_cards(rules, tallies, leaves, lists):
    state, printers, ways = {}, {}, {}
    for seq, (event, _) in enumerate(leaves):
        kind = event and event["kind"]
        if kind == "way-changed" and event["way"] != "open":
            add(ways, {event["village"]: 1})
        if kind not in CARD_ACTS:
            need(seq not in lists, "cards", f"leaf {seq} is not about cards")
            continue
        serials = sorted(set(lists.get(seq, [])))
        need(len(serials) == event["serials"], "cards", f"leaf {seq} has another number of cards")
        need(hexsha(",".join(map(str, serials)).encode()) == event["list"], "cards", f"leaf {seq} has other cards")
        need(lists.get(seq, []) == serials, "cards", f"leaf {seq} is not in order")
        for serial in serials:
            card = (event["village"], serial)
            if kind == "cards-printed":
                printers[card] = event["by"]
                continue
            if kind == "cards-handed-over":
                need(printers.get(card) != event["by"] or event.get("alone"), "cards", "handed over by who printed")
            if kind == "cards-reissued" and state.get(card) == "in hands":
                need("second" in event or rules["trial"], "cards", "reissued by one")
            state[card] = CARD_ACTS[kind]
    need(all(seq < len(leaves) for seq in lists), "cards", "of no leaf")
    if rules["method"] != "card":
        return
    for village, tally in tallies.items():
        hands = sum(1 for (where, _), now in state.items() if where == village and now == "in hands")
        voted = tally["cast"] - tally["superseded"]
        need(voted <= hands + ways.get(village, 0), "cards", f"village {village} has more votes than cards")


# --- the count

def read_ballot(line, terms, projects):
    """What the ballot is worth to each project, or None."""
    place = {project["id"]: at for at, project in enumerate(projects)}
    words = line.split(",") if line else []
    kind, worth, ids = terms["kind"], {}, []
    for word in words:
        name, points = word, 1
        if kind == "points":
            if not re.fullmatch(r"[^=]+=(0|-?[1-9]\d*)", word):
                return None
            name, digits = word.split("=")
            points = int(digits)
        if name not in place or name in worth:
            return None
        ids.append(name)
        worth[name] = points
    if kind != "ranking" and kind != "choose-1" and ids != sorted(ids, key=place.get):
        return None
    if kind == "approval":
        return worth if terms["min"] <= len(ids) <= terms["max"] else None
    if kind == "choose-1":
        return worth if len(ids) == 1 else None
    if kind == "knapsack":
        cost = sum(projects[place[name]]["cost"] for name in ids)
        return worth if cost <= terms["budget"] and len(ids) >= terms["min"] else None
    if kind == "ranking":
        return {name: len(ids) - at for at, name in enumerate(ids)} if terms["min"] <= len(ids) <= terms["max"] else None
    points = worth.values()
    within = all(terms["least"] <= one <= terms["most"] for one in points) and terms["min"] <= len(ids) <= terms["max"]
    most = terms["maxSum"]
    if not within or sum(points) < terms["minSum"] or (most is not None and sum(points) > most):
        return None
    return {**({name: terms["unlisted"] for name in place} if terms["unlisted"] else {}), **worth}


class Money:
    """An amount while everybody's share is e + d: what it is at d = 0, and by how much it grows with d."""

    def __init__(self, now, slope=0):
        self.now, self.slope = Fraction(now), Fraction(slope)

    def minus(self, other):
        return Money(self.now - other.now, self.slope - other.slope)

    def times(self, factor):
        return Money(self.now * factor, self.slope * factor)


class Reach:
    """Compares amounts, and remembers up to which whole d every comparison comes out the same."""

    def __init__(self):
        self.most = None

    def compare(self, a, b):
        gap, slope = a.now - b.now, a.slope - b.slope
        if slope and (gap == 0 or (gap < 0) == (slope > 0)):
            most = 0 if gap == 0 else math.ceil(-gap / slope) - 1
            self.most = most if self.most is None else min(self.most, most)
        return (gap > 0) - (gap < 0)


def buy(rule, share, priced, groups, chain):
    """What supporters buy together when everybody has this share: ids in order, and how far the share may grow without another outcome."""
    reach, held, bought = Reach(), [Money(share, 1) for _ in groups], []
    while True:
        best = None
        for one in priced:
            if one["id"] in bought:
                continue
            backers = [(at, times, worth[one["id"]]) for at, (times, worth) in enumerate(groups) if worth.get(one["id"], 0) > 0]
            backers.sort(key=cmp_to_key(lambda a, b: reach.compare(held[a[0]].times(Fraction(1, a[2])), held[b[0]].times(Fraction(1, b[2])))))
            rest, points, price = Money(one["cost"]), sum(times * worth for _, times, worth in backers), None
            for at, times, worth in backers:
                each = rest.times(Fraction(1, points))
                if reach.compare(each.times(worth), held[at]) <= 0:
                    price = each
                    break
                rest, points = rest.minus(held[at].times(times)), points - times * worth
            if price is None:
                continue
            asks = price.times(Fraction(1, one["cost"])) if rule["utility"] == "cost" else price
            gap = -1 if best is None else reach.compare(asks, best[2])
            if gap < 0 or (gap == 0 and chain(one) < chain(best[0])):
                best = (one, price, asks)
        if best is None:
            return bought, reach.most
        one, price, _ = best
        bought.append(one["id"])
        for at, (_, worth) in enumerate(groups):
            if worth.get(one["id"], 0) > 0:
                due = price.times(worth[one["id"]])
                held[at] = held[at].minus(due) if reach.compare(due, held[at]) < 0 else Money(0)


def equal_shares(rule, budget, running, groups, score, chain, go_down):
    voters = sum(times for times, _ in groups)
    if rule["eligibility"] and budget:
        num, den = rule["eligibility"]
        running = [one for one in running if score[one["id"]] * den * budget >= num * one["cost"] * voters]
    free, left = go_down([one for one in running if one["cost"] == 0 and score[one["id"]] > 0], [], budget)
    priced = [one for one in running if one["cost"] > 0 and score[one["id"]] > 0]
    cost = {one["id"]: one["cost"] for one in running}
    share = Fraction(budget, max(1, voters))
    share = Fraction(math.floor(share)) if rule["start"] == "whole" else share
    bought, most = buy(rule, share, priced, groups, chain)
    while rule["completion"] in ("add1", "add1u"):
        left = budget - sum(cost[name] for name in bought)
        fits = any(one["cost"] <= left and one["cost"] > 0 and one["id"] not in bought for one in running)
        if len(bought) == len(priced) or (rule["exhaustive"] and not fits):
            break
        share += (most or 0) + 1
        raised, most = buy(rule, share, priced, groups, chain)
        if sum(cost[name] for name in raised) > budget:
            break
        bought = raised
    winners, left = [*free, *bought], budget - sum(cost[name] for name in bought)
    if rule["completion"] in ("greedy", "add1u"):
        winners, left = go_down([one for one in running if one["id"] not in winners], winners, left)
    if rule["comparison"] != "none":
        others, rest = go_down(running, [], budget)
        balance = 0
        for times, worth in groups:
            mine, theirs = (sum(worth.get(name, 0) for name in some) for some in (winners, others))
            if rule["comparison"] == "coverage":
                mine, theirs = ((worth > 0) - (worth < 0) for worth in (mine, theirs))
            balance += times * ((mine > theirs) - (mine < theirs))
        if balance < 0:
            return others, rest
    return winners, left


def recount(rules, pot, lines, tie_seed):
    projects, terms, rule = pot["projects"], pot.get("ballot", rules["ballot"]), rules["rule"]
    several = any(pot in one["pots"] and len(one["pots"]) > 1 for one in rules["villages"])
    votes = {project["id"]: 0 for project in projects}
    score, groups = dict(votes), []
    for line, times in Counter(lines).items():
        worth = {} if several and line == "" else read_ballot(line, terms, projects)
        need(worth is not None, "results", "a ballot breaks the rules")
        groups.append((times, worth))
        for name, points in worth.items():
            votes[name] += times
            score[name] += points * times
    row = {project["id"]: at for at, project in enumerate(projects)}
    orders = {
        "lots": lambda one: sha(tie_seed, one["id"].encode()).hex(),
        "rows": lambda one: row[one["id"]],
        "cheaper": lambda one: one["cost"],
        "dearer": lambda one: -one["cost"],
        "votes": lambda one: -score[one["id"]],
    }

    def before(a, b):
        if rule["rule"] != "greedy-per-cost":
            gap = score[b["id"]] - score[a["id"]]
        else:
            free = [one["cost"] == 0 and score[one["id"]] > 0 for one in (a, b)]
            gap = free[1] - free[0] if any(free) else score[b["id"]] * (a["cost"] or 1) - score[a["id"]] * (b["cost"] or 1)
        return gap or (-1 if chain(a) < chain(b) else 1 if chain(a) > chain(b) else 0)

    def chain(one):
        return [orders[tie](one) for tie in [*rule["ties"], "rows"]]

    def go_down(some, winners, left):
        for one in sorted(some, key=cmp_to_key(before)):
            if any(one["id"] in pair and other in winners for pair in rule.get("conflicts", []) for other in pair):
                continue
            if one["cost"] <= left:
                winners, left = [*winners, one["id"]], left - one["cost"]
            elif not rule.get("skip", True):
                break
        return winners, left

    running = [one for one in projects if not one["withdrawn"] and score[one["id"]] >= rule["minVotes"]]
    if rule["rule"] == "equal-shares":
        winners, left = equal_shares(rule, pot["budget"], running, groups, score, chain, go_down)
    else:
        winners, left = go_down(running, [], pot["budget"])
    tally = [{"id": name, "votes": votes[name], "score": score[name]} for name in votes]
    return {"winners": winners, "left": left, "spent": pot["budget"] - left, "votes": tally}


def thrown(leaves):
    by, closed = {}, False
    for event, _ in leaves:
        kind = event and event["kind"]
        closed = closed or kind == "closed"
        if kind == "dice-thrown" and closed:
            need(re.fullmatch(r"[1-6]{10,40}", event["dice"]), "log", "dice")
            if by.setdefault(event["dice"], event["by"]) != event["by"]:
                return event["dice"]
    raise Bad("seed: no two entered the same dice")


def check_results(rules, results, files, root, dice):
    seed = bytes.fromhex(results["seed"])
    need(len(seed) == 32 and results["seed"] == seed.hex(), "seed", "form")
    need(hexsha(b"dauys-tie-seed-v1", seed) == rules["seed"], "seed", "not the committed one")
    frozen = [(village["village"], pot) for village in rules["villages"] for pot in village["pots"]]
    frozen.sort(key=lambda one: (int(one[0]), one[1]["pot"]))
    names = [(pot["village"], pot["pot"]) for pot in results["pots"]]
    need(names == [(village, pot["pot"]) for village, pot in frozen], "results", "other pots")
    shown = [pot for pot in results["pots"] if counted_of(pot["ballots"]) >= FEW]
    wanted = [f"ballots/{pot['village']}-{pot['pot']}" for pot in shown]
    need([name for name, _ in files] == wanted, "results", "other files of ballots")
    lists = dict(files)
    for said, (village, pot) in zip(results["pots"], frozen):
        text = lists.get(f"ballots/{village}-{pot['pot']}")
        if text is None:
            need(set(said) == {"village", "pot", "ballots", "outcome"}, "results", "form")
            check_outcome(said["outcome"], pot)
            continue
        need({"village", "pot", "ballots", "count", "salt"} == set(said), "results", "form")
        lines = text.split("\n")[:-1]
        need(len(lines) == counted_of(said["ballots"]) and lines == sorted(lines), "results", "ballots")
        counted = recount(rules, pot, lines, sha(seed, root, dice))
        for key, value in (counted or {}).items():
            need(said["count"].get(key) == value, "results", f"village {village} is counted otherwise: {key}")
    return lists


def check_outcome(outcome, pot):
    cost = {project["id"]: project["cost"] for project in pot["projects"] if not project["withdrawn"]}
    winners = outcome["winners"]
    need(set(outcome) == {"winners", "spent", "left"}, "results", "form")
    need(len(set(winners)) == len(winners) and all(one in cost for one in winners), "results", "winners")
    spent = sum(cost[one] for one in winners)
    need(outcome["spent"] == spent and outcome["left"] == pot["budget"] - spent >= 0, "results", "money")


def check_published(rules, results, lists, leaves):
    counted, published, closed = {}, None, False
    for event, _ in leaves:
        kind = event and event["kind"]
        closed = closed or kind == "closed"
        if kind == "counted":
            need(closed and published is None, "published", "counted at another time")
            counted[(event["village"], event["pot"])] = event
        elif kind == "published":
            need(published is None, "published", "twice")
            published = event["result"]
    need(set(counted) == {(pot["village"], pot["pot"]) for pot in results["pots"]}, "published", "other pots were counted")
    lines = ""
    for pot in results["pots"]:
        village, name = pot["village"], pot["pot"]
        event, text = counted[(village, name)], lists.get(f"ballots/{village}-{name}")
        need(event.get("ballots") == pot["ballots"], "published", "other sums")
        need(event.get("seed") == results["seed"], "published", "another seed")
        if "count" in pot:
            made = {"ballots": counted_of(pot["ballots"]), "count": pot["count"], "cycle": rules["cycle"]}
            made.update(pot=name, salt=pot["salt"], village=village)
            need(hexsha(canonical(made).encode()) == event["result"], "published", f"village {village}: another count")
        listed = None if text is None else hexsha(text.encode())
        made = canonical({"cycle": rules["cycle"], "shown": pot, "list": listed})
        need(hexsha(made.encode()) == event.get("shown"), "published", f"village {village}: another result")
        lines += f"{village} {name} {event['result']}\n"
    need(published == hexsha(lines.encode()), "published", "another publication")


def verify(data):
    text, rules, results, files = read_files(data)
    origin, key_id, key = read_key(text["key"])
    heads, further = read_checkpoints(text["checkpoints"], origin, key_id, key)
    leaves, roots = read_leaves(text["leaves"], rules["cycle"], heads)
    check_witnesses(leaves, further)
    closed = check_course(rules, leaves, heads)
    tallies = check_sums(rules, results["pots"], leaves)
    check_roll(rules, tallies, leaves)
    check_cards(rules, tallies, leaves, read_cards(text["cards"]))
    dice = thrown(leaves).encode() if rules.get("lots") == "dice" else b""
    lists = check_results(rules, results, files, roots[closed + 1], dice)
    check_published(rules, results, lists, leaves)


def told(path):
    try:
        with open(path, "rb") as file:
            verify(file.read())
        return f"good {path}"
    except Bad as bad:
        return f"bad {path}: {bad}"
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return f"bad {path}: form: {type(error).__name__}"


def main():
    paths = sys.argv[1:]
    if paths == ["-"]:
        paths = sys.stdin.read().split()
    lines = [told(path) for path in paths]
    print("\n".join(lines))
    sys.exit(0 if all(line.startswith("good ") for line in lines) else 1)


if __name__ == "__main__":
    main()
