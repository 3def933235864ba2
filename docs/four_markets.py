"""The tables of the page "One product, four markets", made from the library when the documentation is built."""

import csv
from html import escape
from io import StringIO
from urllib.parse import quote

import iotbaseline as ib

STANDARD = ("en303645v3.1.3", "en303645v2.1.1")
MARKETS = {
    "ETSI EN 303 645": lambda: ib.coverage("ir8425", "en303645v3.1.3"),
    "CRA Annexes I and II": lambda: ib.coverage("ir8425", "cra"),
    "UK PSTI": lambda: ib.coverage("ir8425", "uk-psti-2023", through=STANDARD),
    "JC-STAR STAR-1": lambda: ib.coverage("ir8425", "jc-star-1"),
    "Federal catalog": lambda: ib.coverage("ir8425", "sp800-213a"),
    "SP 800-53 LOW": lambda: ib.coverage("ir8425", "sp800-53r5", baseline="low", through="sp800-213a"),
}
"""How far IR 8425 covers what is asked in each market: one call for each."""

FORWARDS = ("outcome", "name", "market", "asks", "title", "relation", "basis", "way")
BACKWARDS = ("market", "asks", "title", "level", "outcomes")


def basis(path):
    """Whether something on the way is this project's judgement."""
    return "curated" if path.is_curated else "official"


def forwards():
    """What each outcome of IR 8425 means in each market, in the order of IR 8425."""
    found = {market: make() for market, make in MARKETS.items()}
    for outcome in ib.load("ir8425"):
        for market, coverage in found.items():
            for each in coverage.contributions.get(outcome.id, ()):
                path = each.paths[0]
                way = str(path) if len(path) > 1 else ""
                title = ib.get(each.object).name
                yield outcome.local, outcome.name, market, each.object, title, each.found, basis(path), way


def backwards():
    """How far IR 8425 covers what each market asks for."""
    for market, make in MARKETS.items():
        for item in make():
            outcomes = " ".join(each.subject.partition(":")[2] for each in item.by)
            yield market, item.element.id, item.element.name, str(item.level), outcomes


def as_csv(columns, rows):
    """The rows as CSV."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


SCRIPT = """<script>
(() => {
  const box = document.currentScript.parentElement, rows = [...box.querySelectorAll("tbody tr")];
  const input = box.querySelector("input"), count = box.querySelector("output");
  const show = () => {
    const words = input.value.toLowerCase().split(" ").filter(Boolean);
    for (const row of rows) row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word));
    count.textContent = rows.filter(row => !row.hidden).length + " of " + rows.length + " rows";
  };
  box.querySelector("label").hidden = false;
  input.addEventListener("input", show);
  show();
})();
</script>"""


def table(name, columns, rows):
    """The rows as an HTML table with a filter (if scripts run) and a link that downloads them as CSV."""
    every = [tuple("" if cell is None else cell for cell in row) for row in rows]
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in every)
    link = f'<a download="{name}.csv" href="data:text/csv;charset=utf-8,{quote(as_csv(columns, every))}">{name}.csv</a>'
    search = '<label hidden>Filter by words: <input type="search"></label> <output></output>'
    return (
        f'<div class="markets"><p>{search} {link}</p>'
        f"<div><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{SCRIPT}</div>"
    )
