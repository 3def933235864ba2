"""How the documentation is built; every example and notebook in it is run."""

import re

import iotbaseline

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


def setup(app):
    app.connect("autodoc-process-docstring", to_public_face)
    app.connect("env-updated", without_decisions)
