"""Words that people search for, and the words that the publications and our summaries use for the same thing.

The keys are in the singular and as :func:`~iotbaseline.normalize` writes them. All words of a synonym must occur
together. A test names for each what it has to find.
"""

from __future__ import annotations

SYNONYMS: dict[str, tuple[str, ...]] = {
    "2fa": ("multifactor", "multi-factor authentication"),
    "anti rollback": ("rollback attacks", "previous versions", "problematic update reverted"),
    "bug bounty": ("public disclosure program", "vulnerability disclosure"),
    "cvd": ("vulnerability disclosure", "vulnerability reports"),
    "cyber trust mark": ("fcc 24-26",),
    "cybersecurity label": ("fcc 24-26",),
    "default credential": ("default passwords", "unique password", "default authenticators"),
    "default password": ("default passwords", "unique password", "default authenticators"),
    "embedded credential": ("security parameters source code", "unique password", "default authenticators"),
    "embedded password": ("hard-coded", "unique password", "default passwords"),
    "eol": ("end of life", "end of support"),
    "factory reset": ("restore default configuration", "secure configuration restore", "sanitize"),
    "fcc label": ("fcc 24-26",),
    "firmware": ("software",),
    "fuzzing": ("dynamic code analysis", "dynamic analysis"),
    "hard coded password": ("unique password", "default authenticators", "default passwords"),
    "hardcoded": ("hard-coded", "security parameters source code"),
    "hardcoded credential": ("security parameters source code", "unique password", "default authenticators"),
    "hardcoded password": ("unique password", "default authenticators", "default passwords"),
    "jtag": (
        "local interface",
        "physical interface",
        "debug interface",
        "local interfaces",
        "port and i/o device access",
    ),
    "lockout": ("unsuccessful logon attempts", "unsuccessful login attempts"),
    "mfa": ("multifactor", "multi-factor authentication"),
    "open port": ("unused network interfaces", "unnecessary services", "least functionality"),
    "ota": ("software update", "remote update"),
    "over the air": ("software update", "remote update"),
    "psirt": ("vulnerability reports", "vulnerability disclosure", "receive vulnerability"),
    "sbom": ("software bill of materials", "component inventory", "software components inventory"),
    "secure boot": ("verify boot process", "integrity boot process"),
    "serial number": ("unique identifier", "unique device id"),
    "software bill of materials": ("sbom", "component inventory", "software components inventory"),
    "ssh": ("network interface", "remote access"),
    "telnet": ("unnecessary services", "network interface", "disable interfaces", "least functionality"),
    "tls": ("encrypted transmission", "transmission confidentiality", "data in transit"),
    "two factor": ("multifactor", "multi-factor authentication"),
    "two factor authentication": ("multifactor", "multi-factor authentication"),
    "u s label": ("fcc 24-26",),
    "uart": ("local interface", "physical interface", "debug interface", "port and i/o device access"),
    "unique id": ("unique identifier", "unique device id"),
    "us label": ("fcc 24-26",),
    "usb": ("local interface", "physical interface", "port and i/o device access"),
    "vex": ("vulnerability disclosure", "vulnerability status"),
    "wi fi": ("wireless access",),
    "wifi": ("wireless access",),
}
