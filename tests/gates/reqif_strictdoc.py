"""ReqIF by the package reqif, with the schema of the OMG, and by StrictDoc, which has to read and to write it again."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from mutations import unseen
from reqif.parser import ReqIFParser

BIN = Path(sys.executable).parent
NAMESPACE = "{http://www.omg.org/spec/ReqIF/20110401/reqif.xsd}"
OBJECT, UID = re.compile("<SPEC-OBJECT "), re.compile(r"^UID: (\S+)$", re.MULTILINE)


def _run(*arguments: str | Path) -> str:
    """What a command prints if it fails."""
    done = subprocess.run([BIN / arguments[0], *arguments[1:]], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr)[-500:] if done.returncode else ""


def of_schema(folder: Path) -> list[str]:
    """What ``reqif validate`` finds, with the schema."""
    return [
        f"{path.name}: {problem}"
        for path in sorted(folder.glob("*.reqif"))
        if (problem := _run("reqif", "validate", "--use-reqif-schema", path))
    ]


def of_strictdoc(folder: Path) -> list[str]:
    """What StrictDoc cannot read, or does not have when it writes all of it again."""
    found: list[str] = []
    objects = 0
    with tempfile.TemporaryDirectory() as work:
        documents, back = Path(work) / "documents", Path(work) / "back"
        for path in sorted(folder.glob("*.reqif")):
            wanted = {each.get("THE-VALUE") for each in _values(path)}
            problem = _run("strictdoc", "convert", path, documents / path.stem)
            texts = [each.read_text("utf-8") for each in (documents / path.stem).glob("**/*.sdoc")]
            held = {uid for text in texts for uid in UID.findall(text)}
            if problem or held != wanted:
                found.append(f"{path.name}: {problem or f'{len(wanted)} objects, {len(held)} read'}")
            objects += len(wanted)
        if found:
            return found
        if problem := _run("strictdoc", "export", documents, "--output-dir", back, "--formats", "reqif-sdoc"):
            return [problem]
        written = len(OBJECT.findall((back / "reqif" / "output.reqif").read_text("utf-8")))
    return [] if written == objects else [f"{objects} objects read and {written} written again"]


def _values(path: Path) -> list[ET.Element]:
    """The values of ``ReqIF.ForeignID``."""
    root = ET.parse(path).getroot()  # noqa: S314
    names = {
        each.get("IDENTIFIER")
        for each in root.iter(f"{NAMESPACE}ATTRIBUTE-DEFINITION-STRING")
        if each.get("LONG-NAME") == "ReqIF.ForeignID"
    }
    return [
        value
        for value in root.iter(f"{NAMESPACE}ATTRIBUTE-VALUE-STRING")
        if value.findtext(f"{NAMESPACE}DEFINITION/{NAMESPACE}ATTRIBUTE-DEFINITION-STRING-REF") in names
    ]


def of_checks(folder: Path) -> list[str]:
    """What the others let pass: names twice, references to nothing, objects in no specification."""
    found: list[str] = []
    for path in sorted(folder.glob("*.reqif")):
        root = ET.parse(path).getroot()  # noqa: S314
        names = Counter(each.get("IDENTIFIER") for each in root.iter() if each.get("IDENTIFIER"))
        found.extend(f"{path.name}: {name} twice" for name, count in names.items() if count > 1)
        references = [each.text for each in root.iter() if each.tag.endswith("-REF")]
        found.extend(f"{path.name}: nothing is called {name}" for name in references if name not in names)
        foreign = Counter(each.get("THE-VALUE") for each in _values(path))
        found.extend(f"{path.name}: ReqIF.ForeignID {name} twice" for name, count in foreign.items() if count > 1)
        placed = {each.text for each in root.iter(f"{NAMESPACE}SPEC-OBJECT-REF")}
        objects = [str(each.get("IDENTIFIER")) for each in root.iter(f"{NAMESPACE}SPEC-OBJECT")]
        found.extend(f"{path.name}: {name} is in no specification" for name in objects if name not in placed)
    return found


def _replaced(pattern: str, by: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text, count=1, flags=re.DOTALL)


RELATION = r"(<SPEC-RELATION .*?<TARGET>\s*<SPEC-OBJECT-REF>)[^<]*"
FOREIGN = r"(<SPEC-OBJECT .*?THE-VALUE=\")([^\"]*)(.*?<SPEC-OBJECT .*?THE-VALUE=\")[^\"]*"
DEFECTS = {
    "a relation to nothing": _replaced(RELATION, r"\1_nothing"),
    "a relation of a type there is not": _replaced(r"(<SPEC-RELATION-TYPE-REF>)[^<]*", r"\1_nothing"),
    "an object of a type there is not": _replaced(r"(<SPEC-OBJECT-TYPE-REF>)[^<]*", r"\1_nothing"),
    "a value of an attribute there is not": _replaced(
        r"(<VALUES>.*?<ATTRIBUTE-DEFINITION-STRING-REF>)[^<]*", r"\1_nothing"
    ),
    "an identifier twice": _replaced(
        r'(<SPEC-OBJECT IDENTIFIER=")([^"]*)(.*?<SPEC-OBJECT IDENTIFIER=")[^"]*', r"\1\2\3\2"
    ),
    "a foreign identifier twice": _replaced(FOREIGN, r"\1\2\3\2"),
    "a bad identifier": _replaced(r'(<SPEC-OBJECT IDENTIFIER=")', r"\g<1>1 2"),
    "a date without a zone": _replaced(r'(LAST-CHANGE="[^"+]*)\+00:00', r"\1 UTC"),
    "an object without a type": _replaced(r"<TYPE>\s*<SPEC-OBJECT-TYPE-REF>.*?</TYPE>", ""),
    "markup that XHTML does not have": _replaced(r"<xhtml:div>", "<xhtml:div><xhtml:blink/>"),
}
TOOLS = {"reqif": of_schema, "StrictDoc": of_strictdoc, "own checks": of_checks}


def main(folder: Path) -> list[str]:
    """Everything that is wrong."""
    found = [f"{tool}: {each}" for tool, find in TOOLS.items() for each in find(folder)]
    files = sorted(folder.glob("*.reqif"))
    relations = sum(
        len(ReqIFParser.parse(str(path)).core_content.req_if_content.spec_relations or []) for path in files
    )
    print(f"  {len(files)} files, {relations} relations, {len(found)} problems")
    found.extend(unseen(folder / "ir8562--ir8259r1.reqif", DEFECTS, TOOLS))
    return found


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]) / "reqif")) or 0)
