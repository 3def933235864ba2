"""Nothing ever asks the network."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        raise RuntimeError(f"{event} {arguments}")

sys.addaudithook(refuse)
import iotbaseline as ib
from iotbaseline._library.library import DEFAULT
from iotbaseline._apps.tour import tour
DEFAULT.load_all(), ib.sources(), tour(), ib.url("ir8425:data-protection"), ib.load("sp800-53r5")._repr_html_()
for pair in ib.crosswalks():
    ib.crosswalk(*pair)
print("done")
"""


def test_no_network() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=False, encoding="utf-8")
    assert (done.stdout, done.stderr) == ("done\n", "")
