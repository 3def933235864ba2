"""A profile to begin with."""

from __future__ import annotations

_STARTER = """# A profile for iotbaseline: which elements of the baselines hold for a product or a customer, and why.
# Resolve it with:  iotbaseline profile my-profile.toml
# Check it with:    iotbaseline check my-profile.toml

profile = "my-profile"              # its key, and the prefix of what it adds
title = "Profile of a connected sensor"
version = "1"
summary = "What our sensors have to do, taken from the device baseline."
base = ["ir8259a"]                  # the baselines that it is a profile of
levels = ["standard", "critical"]   # weakest first; without this line there are no levels

# An import takes elements from a publication, from "profile:KEY", or from a file beside this one ("other.toml").
# Without include it takes everything; exclude always wins. The conditions of one selector must all hold:
# ids, kinds, within (an element and all below it), words, baseline, mapped_to.
[[imports]]
from = "ir8259a"
rationale = "The sensor has a radio, stores readings and takes updates."
include = [{ kinds = ["capability"] }, { within = ["software-update"], kinds = ["common-element"] }]
exclude = [{ ids = ["cybersecurity-state-awareness"] }]

[[imports]]
from = "ir8259a"
levels = ["critical"]               # without this line: at every level
rationale = "Somebody watches the sensors of critical sites."
include = [{ ids = ["cybersecurity-state-awareness"] }]

# A change is narrow (more is asked of the same) or widen (it is applied to more), where text says what is asked now;
# or it is parameter (with parameter and value), or guidance.
[[modify]]
element = "ir8259a:data-protection"
change = "narrow"
text = "Readings are encrypted on the air as well as in storage."
levels = ["critical"]
rationale = "Readings of critical sites tell when nobody is there."
sources = []                        # elements ("sp800-53r5:sc-8") or places in publications ("ir8259a, section 2")

[[modify]]
element = "ir8259a:software-update"
change = "parameter"
parameter = "time to install an update"
value = "7 days"
rationale = "Our contract says so."

[[add]]
id = "tamper-notice"                # becomes my-profile:tamper-notice
title = "Tamper notice"
summary = "The sensor reports that its case was opened."
parent = "ir8259a:cybersecurity-state-awareness"
levels = ["critical"]
rationale = "The sensors hang where anybody can reach them."

[[open]]
question = "Does a sensor without storage need protection of stored data?"
about = ["ir8259a:data-protection"]
why = "The next model may have none."
"""


def starter() -> str:
    """A profile in TOML to begin with: it explains itself and resolves as it is."""
    return _STARTER
