"""Fetch what we serve or test with but did not write, and make it ours to serve.

A maintainer runs this by hand, `python -m teamaround.kit.govuk.vendoring`, and commits the result, so that nobody
who installs Teamaround needs npm. The font and the crest may be used on GOV.UK services only, so both are taken out.
"""

import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

GOVUK_FRONTEND = "govuk-frontend@6.3.0"  # the version whose markup govuk-frontend-jinja 4.1.0 writes
AXE = "axe-core@4.14.1"

HERE = Path(__file__).parent
STATIC = HERE / "static" / "govuk"
JOURNEYS = HERE.parents[2] / "tests" / "journeys"

MIT = """The MIT License (MIT)

Copyright (c) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def our_css(css: str) -> str:
    """The style sheet without GDS Transport, crest, or a map that is not there.

    >>> our_css("a{font-family:GDS Transport,arial,sans-serif}@font-face{font-family:GDS Transport}")
    'a{font-family:Helvetica,Arial,sans-serif}'
    >>> our_css("b{background-image:url(/assets/images/govuk-crest.svg)}")
    'b{background-image:none}'
    """
    css = re.sub(r"(/\*![^*]*Calvert[^*]*\*/)?@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "Helvetica,Arial,sans-serif")
    css = re.sub(r"url\([^)]*(crest|crown)[^)]*\)", "none", css)
    return without_source_map(css)


def without_source_map(text: str) -> str:
    """
    >>> without_source_map("let a;//# sourceMappingURL=a.js.map")
    'let a;'
    """
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text)
    return re.sub(r"//# sourceMappingURL=\S*", "", text).strip()


def integrity_of(content: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def fetch(package: str, into: Path) -> tuple[tarfile.TarFile, str]:
    """The package's archive, checked against the digest that its registry publishes, and that digest."""
    report = subprocess.run(
        ["npm", "pack", package, "--json", "--pack-destination", str(into)], check=True, capture_output=True, text=True
    )
    filename = json.loads(report.stdout)[0]["filename"]
    published = subprocess.run(
        ["npm", "view", package, "dist.integrity", "--json"], check=True, capture_output=True, text=True
    )
    integrity = integrity_of((into / filename).read_bytes())
    if integrity != json.loads(published.stdout):
        raise SystemExit(f"{package} is not what was published; nothing was written")
    return tarfile.open(into / filename), integrity


def text_in(archive: tarfile.TarFile, name: str) -> str:
    member = archive.extractfile(f"package/{name}")
    if member is None:
        raise SystemExit(f"{name} is not in the package; nothing more was written")
    return member.read().decode()


def record(folder: Path, package: str, integrity: str, licence: str, changes: list[str]) -> None:
    """Say beside the vendored files what they are, so that anyone can fetch the same and compare."""
    name, version = package.rsplit("@", 1)
    fact = {"name": name, "version": version, "integrity": integrity, "licence": licence, "changes": changes}
    (folder / "VENDOR.json").write_text(json.dumps(fact, indent=2) + "\n")


def vendor_govuk_frontend(into: Path) -> None:
    archive, integrity = fetch(GOVUK_FRONTEND, into)
    STATIC.mkdir(parents=True, exist_ok=True)
    css = our_css(text_in(archive, "dist/govuk/govuk-frontend.min.css"))
    script = without_source_map(text_in(archive, "dist/govuk/govuk-frontend.min.js"))
    (STATIC / "govuk-frontend.min.css").write_text(css + "\n")
    (STATIC / "govuk-frontend.min.js").write_text(script + "\n")
    (STATIC / "govuk-frontend.LICENCE.txt").write_text(MIT)
    changes = [
        "@font-face removed and the font stack set to Helvetica, Arial, sans-serif",
        "crest images set to none",
        "source map references removed",
    ]
    record(STATIC, GOVUK_FRONTEND, integrity, "MIT", changes)


def vendor_axe(into: Path) -> None:
    archive, integrity = fetch(AXE, into)
    JOURNEYS.mkdir(parents=True, exist_ok=True)
    (JOURNEYS / "axe.min.js").write_text(text_in(archive, "axe.min.js"))
    (JOURNEYS / "axe.LICENCE.txt").write_text(text_in(archive, "LICENSE"))
    (JOURNEYS / "axe.LICENCE-3RD-PARTY.txt").write_text(text_in(archive, "LICENSE-3RD-PARTY.txt"))
    record(JOURNEYS, AXE, integrity, "MPL-2.0", [])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        vendor_govuk_frontend(Path(folder))
        vendor_axe(Path(folder))
