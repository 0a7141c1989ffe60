"""What a verdict costs: time, the start, memory."""

import subprocess
import sys
import time

from bench.machine import ROOT
from bench.triage_posts import Post, say
from domain.policy import parse_part
from domain.verdicts import Facts, Triage

_STARTING = """
import os, subprocess, time
began = time.perf_counter()
from domain.policy import parse_part
policy = time.perf_counter()
def resident():
    return int(subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(os.getpid())], capture_output=True).stdout)
before, told = resident(), time.perf_counter()
from domain.verdicts import Facts, Triage
triage = Triage(parse_part('[team.care]\\ndefault = true'))
triage.judge(Facts("hello"))
print(policy - began, time.perf_counter() - told, resident() - before)
"""


def tell(dev: list[Post]) -> None:
    """Print what a verdict costs, and what it takes to be ready for one."""
    triage = Triage(parse_part('[team.care]\ndefault = true\nterms = ["refund", "dirty"]'))
    took = []
    for post in dev:
        began = time.thread_time()  # the processor's time, because the machine may be busy with other things
        triage.judge(Facts(post.text))
        took.append(time.thread_time() - began)
    took.sort()
    middle, slow = took[len(took) // 2] * 1e6, took[int(len(took) * 0.99)] * 1e6
    say(f"\nA whole verdict: {middle:.0f} µs in the middle, {slow:.0f} µs for the slowest of a hundred")
    words = [sys.executable, "-c", _STARTING]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - words of ours
    policy, ready, grown = told.stdout.split()
    say(f"Start: {float(ready):.2f} s to the first verdict after {float(policy):.2f} s for the policy's own parts")
    say(f"Memory: {float(grown) / 1024:.1f} MiB more with weights and words loaded")
