"""How the documentation is built; every example and notebook in it is run."""

import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import ReferenceRole

import iotbaseline
from iotbaseline._apps.site.build import build

project = "iotbaseline"
author = "The iotbaseline maintainers"
copyright = "2026, the iotbaseline maintainers"  # noqa: A001
version = release = iotbaseline.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
exclude_patterns = ["_build", "jupyter_execute", "**.ipynb_checkpoints"]

templates_path = ["_templates"]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["style.css"]
html_title = f"iotbaseline {release}, data {iotbaseline.data_version}"

# An annotation such as "type" or "date" also names an attribute of several classes; nothing is meant to link there.
suppress_warnings = ["ref.python"]

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True

autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
maximum_signature_line_length = 88
autodoc_default_options = {"members": True, "undoc-members": True, "exclude-members": "__init__, __new__"}

PRIVATE = re.compile(r"~iotbaseline\.(?:_\w+\.\w+|relations)\.(\w+)")


def to_public_face(app, what, name, obj, options, lines):  # noqa: ARG001
    """Let the links in docstrings lead to where a name is documented: the public face."""

    def public(link):
        return f"~iotbaseline.{link[1]}" if link[1] in iotbaseline.__all__ else link[0]

    lines[:] = [PRIVATE.sub(public, line) for line in lines]


def without_decisions(app, env):  # noqa: ARG001
    """Leave what only maintainers read out of the search."""
    for page in env.all_docs:
        if page.startswith("decisions/") or page in {"changelog", "corrections"}:
            env.metadata[page]["nosearch"] = True


class Browse(ReferenceRole):
    """A link into the site that stands beside the documentation: {browse}`the profile <profiles/federal.html>`."""

    def run(self):
        address, _, _ = self.target.partition("#")
        if not Path(self.env.app.outdir, "browse", address).is_file():
            return [], [self.inliner.reporter.warning(f"the site has no page {address}", line=self.lineno)]
        here = "../" * self.env.docname.count("/")
        return [nodes.reference(self.rawtext, self.title, refuri=f"{here}browse/{self.target}")], []


def with_site(app):
    """Build the site beside the documentation, in the folder ``browse``."""
    site = Path(app.outdir, "browse")
    shutil.rmtree(site, ignore_errors=True)
    build(site, iotbaseline.Library())


def setup(app):
    app.add_role("browse", Browse())
    app.connect("builder-inited", with_site)
    app.connect("autodoc-process-docstring", to_public_face)
    app.connect("env-updated", without_decisions)
