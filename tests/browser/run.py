"""Build the site and use it in a real browser, on a desktop and on a phone, in light and dark.

    python tests/browser/run.py [PYTEST-ARGUMENT ...]

The site is built by this Python. The browser is Debian's Chromium; without it, nothing is checked and the last line
says so. Playwright and axe have an environment of their own, kept in ``.ci-browser``. ``SHOTS`` names a folder for
pictures of the pages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
KEPT = Path(os.environ.get("BROWSER_ENVIRONMENT", HERE.parents[1] / ".ci-browser"))
REQUIRES = ("playwright==1.65.2", "axe-playwright-python==0.1.8", "pytest==9.2.0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def environment() -> Path:
    """The interpreter of the environment, which is made when its versions change."""
    folder = KEPT / sha256(repr(REQUIRES).encode()).hexdigest()[:12]
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        shutil.rmtree(KEPT, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *REQUIRES], check=True)
        (folder / "ready").touch()
    return python


def main(arguments: list[str]) -> None:
    """Run the checks, or say why they did not run."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("browser tests: SKIPPED, there is no Chromium (apt-get install chromium)")
        return
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        subprocess.run([sys.executable, "-m", "iotbaseline", "site", site], check=True)
        settings = os.environ | {"SITE": str(site), "BROWSER": browser, "PYTHONDONTWRITEBYTECODE": "1"}
        options = ["-q", "--noconftest", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(HERE)]
        command = [str(environment()), "-m", "pytest", *options, *arguments, str(HERE / "checks.py")]
        raise SystemExit(subprocess.run(command, check=False, env=settings).returncode)


if __name__ == "__main__":
    main(sys.argv[1:])
